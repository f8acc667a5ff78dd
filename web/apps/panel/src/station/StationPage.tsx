import { Tabs } from "@mantine/core";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { stationPageTabs } from "../app/search";
import { useStation } from "../data/stations";
import type { StationFacts } from "../data/types";
import { Ago } from "../parts/formats";
import page from "../parts/Page.module.css";
import { PageHead } from "../parts/PageHead";
import { Loaded, RowsSkeleton } from "../parts/States";
import { StatusMark } from "../parts/StatusMark";
import { CommandsTab } from "./CommandsTab";
import { ConfigurationTab } from "./ConfigurationTab";
import { DetailsTab } from "./DetailsTab";
import { HistoryTab } from "./HistoryTab";
import { LogTab } from "./LogTab";
import { OverviewTab } from "./OverviewTab";
import { StationMenu } from "./StationMenu";
import { stationStatus } from "./summary";

/** One station: everything that is known of it and can be done with it. */
export function StationPage() {
  const { t } = useTranslation();
  const { station: key } = useParams({ from: "/app/stations/$station" });
  const station = useStation(key);
  return (
    <div className={page.fill}>
      <Loaded
        query={station}
        skeleton={
          <>
            <PageHead title={key} parent={{ to: "/stations", label: t("nav.stations") }} />
            <RowsSkeleton />
          </>
        }
      >
        {(facts) => <Known facts={facts} />}
      </Loaded>
    </div>
  );
}

function Known({ facts }: { facts: StationFacts }) {
  const { t } = useTranslation();
  const { tab = "overview" } = useSearch({ from: "/app/stations/$station" });
  const navigate = useNavigate({ from: "/stations/$station" });
  const open = (next: string | null) => {
    const chosen = stationPageTabs.find((one) => one === next) ?? "overview";
    void navigate({ search: { tab: chosen === "overview" ? undefined : chosen } });
  };
  return (
    <Tabs value={tab} onChange={open} keepMounted={false} className={page.fill}>
      <PageHead
        title={facts.identity}
        parent={{ to: "/stations", label: t("nav.stations") }}
        beside={
          <>
            <StatusMark word={stationStatus(facts)} pill />
            <span className="vk-quiet">
              {facts.name ?? [facts.vendor, facts.model].filter(Boolean).join(" ")}
              {" · "}
              {t("station.heard")} <Ago at={facts.last_message_at} />
            </span>
          </>
        }
        actions={<StationMenu facts={facts} />}
        below={
          <Tabs.List>
            {stationPageTabs.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`station.tabs.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        }
      />
      <Tabs.Panel value="overview">
        <OverviewTab facts={facts} />
      </Tabs.Panel>
      <Tabs.Panel value="history" className={page.fill}>
        <HistoryTab station={facts.identity} />
      </Tabs.Panel>
      <Tabs.Panel value="configuration" className={page.fill}>
        <ConfigurationTab station={facts.identity} online={facts.online} />
      </Tabs.Panel>
      <Tabs.Panel value="commands" className={page.fill}>
        <CommandsTab station={facts.identity} />
      </Tabs.Panel>
      <Tabs.Panel value="log" className={page.fill}>
        <LogTab station={facts.identity} />
      </Tabs.Panel>
      <Tabs.Panel value="details">
        <DetailsTab facts={facts} />
      </Tabs.Panel>
    </Tabs>
  );
}
