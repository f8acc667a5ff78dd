import type { Formats } from "@voltkeep/words";
import { useTranslation } from "react-i18next";
import { useTimeline } from "../data/sessions";
import type { Moment, Session } from "../data/types";
import { useFormats } from "../parts/formats";
import { Panel } from "../parts/Panel";
import { Loaded } from "../parts/States";
import { StatusMark } from "../parts/StatusMark";
import { useActionWords, useDetailWords, useErrorCodeWords } from "../parts/serverWords";
import styles from "./Timeline.module.css";
import { useReasonWords } from "./words";

/** What happened in and around the session, in the order of time. */
export function Timeline({ session }: { session: Session }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const timeline = useTimeline(session.id);
  return (
    <Panel title={t("timeline.title")}>
      <Loaded query={timeline}>
        {(moments) => (
          <ol className={styles.list}>
            {moments.map((moment, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two moments may be alike in everything but their place
              <li key={`${moment.at}-${moment.kind}-${index}`} className={styles.item}>
                <time className={styles.time} dateTime={moment.at} title={formats.exact(new Date(moment.at))}>
                  {formats.clock(new Date(moment.at))}
                </time>
                <MomentWords moment={moment} />
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Panel>
  );
}

function MomentWords({ moment }: { moment: Moment }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const reason = useReasonWords();
  const action = useActionWords();
  const details = useDetailWords();
  const errorCode = useErrorCodeWords();
  const fact = (name: string) => text(moment.details[name]);
  const authorization = (code: string | null) => code && t(`authorization.${code}`, { defaultValue: code });
  switch (moment.kind) {
    case "status":
      return (
        <span className={styles.words}>
          <StatusMark word={fact("status") ?? ""} />
          <Quiet
            parts={[
              moment.details.evse === 0 ? t("history.station") : null,
              errorCode(fact("error_code")),
              fact("vendor_error_code"),
              fact("info"),
            ]}
          />
        </span>
      );
    case "presence":
      return (
        <span className={styles.words}>
          {fact("status") === "online" ? t("history.online") : <StatusMark word="offline" />}
        </span>
      );
    case "command":
      return (
        <span className={styles.words}>
          {t("timeline.command", { action: action(fact("action") ?? "") })}
          <Quiet parts={[t(`commandState.${fact("state") ?? ""}`, { defaultValue: "" }), fact("actor")]} />
        </span>
      );
    case "started":
      return (
        <span className={styles.words}>
          <strong>{t("timeline.started")}</strong>
          <Quiet parts={[fact("token"), authorization(fact("authorization_status"))]} />
        </span>
      );
    case "ended":
      return (
        <span className={styles.words}>
          <strong>{t("timeline.ended")}</strong>
          <Quiet parts={[reason(fact("stop_reason"))]} />
        </span>
      );
    default:
      return (
        <span className={styles.words}>
          {t(`problem.${moment.kind}`, { defaultValue: moment.kind })}
          <Quiet
            parts={details(moment.details).map(({ name, value }) => `${name}: ${timed(value, formats)}`)}
          />
        </span>
      );
  }
}

function Quiet({ parts }: { parts: readonly (string | null)[] }) {
  const kept = parts.filter(Boolean).join(" · ");
  return kept ? <span className="vk-quiet">{kept}</span> : null;
}

/** Instants as people read them, everything else as it is. */
function timed(value: string, formats: Formats): string {
  return /^\d{4}-\d\d-\d\dT/.test(value) ? formats.exact(new Date(value)) : value;
}

function text(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}
