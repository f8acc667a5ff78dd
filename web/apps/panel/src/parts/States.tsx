import { Button, Skeleton, Stack } from "@mantine/core";
import { IconAlertTriangle, IconInbox, IconLock, IconPlugX, IconSearchOff } from "@tabler/icons-react";
import { ApiFailure } from "@voltkeep/api";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Copy } from "./Copy";
import { FailureWords } from "./failureWords";
import { useFormats } from "./formats";
import styles from "./States.module.css";

/** Rows that will come, as quiet bars. */
export function RowsSkeleton({ rows = 8 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap={8} p="md" role="status" aria-label={t("state.loading")}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <Skeleton key={row} height={20} width={`${96 - (row % 4) * 9}%`} radius="sm" />
      ))}
    </Stack>
  );
}

interface NoticeProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** A calm full-area message: what is, and the next step. */
export function Notice({ icon, title, children, action }: NoticeProps) {
  return (
    <div className={styles.notice}>
      <div className={styles.icon} aria-hidden>
        {icon}
      </div>
      <h2 className={styles.title}>{title}</h2>
      {children && <div className={styles.text}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

/** Nothing exists yet: says what would be here and how it comes. */
export function Empty({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <Notice icon={<IconInbox size={28} stroke={1.5} />} title={title} action={action}>
      {hint}
    </Notice>
  );
}

/** Something exists, but not for these filters. */
export function NoResults({ onReset }: { onReset: () => void }) {
  const { t } = useTranslation();
  return (
    <Notice
      icon={<IconSearchOff size={28} stroke={1.5} />}
      title={t("state.noResults")}
      action={
        <Button variant="default" onClick={onReset}>
          {t("state.reset")}
        </Button>
      }
    >
      {t("state.noResultsHint")}
    </Notice>
  );
}

/** A failure as people can use it: what it means, what to do, and the id to give to support. */
export function FailureView({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  if (error instanceof ApiFailure && error.kind === "forbidden") return <Forbidden failure={error} />;
  if (error instanceof ApiFailure && error.kind === "not-found") {
    return (
      <Notice icon={<IconSearchOff size={28} stroke={1.5} />} title={t("state.notFound")}>
        {t("state.notFoundHint")}
      </Notice>
    );
  }
  const away = error instanceof ApiFailure && (error.kind === "unreachable" || error.kind === "unavailable");
  return (
    <Notice
      icon={away ? <IconPlugX size={28} stroke={1.5} /> : <IconAlertTriangle size={28} stroke={1.5} />}
      title={away ? t("state.away") : t("state.broken")}
      action={
        onRetry && (
          <Button variant="default" onClick={onRetry}>
            {t("state.retry")}
          </Button>
        )
      }
    >
      <p>{away ? t("state.awayHint") : <FailureWords error={error} />}</p>
      <RequestId error={error} />
    </Notice>
  );
}

/** The id that finds this failure in the server's log. */
export function RequestId({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (!(error instanceof ApiFailure) || !error.requestId) return null;
  return (
    <p className="vk-quiet">
      {t("state.requestId")} <Copy text={error.requestId} />
    </p>
  );
}

function Forbidden({ failure }: { failure: ApiFailure }) {
  const { t } = useTranslation();
  return (
    <Notice icon={<IconLock size={28} stroke={1.5} />} title={t("state.forbidden")}>
      <p>{t("state.forbiddenNeeds", { permission: failure.permission ?? "?" })}</p>
      <p>
        {failure.granters.length > 0
          ? t("state.forbiddenGranters", { names: failure.granters.join(", ") })
          : t("state.forbiddenNobody")}
      </p>
    </Notice>
  );
}

/** Shown above data that couldn't be refreshed. */
export function StaleNote({ since, onRetry }: { since: number; onRetry: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div className={styles.stale} role="status">
      <IconAlertTriangle size={14} aria-hidden />
      <span>{t("state.stale", { at: formats.clock(new Date(since)) })}</span>
      <Button size="compact-xs" variant="default" onClick={onRetry}>
        {t("state.retry")}
      </Button>
    </div>
  );
}

/** What a screen needs to know of a query. */
export interface Readable<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly isError: boolean;
  readonly dataUpdatedAt: number;
  readonly refetch: () => unknown;
}

interface LoadedProps<T> {
  query: Readable<T>;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/** The three faces of a query: coming, failed, here (perhaps stale). */
export function Loaded<T>({ query, skeleton, children }: LoadedProps<T>) {
  const retry = () => void query.refetch();
  if (query.data === undefined) {
    if (query.isError) return <FailureView error={query.error} onRetry={retry} />;
    return skeleton ?? <RowsSkeleton />;
  }
  return (
    <>
      {query.isError && <StaleNote since={query.dataUpdatedAt} onRetry={retry} />}
      {children(query.data)}
    </>
  );
}
