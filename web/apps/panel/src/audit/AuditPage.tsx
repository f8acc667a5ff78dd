import { TextInput } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ColumnDef } from "@tanstack/react-table";
import type { components } from "@voltkeep/api";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAudit } from "../data/access";
import { ShortId } from "../parts/Copy";
import { Ago } from "../parts/formats";
import { ListTable } from "../parts/ListTable";
import page from "../parts/Page.module.css";
import { PageHead } from "../parts/PageHead";
import { SearchField } from "../parts/SearchField";
import { Empty, Loaded, NoResults } from "../parts/States";

type Entry = components["schemas"]["AuditRow"];

/** Who did what, newest first. */
export function AuditPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: "/app/audit" });
  const navigate = useNavigate({ from: "/audit" });
  const audit = useAudit(search);
  const columns = useColumns();
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const filtered = Object.keys(search).length > 0;
  return (
    <div className={page.fill}>
      <PageHead title={t("nav.audit")} />
      <div className={page.filters}>
        <SearchField
          label={t("audit.filterAction")}
          value={search.action ?? ""}
          onChange={(action) => set({ action: action || undefined })}
        />
        <SearchField
          label={t("audit.filterObject")}
          value={search.object ?? ""}
          onChange={(object) => set({ object: object || undefined })}
        />
        <TextInput
          size="xs"
          type="date"
          aria-label={t("common.from")}
          value={search.from ?? ""}
          onChange={(event) => set({ from: event.currentTarget.value || undefined })}
        />
        <TextInput
          size="xs"
          type="date"
          aria-label={t("common.to")}
          value={search.to ?? ""}
          onChange={(event) => set({ to: event.currentTarget.value || undefined })}
        />
      </div>
      <Loaded query={audit.asQuery}>
        {(rows) =>
          rows.length > 0 ? (
            <ListTable
              label={t("nav.audit")}
              columns={columns}
              rows={rows}
              rowId={(row) => row.id}
              hasMore={audit.hasMore}
              loadingMore={audit.loadingMore}
              loadMore={audit.loadMore}
            />
          ) : filtered ? (
            <NoResults onReset={() => void navigate({ search: {} })} />
          ) : (
            <Empty title={t("audit.empty")} hint={t("audit.emptyHint")} />
          )
        }
      </Loaded>
    </div>
  );
}

function useColumns(): ColumnDef<Entry>[] {
  const { t } = useTranslation();
  return useMemo<ColumnDef<Entry>[]>(
    () => [
      {
        id: "at",
        header: t("common.time"),
        cell: ({ row }) => <Ago at={row.original.at} />,
        meta: { track: "minmax(96px, 120px)", phone: true },
      },
      {
        id: "actor",
        header: t("audit.actor"),
        cell: ({ row }) => row.original.actor_name,
        meta: { track: "minmax(120px, 1fr)" },
      },
      {
        id: "action",
        header: t("audit.action"),
        cell: ({ row }) => <span className="vk-mono">{row.original.action}</span>,
        meta: { track: "minmax(120px, 1fr)", phone: true },
      },
      {
        id: "object",
        header: t("audit.object"),
        cell: ({ row }) => `${row.original.object_kind} ${shortened(row.original.object_id)}`,
        meta: { track: "minmax(120px, 1.2fr)", phone: true },
      },
      {
        id: "details",
        header: t("audit.details"),
        cell: ({ row }) => <Details details={row.original.details} />,
        meta: { track: "minmax(120px, 2fr)" },
      },
      {
        id: "outcome",
        header: t("audit.outcome"),
        cell: ({ row }) => row.original.outcome,
        meta: { track: "88px" },
      },
      {
        id: "address",
        header: t("audit.address"),
        cell: ({ row }) => row.original.address ?? "—",
        meta: { track: "112px" },
      },
      {
        id: "request",
        header: t("state.requestId"),
        cell: ({ row }) => (row.original.request_id ? <ShortId id={row.original.request_id} /> : "—"),
        meta: { track: "120px" },
      },
    ],
    [t],
  );
}

function shortened(id: string): string {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(id) ? `…${id.slice(-8)}` : id;
}

function Details({ details }: { details: Record<string, unknown> }) {
  const text = Object.entries(details)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ");
  return (
    <span className="vk-quiet" title={text}>
      {text || "—"}
    </span>
  );
}
