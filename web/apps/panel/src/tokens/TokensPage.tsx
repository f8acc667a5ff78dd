import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ColumnDef } from "@tanstack/react-table";
import { newIntent } from "@voltkeep/api";
import { type FormEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../data/me";
import { useAddToken, useBlockToken, useTokens } from "../data/tokens";
import type { Token } from "../data/types";
import { Confirm, FormFault } from "../parts/Confirm";
import { Ago, useFormats } from "../parts/formats";
import { ListTable } from "../parts/ListTable";
import page from "../parts/Page.module.css";
import { PageHead } from "../parts/PageHead";
import { SearchField } from "../parts/SearchField";
import { Empty, Loaded, NoResults } from "../parts/States";
import { useToasts } from "../parts/Toasts";

/** RFID cards and other tokens that may charge. */
export function TokensPage() {
  const { t } = useTranslation();
  const { search } = useSearch({ from: "/app/tokens" });
  const navigate = useNavigate({ from: "/tokens" });
  const tokens = useTokens(search);
  const [adding, setAdding] = useState(false);
  const [blocking, setBlocking] = useState<Token | null>(null);
  const block = useBlockToken();
  const columns = useColumns(setBlocking);
  const may = useMay("token.manage");
  const add = may && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t("tokens.add")}
    </Button>
  );
  return (
    <div className={page.fill}>
      <PageHead title={t("nav.tokens")} actions={add} />
      <div className={page.filters}>
        <SearchField
          label={t("tokens.search")}
          value={search ?? ""}
          onChange={(next) => void navigate({ search: next ? { search: next } : {}, replace: true })}
        />
      </div>
      <Loaded query={tokens.asQuery}>
        {(rows) =>
          rows.length > 0 ? (
            <ListTable
              label={t("nav.tokens")}
              columns={columns}
              rows={rows}
              rowId={(row) => row.id}
              total={tokens.total}
              hasMore={tokens.hasMore}
              loadingMore={tokens.loadingMore}
              loadMore={tokens.loadMore}
            />
          ) : search ? (
            <NoResults onReset={() => void navigate({ search: {} })} />
          ) : (
            <Empty title={t("tokens.empty")} hint={t("tokens.emptyHint")} action={add} />
          )
        }
      </Loaded>
      {adding && <AddDialog onClose={() => setAdding(false)} />}
      {blocking && (
        <Confirm
          title={t("tokens.blockTitle", { uid: blocking.uid })}
          verb={t("tokens.block")}
          danger
          onClose={() => setBlocking(null)}
          act={() => block(blocking.id, true)}
        >
          {t("tokens.blockHint")}
        </Confirm>
      )}
    </div>
  );
}

function useColumns(onBlock: (token: Token) => void): ColumnDef<Token>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const may = useMay("token.manage");
  return useMemo<ColumnDef<Token>[]>(
    () => [
      {
        id: "uid",
        header: t("tokens.uid"),
        cell: ({ row }) => <span className="vk-mono">{row.original.uid}</span>,
        meta: { track: "minmax(120px, 1fr)", phone: true },
      },
      {
        id: "label",
        header: t("tokens.label"),
        cell: ({ row }) => row.original.label ?? "—",
        meta: { track: "minmax(100px, 1.5fr)" },
      },
      {
        id: "state",
        header: t("tokens.state"),
        cell: ({ row }) => <State token={row.original} />,
        meta: { track: "minmax(80px, 120px)", phone: true },
      },
      {
        id: "expires",
        header: t("tokens.expires"),
        cell: ({ row }) =>
          row.original.expires_at ? formats.day(new Date(row.original.expires_at)) : t("common.never"),
        meta: { track: "minmax(88px, 130px)" },
      },
      {
        id: "created",
        header: t("tokens.created"),
        cell: ({ row }) => <Ago at={row.original.created_at} />,
        meta: { track: "minmax(88px, 130px)" },
      },
      {
        id: "act",
        header: () => <span className="vk-hidden">{t("common.acts")}</span>,
        cell: ({ row }) => may && <BlockButton token={row.original} onBlock={onBlock} />,
        meta: { track: "minmax(96px, 120px)", phone: true, numeric: true },
      },
    ],
    [t, formats, may, onBlock],
  );
}

function State({ token }: { token: Token }) {
  const { t } = useTranslation();
  if (token.blocked_at)
    return <span style={{ color: "var(--vk-status-faulted)" }}>{t("tokens.blocked")}</span>;
  if (token.expires_at && new Date(token.expires_at) < new Date()) {
    return <span style={{ color: "var(--vk-status-pending)" }}>{t("tokens.expired")}</span>;
  }
  return <span style={{ color: "var(--vk-status-available)" }}>{t("tokens.valid")}</span>;
}

function BlockButton({ token, onBlock }: { token: Token; onBlock: (token: Token) => void }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const block = useBlockToken();
  if (!token.blocked_at) {
    return (
      <Button size="compact-xs" variant="default" onClick={() => onBlock(token)}>
        {t("tokens.block")}
      </Button>
    );
  }
  const unblock = () => block(token.id, false).then(() => toasts.done(t("tokens.unblocked")), toasts.failed);
  return (
    <Button size="compact-xs" variant="default" onClick={unblock}>
      {t("tokens.unblock")}
    </Button>
  );
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const add = useAddToken();
  const [intent] = useState(newIntent);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const label = String(form.get("label")).trim();
    add.mutate(
      { uid: String(form.get("uid")).trim(), label: label || undefined, intent },
      {
        onSuccess: () => {
          toasts.done(t("tokens.added"));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("tokens.add")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            data-autofocus
            name="uid"
            label={t("tokens.uid")}
            description={t("tokens.uidHint")}
            required
            withAsterisk={false}
            maxLength={36}
          />
          <TextInput name="label" label={t("tokens.label")} maxLength={200} />
          {add.isError && <FormFault error={add.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t("tokens.add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
