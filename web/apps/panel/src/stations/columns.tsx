import { Link } from "@tanstack/react-router";
import type { ColumnDef } from "@tanstack/react-table";
import { statusOf } from "@voltkeep/tokens";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { StationRow } from "../data/types";
import { Ago } from "../parts/formats";
import { StatusIconMark, StatusMark, useStatusWords } from "../parts/StatusMark";
import { stationStatus } from "../station/summary";
import styles from "./StationsList.module.css";

/** The columns that there are; people choose which they see. */
export function useStationColumns(): ColumnDef<StationRow>[] {
  const { t } = useTranslation();
  return useMemo<ColumnDef<StationRow>[]>(
    () => [
      {
        id: "identity",
        header: t("stations.identity"),
        enableHiding: false,
        cell: ({ row }) => (
          <Link to="/stations/$station" params={{ station: row.original.identity }} className="vk-link">
            {row.original.identity}
          </Link>
        ),
        meta: { track: "minmax(140px, 2fr)", phone: true },
      },
      {
        id: "status",
        header: t("stations.status"),
        cell: ({ row }) => <StatusMark word={stationStatus(row.original)} />,
        meta: { track: "minmax(112px, 160px)", phone: true },
      },
      {
        id: "connectors",
        header: t("stations.connectors"),
        cell: ({ row }) => <ConnectorMarks row={row.original} />,
        meta: { track: "minmax(96px, 1fr)" },
      },
      {
        id: "name",
        header: t("stations.name"),
        cell: ({ row }) => row.original.name ?? <span className="vk-quiet">—</span>,
        meta: { track: "minmax(100px, 1.4fr)" },
      },
      {
        id: "model",
        header: t("stations.model"),
        cell: ({ row }) => [row.original.vendor, row.original.model].filter(Boolean).join(" ") || "—",
        meta: { track: "minmax(100px, 1.4fr)" },
      },
      {
        id: "firmware",
        header: t("stations.firmware"),
        cell: ({ row }) => row.original.firmware_version ?? "—",
        meta: { track: "minmax(72px, 120px)" },
      },
      {
        id: "heard",
        header: t("stations.heard"),
        cell: ({ row }) => <Ago at={row.original.last_message_at} />,
        meta: { track: "minmax(80px, 112px)", phone: true, numeric: true },
      },
    ],
    [t],
  );
}

/** Each connector's own status, small; the words are on hover and for screen readers. */
function ConnectorMarks({ row }: { row: StationRow }) {
  const words = useStatusWords();
  const connectors = row.connectors.filter((one) => one.evse > 0);
  if (connectors.length === 0) return <span className="vk-quiet">—</span>;
  return (
    <span className={styles.connectors}>
      {connectors.map((one) => {
        const word = row.online ? one.status : "offline";
        return (
          <span key={`${one.evse}-${one.connector}`} className={styles.connector} title={words(word)}>
            <span className={styles.number}>{one.evse}</span>
            <StatusIconMark status={statusOf(word)} />
            <span className="vk-hidden">{words(word)}</span>
          </span>
        );
      })}
    </span>
  );
}
