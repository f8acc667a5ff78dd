import { Button, Select } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconDownload } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { VisibilityState } from "@tanstack/react-table";
import type { Density } from "@voltkeep/tokens";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { admissions, type StationsSearch, stationStates } from "../app/search";
import { stationsCsvUrl, useStations } from "../data/stations";
import type { StationRow } from "../data/types";
import { useFormats } from "../parts/formats";
import { ListTable } from "../parts/ListTable";
import page from "../parts/Page.module.css";
import { SearchField } from "../parts/SearchField";
import { Empty, Loaded, NoResults } from "../parts/States";
import { useStatusWords } from "../parts/StatusMark";
import { useStationColumns } from "./columns";
import styles from "./StationsList.module.css";
import { ViewMenu } from "./ViewMenu";

/** The list with its filters; tens of thousands of rows arrive page by page while scrolling. */
export function StationsList({ add }: { add: ReactNode }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const search = useSearch({ from: "/app/stations" });
  const navigate = useNavigate({ from: "/stations" });
  const stations = useStations(search);
  const columns = useStationColumns();
  const [hidden, setHidden] = useLocalStorage<VisibilityState>({
    key: "voltkeep-station-columns",
    defaultValue: {},
  });
  const [density, setDensity] = useLocalStorage<Density>({ key: "voltkeep-density", defaultValue: "dense" });
  const filtered = Boolean(search.search || search.status || search.online || search.admission);
  const open = (row: StationRow) =>
    void navigate({ to: "/stations/$station", params: { station: row.identity } });
  return (
    <>
      <div className={page.filters}>
        <Filters search={search} />
        <span className={page.grow} />
        <span className={styles.count} role="status">
          {stations.total !== null &&
            t("stations.count", { count: stations.total, shown: formats.count(stations.total) })}
        </span>
        <Button
          component="a"
          href={stationsCsvUrl(search)}
          download="stations.csv"
          variant="default"
          leftSection={<IconDownload size={14} />}
        >
          {t("common.csv")}
        </Button>
        <ViewMenu
          columns={columns}
          visibility={hidden}
          onVisibility={setHidden}
          density={density}
          onDensity={setDensity}
        />
      </div>
      <Loaded query={stations.asQuery}>
        {(rows) =>
          rows.length > 0 ? (
            <ListTable
              label={t("nav.stations")}
              columns={columns}
              rows={rows}
              rowId={(row) => row.id}
              total={stations.total}
              hasMore={stations.hasMore}
              loadingMore={stations.loadingMore}
              loadMore={stations.loadMore}
              visibility={hidden}
              density={density}
              onOpen={open}
            />
          ) : filtered ? (
            <NoResults onReset={() => void navigate({ search: {} })} />
          ) : (
            <Empty title={t("stations.empty")} hint={t("stations.emptyHint")} action={add} />
          )
        }
      </Loaded>
    </>
  );
}

function Filters({ search }: { search: StationsSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: "/stations" });
  const words = useStatusWords();
  const set = (change: Partial<StationsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <>
      <SearchField
        label={t("stations.search")}
        value={search.search ?? ""}
        onChange={(next) => set({ search: next || undefined })}
      />
      <Select
        size="xs"
        w={172}
        aria-label={t("stations.status")}
        placeholder={t("stations.status")}
        clearable
        value={search.status ?? null}
        onChange={(next) => set({ status: stationStates.find((one) => one === next) })}
        data={stationStates.map((value) => ({ value, label: words(value) }))}
      />
      <Select
        size="xs"
        w={150}
        aria-label={t("stations.connection")}
        placeholder={t("stations.connection")}
        clearable
        value={search.online ?? null}
        onChange={(next) => set({ online: next === "yes" || next === "no" ? next : undefined })}
        data={[
          { value: "yes", label: t("stations.online") },
          { value: "no", label: t("status.offline") },
        ]}
      />
      <Select
        size="xs"
        w={150}
        aria-label={t("stations.admission")}
        placeholder={t("stations.admission")}
        clearable
        value={search.admission ?? null}
        onChange={(next) => set({ admission: admissions.find((one) => one === next) })}
        data={admissions.map((value) => ({ value, label: t(`admission.${value}`) }))}
      />
    </>
  );
}
