import type { ColumnDef } from "@tanstack/react-table";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useStatusHistory } from "../data/stations";
import type { StatusChange } from "../data/types";
import { Ago, useFormats } from "../parts/formats";
import { ListTable } from "../parts/ListTable";
import { Empty, Loaded } from "../parts/States";
import { StatusMark } from "../parts/StatusMark";
import { useErrorCodeWords } from "../parts/serverWords";

/** What each connector and the connection were, newest first. */
export function HistoryTab({ station }: { station: string }) {
  const { t } = useTranslation();
  const history = useStatusHistory(station);
  const columns = useColumns();
  return (
    <Loaded query={history.asQuery}>
      {(rows) =>
        rows.length > 0 ? (
          <ListTable
            label={t("station.tabs.history")}
            columns={columns}
            rows={rows}
            rowId={(row) => row.id}
            hasMore={history.hasMore}
            loadingMore={history.loadingMore}
            loadMore={history.loadMore}
          />
        ) : (
          <Empty title={t("history.empty")} hint={t("history.emptyHint")} />
        )
      }
    </Loaded>
  );
}

function useColumns(): ColumnDef<StatusChange>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return useMemo<ColumnDef<StatusChange>[]>(
    () => [
      {
        id: "at",
        header: t("common.time"),
        cell: ({ row }) => formats.exact(new Date(row.original.at)),
        meta: { track: "minmax(150px, 190px)", phone: true },
      },
      {
        id: "ago",
        header: t("history.ago"),
        cell: ({ row }) => <Ago at={row.original.at} />,
        meta: { track: "120px" },
      },
      {
        id: "where",
        header: t("history.where"),
        cell: ({ row }) => <Where evse={row.original.evse} />,
        meta: { track: "minmax(90px, 150px)", phone: true },
      },
      {
        id: "status",
        header: t("history.status"),
        cell: ({ row }) => <PresenceOrStatus word={row.original.status} />,
        meta: { track: "minmax(120px, 200px)", phone: true },
      },
      {
        id: "info",
        header: t("history.info"),
        cell: ({ row }) => <Details change={row.original} />,
        meta: { track: "minmax(120px, 1fr)" },
      },
    ],
    [t, formats],
  );
}

function Where({ evse }: { evse: number | null }) {
  const { t } = useTranslation();
  if (evse === null) return t("history.connection");
  return evse === 0 ? t("history.station") : t("station.connector", { number: evse });
}

function PresenceOrStatus({ word }: { word: string }) {
  const { t } = useTranslation();
  if (word === "online" || word === "connected") return t("history.online");
  return <StatusMark word={word === "disconnected" ? "offline" : word} />;
}

/** Why the line broke, or the fault: our words for codes that are known, the station's for the rest. */
function Details({ change }: { change: StatusChange }) {
  const { t } = useTranslation();
  const errorCode = useErrorCodeWords();
  const info =
    change.evse === null && change.info
      ? t(`offlineReason.${change.info}`, { defaultValue: change.info })
      : change.info;
  const words = [errorCode(change.error_code), change.vendor_error_code, info].filter(Boolean).join(" · ");
  return (
    <span className="vk-quiet" title={words}>
      {words || "—"}
    </span>
  );
}
