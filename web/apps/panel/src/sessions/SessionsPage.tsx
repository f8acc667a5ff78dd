import { Button, Tabs, TextInput } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type SessionsSearch, sessionTabs } from "../app/search";
import { sessionsCsvUrl, useSessions } from "../data/sessions";
import type { Session } from "../data/types";
import { ListTable } from "../parts/ListTable";
import page from "../parts/Page.module.css";
import { PageHead } from "../parts/PageHead";
import { SearchField } from "../parts/SearchField";
import { Empty, Loaded, NoResults } from "../parts/States";
import { useSessionColumns } from "./columns";

/** Sessions that run, that ended, and that have a problem. */
export function SessionsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: "/app/sessions" });
  const navigate = useNavigate({ from: "/sessions" });
  const tab = search.tab ?? "live";
  const sessions = useSessions(search);
  const columns = useSessionColumns(tab);
  const filtered = Boolean(search.search || search.station || search.from || search.to);
  const openTab = (next: string | null) => {
    const chosen = sessionTabs.find((one) => one === next);
    void navigate({ search: (before) => ({ ...before, tab: chosen === "live" ? undefined : chosen }) });
  };
  const open = (row: Session) => void navigate({ to: "/sessions/$session", params: { session: row.id } });
  return (
    <Tabs value={tab} onChange={openTab} className={page.fill}>
      <PageHead
        title={t("nav.sessions")}
        below={
          <Tabs.List>
            {sessionTabs.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`sessions.tabs.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        }
      />
      <Tabs.Panel value={tab} className={page.fill}>
        <Filters search={search} />
        <Loaded query={sessions.asQuery}>
          {(rows) =>
            rows.length > 0 ? (
              <ListTable
                label={t("nav.sessions")}
                columns={columns}
                rows={rows}
                rowId={(row) => row.id}
                hasMore={sessions.hasMore}
                loadingMore={sessions.loadingMore}
                loadMore={sessions.loadMore}
                onOpen={open}
              />
            ) : filtered ? (
              <NoResults onReset={() => void navigate({ search: { tab: search.tab } })} />
            ) : (
              <Empty title={t(`sessions.empty.${tab}`)} hint={t(`sessions.emptyHint.${tab}`)} />
            )
          }
        </Loaded>
      </Tabs.Panel>
    </Tabs>
  );
}

function Filters({ search }: { search: SessionsSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: "/sessions" });
  const set = (change: Partial<SessionsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <div className={page.filters}>
      <SearchField
        label={t("sessions.search")}
        value={search.search ?? ""}
        onChange={(next) => set({ search: next || undefined })}
      />
      <SearchField
        label={t("sessions.station")}
        value={search.station ?? ""}
        onChange={(next) => set({ station: next || undefined })}
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
      <span className={page.grow} />
      <Button
        component="a"
        href={sessionsCsvUrl(search)}
        download="sessions.csv"
        variant="default"
        leftSection={<IconDownload size={14} />}
      >
        {t("common.csv")}
      </Button>
    </div>
  );
}
