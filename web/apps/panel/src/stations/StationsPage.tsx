import { Badge, Button, Tabs } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { stationTabs } from "../app/search";
import { useMay } from "../data/me";
import { useWaiting } from "../data/waiting";
import { useFormats } from "../parts/formats";
import page from "../parts/Page.module.css";
import { PageHead } from "../parts/PageHead";
import { AddStationDialog } from "./AddStationDialog";
import { StationsList } from "./StationsList";
import { WaitingList } from "./WaitingList";

/** All stations, and those that wait to be let in. */
export function StationsPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { tab = "all" } = useSearch({ from: "/app/stations" });
  const navigate = useNavigate({ from: "/stations" });
  const [adding, setAdding] = useState(false);
  const mayCreate = useMay("station.create");
  const mayApprove = useMay("station.approve");
  const open = (next: string | null) => {
    const chosen = stationTabs.find((one) => one === next);
    void navigate({ search: chosen === "waiting" ? { tab: chosen } : {} });
  };
  const add = mayCreate && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t("stations.add")}
    </Button>
  );
  return (
    <Tabs value={tab} onChange={open} keepMounted={false} className={page.fill}>
      <PageHead
        title={t("nav.stations")}
        actions={add}
        below={
          <Tabs.List>
            <Tabs.Tab value="all">{t("stations.tabs.all")}</Tabs.Tab>
            {mayApprove && (
              <Tabs.Tab value="waiting" rightSection={<WaitingCount format={formats.count} />}>
                {t("stations.tabs.waiting")}
              </Tabs.Tab>
            )}
          </Tabs.List>
        }
      />
      <Tabs.Panel value="all" className={page.fill}>
        <StationsList add={add} />
      </Tabs.Panel>
      <Tabs.Panel value="waiting" className={page.fill}>
        <WaitingList />
      </Tabs.Panel>
      {adding && <AddStationDialog onClose={() => setAdding(false)} />}
    </Tabs>
  );
}

function WaitingCount({ format }: { format: (value: number) => string }) {
  const waiting = useWaiting();
  const count = waiting.total ?? waiting.rows?.length ?? 0;
  if (count === 0) return null;
  return (
    <Badge size="sm" variant="default" radius="sm">
      {format(count)}
    </Badge>
  );
}
