import { Select, TextInput } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ColumnDef } from "@tanstack/react-table";
import type { components } from "@voltkeep/api";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAudit } from "../data/access";
import { ShortId } from "../parts/Copy";
import { Ago } from "../parts/formats";
import { ListTable } from "../parts/ListTable";
import page from "../parts/Page.module.css";
import { PageHead } from "../parts/PageHead";
import { SearchField } from "../parts/SearchField";
import { Empty, Loaded, NoResults } from "../parts/States";
import { type Detail, useDetailWords } from "../parts/serverWords";
import styles from "./AuditPage.module.css";

type Entry = components["schemas"]["AuditRow"];

/** Who did what, newest first. */
export function AuditPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: "/app/audit" });
  const navigate = useNavigate({ from: "/audit" });
  const audit = useAudit(search);
  const columns = useColumns();
  const actions = useActions();
  const lines = useLines();
  const heightOf = useCallback((row: Entry) => 12 + lineHeight * lines(row).length, [lines]);
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const filtered = Object.keys(search).length > 0;
  return (
    <div className={page.fill}>
      <PageHead title={t("nav.audit")} />
      <div className={page.filters}>
        <Select
          size="xs"
          w={240}
          aria-label={t("audit.filterAction")}
          placeholder={t("audit.filterAction")}
          clearable
          searchable
          nothingFoundMessage={t("state.noResults")}
          value={search.action ?? null}
          onChange={(action) => set({ action: action ?? undefined })}
          data={actions}
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
              heightOf={heightOf}
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

/** Every act there are words for, to filter by, in the order of the language. */
function useActions(): { value: string; label: string }[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const tree: Record<string, Record<string, string>> = t("auditAction", { returnObjects: true });
    return Object.entries(tree)
      .flatMap(([kind, acts]) =>
        Object.entries(acts).map(([act, label]) => ({ value: `${kind}.${act}`, label })),
      )
      .sort((one, other) => one.label.localeCompare(other.label, i18n.language));
  }, [t, i18n.language]);
}

function useColumns(): ColumnDef<Entry>[] {
  const { t } = useTranslation();
  const lines = useLines();
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
        cell: ({ row }) => (
          <span title={row.original.action}>
            {t(`auditAction.${row.original.action}`, { defaultValue: row.original.action })}
          </span>
        ),
        meta: { track: "minmax(120px, 1.5fr)", phone: true },
      },
      {
        id: "object",
        header: t("audit.object"),
        cell: ({ row }) => <AuditObject row={row.original} />,
        meta: { track: "minmax(120px, 1.9fr)", phone: true },
      },
      {
        id: "details",
        header: t("audit.details"),
        cell: ({ row }) => <Details lines={lines(row.original)} />,
        meta: { track: "minmax(120px, 2fr)" },
      },
      {
        id: "outcome",
        header: t("audit.outcome"),
        cell: ({ row }) => t(`auditOutcome.${row.original.outcome}`, { defaultValue: row.original.outcome }),
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
    [t, lines],
  );
}

function shortened(id: string): string {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(id) ? `…${id.slice(-8)}` : id;
}

/** The object by the name that people know, a station with its page; else by the end of its id. */
function AuditObject({ row }: { row: Entry }) {
  const { t } = useTranslation();
  const kind = t(`auditObject.${row.object_kind}`, { defaultValue: row.object_kind });
  const name = objectName(row);
  return (
    <span title={row.object_id}>
      <span className="vk-quiet">{kind}</span>{" "}
      {row.object_kind === "station" && name ? (
        <Link to="/stations/$station" params={{ station: name }} className="vk-link">
          {name}
        </Link>
      ) : (
        (name ?? shortened(row.object_id))
      )}
    </span>
  );
}

const naming = ["identity", "uid", "name", "email"] as const;

function objectName(row: Entry): string | null {
  const found = naming.map((one) => row.details[one]).find((one) => typeof one === "string");
  return typeof found === "string" ? found : null;
}

/** The facts that the object's name doesn't tell already. */
function useLines(): (row: Entry) => Detail[] {
  const words = useDetailWords();
  return useCallback(
    (row) => {
      const shown = objectName(row);
      const facts = Object.entries(row.details).filter(
        ([name, value]) => name !== "command_id" && value !== shown,
      );
      return words(Object.fromEntries(facts));
    },
    [words],
  );
}

const lineHeight = 18;

function Details({ lines }: { lines: readonly Detail[] }) {
  if (lines.length === 0) return <span className="vk-quiet">—</span>;
  return (
    <dl className={styles.details} title={lines.map(({ name, value }) => `${name}: ${value}`).join("\n")}>
      {lines.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
