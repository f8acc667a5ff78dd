import { type Formats, formatsFor } from "@voltkeep/words";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

/** Formats of the language in use; `zone` shows times as a site's people see them. */
export function useFormats(zone?: string): Formats {
  const { t, i18n } = useTranslation();
  const language = withRegion(i18n.language);
  return useMemo(
    () =>
      formatsFor(
        language,
        { w: t("unit.w"), kw: t("unit.kw"), wh: t("unit.wh"), kwh: t("unit.kwh"), mwh: t("unit.mwh") },
        zone,
      ),
    [language, t, zone],
  );
}

/** The browser's own variant of the language, so that a date in English looks as it does at home. */
function withRegion(language: string): string {
  return navigator.languages.find((wish) => wish.toLowerCase().startsWith(`${language}-`)) ?? language;
}

const listeners = new Set<() => void>();
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function tick(): void {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}

/** The time, moving on every `stepS` seconds; one timer serves the whole screen. */
export function useNow(stepS = 1): Date {
  const step = useSyncExternalStore(subscribe, () => Math.floor(nowMs / (stepS * 1000)));
  return useMemo(() => new Date(step * stepS * 1000), [step, stepS]);
}

/** A relative time with the exact one on hover. Says nothing for what never happened. */
export function Ago({ at, stepS = 10 }: { at: string | null | undefined; stepS?: number }) {
  const formats = useFormats();
  const now = useNow(stepS);
  const { t } = useTranslation();
  if (!at) return <span className="vk-quiet">{t("common.never")}</span>;
  const date = new Date(at);
  return (
    <time dateTime={at} title={formats.exact(date)}>
      {formats.relative(date, date > now ? date : now)}
    </time>
  );
}

/** How long something has run, or ran. */
export function Span({ from, until }: { from: string; until?: string | null }) {
  const formats = useFormats();
  const now = useNow(1);
  const end = until ? new Date(until) : now;
  return <span>{formats.span((end.getTime() - new Date(from).getTime()) / 1000)}</span>;
}

/** The document's title follows the page, so that tabs and history are readable. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Voltkeep` : "Voltkeep";
  }, [title]);
}
