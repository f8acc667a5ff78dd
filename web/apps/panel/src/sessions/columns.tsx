import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ColumnDef } from "@tanstack/react-table";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { SessionsSearch } from "../app/search";
import type { Session } from "../data/types";
import { Ago, Span, useFormats } from "../parts/formats";
import { StatusMark } from "../parts/StatusMark";
import { useReasonWords } from "../session/words";

/** Live sessions show what flows now, ended ones what flowed and why it stopped. */
export function useSessionColumns(tab: NonNullable<SessionsSearch["tab"]>): ColumnDef<Session>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const reason = useReasonWords();
  return useMemo<ColumnDef<Session>[]>(() => {
    const live = tab === "live";
    const columns: ColumnDef<Session>[] = [
      {
        id: "started",
        header: t("session.started"),
        cell: ({ row }) => (
          <Link to="/sessions/$session" params={{ session: row.original.id }} className="vk-link">
            {live ? <Ago at={row.original.started_at} /> : formats.exact(new Date(row.original.started_at))}
          </Link>
        ),
        meta: { track: live ? "minmax(96px, 130px)" : "minmax(120px, 180px)", phone: true },
      },
      {
        id: "station",
        header: t("session.station"),
        cell: ({ row }) => (
          <Link to="/stations/$station" params={{ station: row.original.station }} className="vk-link">
            {row.original.station}
          </Link>
        ),
        meta: { track: "minmax(96px, 1.4fr)", phone: true },
      },
      {
        id: "evse",
        header: t("session.connector"),
        cell: ({ row }) => row.original.evse ?? "—",
        meta: { track: "72px" },
      },
      {
        id: "token",
        header: t("session.token"),
        cell: ({ row }) => <span className="vk-mono">{row.original.token ?? "—"}</span>,
        meta: { track: "minmax(96px, 1fr)" },
      },
      {
        id: "duration",
        header: t("session.duration"),
        cell: ({ row }) => <Span from={row.original.started_at} until={row.original.ended_at} />,
        meta: { track: "104px", numeric: true },
      },
      {
        id: "energy",
        header: t("session.energy"),
        cell: ({ row }) => (row.original.energy_wh === null ? "—" : formats.energy(row.original.energy_wh)),
        meta: { track: "minmax(72px, 100px)", phone: true, numeric: true },
      },
    ];
    if (live) {
      columns.push(
        {
          id: "power",
          header: t("session.power"),
          cell: ({ row }) => (row.original.power_w === null ? "—" : formats.power(row.original.power_w)),
          meta: { track: "minmax(72px, 100px)", numeric: true },
        },
        {
          id: "soc",
          header: t("session.soc"),
          cell: ({ row }) =>
            row.original.soc_percent === null ? "—" : formats.percent(row.original.soc_percent),
          meta: { track: "72px", numeric: true },
        },
      );
    } else {
      columns.push({
        id: "reason",
        header: t("session.reason"),
        cell: ({ row }) =>
          row.original.state === "active" ? <StatusMark word="charging" /> : reason(row.original.stop_reason),
        meta: { track: "minmax(120px, 1.3fr)" },
      });
    }
    columns.push({
      id: "problems",
      header: t("session.problems"),
      cell: ({ row }) => <Problems session={row.original} />,
      meta: {
        track: tab === "problem" ? "minmax(160px, 2.4fr)" : "minmax(40px, 1fr)",
        phone: tab === "problem",
      },
    });
    return columns;
  }, [t, formats, reason, tab]);
}

function Problems({ session }: { session: Session }) {
  const { t } = useTranslation();
  if (session.problems.length === 0) return null;
  const words = session.problems.map((code) => t(`problem.${code}`, { defaultValue: code })).join(", ");
  return (
    <span title={words} style={{ color: "var(--vk-status-pending)" }}>
      <IconAlertTriangle size={14} aria-hidden style={{ verticalAlign: "-2px" }} /> {words}
    </span>
  );
}
