import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import type { components } from "@voltkeep/api";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApiTokens, useRevokeApiToken } from "../data/access";
import { Confirm } from "../parts/Confirm";
import { Ago, useFormats } from "../parts/formats";
import { ListTable } from "../parts/ListTable";
import page from "../parts/Page.module.css";
import { PageHead } from "../parts/PageHead";
import { Empty, Loaded } from "../parts/States";
import { NewApiTokenDialog } from "./NewApiTokenDialog";

type ApiToken = components["schemas"]["ApiTokenRow"];

/** Tokens that programs sign in with. */
export function ApiTokensPage() {
  const { t } = useTranslation();
  const tokens = useApiTokens();
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const revoke = useRevokeApiToken();
  const columns = useColumns(setRevoking);
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t("apiTokens.add")}
    </Button>
  );
  return (
    <div className={page.fill}>
      <PageHead title={t("nav.apiTokens")} actions={add} />
      <Loaded query={tokens.asQuery}>
        {(rows) =>
          rows.length > 0 ? (
            <ListTable
              label={t("nav.apiTokens")}
              columns={columns}
              rows={rows}
              rowId={(row) => row.id}
              hasMore={tokens.hasMore}
              loadingMore={tokens.loadingMore}
              loadMore={tokens.loadMore}
            />
          ) : (
            <Empty title={t("apiTokens.empty")} hint={t("apiTokens.emptyHint")} action={add} />
          )
        }
      </Loaded>
      {adding && <NewApiTokenDialog onClose={() => setAdding(false)} />}
      {revoking && (
        <Confirm
          title={t("apiTokens.revokeTitle", { name: revoking.name })}
          verb={t("apiTokens.revoke")}
          danger
          onClose={() => setRevoking(null)}
          act={() => revoke(revoking.id)}
        >
          {t("apiTokens.revokeHint")}
        </Confirm>
      )}
    </div>
  );
}

function useColumns(onRevoke: (token: ApiToken) => void): ColumnDef<ApiToken>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return useMemo<ColumnDef<ApiToken>[]>(
    () => [
      {
        id: "name",
        header: t("apiTokens.name"),
        cell: ({ row }) => row.original.name,
        meta: { track: "minmax(120px, 1fr)", phone: true },
      },
      {
        id: "prefix",
        header: t("apiTokens.prefix"),
        cell: ({ row }) => <span className="vk-mono">{`${row.original.prefix}…`}</span>,
        meta: { track: "minmax(100px, 140px)" },
      },
      {
        id: "permissions",
        header: t("apiTokens.permissions"),
        cell: ({ row }) => (
          <span title={row.original.permissions.join(", ")}>
            {row.original.permissions.includes("*")
              ? t("apiTokens.everything")
              : t("apiTokens.count", { count: row.original.permissions.length })}
          </span>
        ),
        meta: { track: "minmax(120px, 1fr)" },
      },
      {
        id: "created",
        header: t("apiTokens.created"),
        cell: ({ row }) => (
          <>
            <Ago at={row.original.created_at} />
            {row.original.created_by && <span className="vk-quiet"> · {row.original.created_by}</span>}
          </>
        ),
        meta: { track: "minmax(140px, 1fr)" },
      },
      {
        id: "used",
        header: t("apiTokens.used"),
        cell: ({ row }) => <Ago at={row.original.last_used_at} />,
        meta: { track: "minmax(88px, 120px)", phone: true },
      },
      {
        id: "expires",
        header: t("apiTokens.expires"),
        cell: ({ row }) =>
          row.original.expires_at ? formats.day(new Date(row.original.expires_at)) : t("common.never"),
        meta: { track: "minmax(88px, 120px)" },
      },
      {
        id: "act",
        header: () => <span className="vk-hidden">{t("common.acts")}</span>,
        cell: ({ row }) => (
          <ActionIcon
            aria-label={t("apiTokens.revokeOne", { name: row.original.name })}
            onClick={() => onRevoke(row.original)}
          >
            <IconTrash size={16} stroke={1.75} />
          </ActionIcon>
        ),
        meta: { track: "40px", phone: true },
      },
    ],
    [t, formats, onRevoke],
  );
}
