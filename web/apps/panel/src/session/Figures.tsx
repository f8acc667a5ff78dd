import { useTranslation } from "react-i18next";
import type { Session } from "../data/types";
import { Span, useFormats } from "../parts/formats";
import styles from "./Figures.module.css";

/** The few numbers that people look for first. */
export function Figures({ session }: { session: Session }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const live = session.state === "active";
  return (
    <dl className={styles.figures}>
      <div>
        <dt>{t("session.energy")}</dt>
        <dd>{session.energy_wh === null ? "—" : formats.energy(session.energy_wh)}</dd>
      </div>
      {live && (
        <div>
          <dt>{t("session.power")}</dt>
          <dd>{session.power_w === null ? "—" : formats.power(session.power_w)}</dd>
        </div>
      )}
      {session.soc_percent !== null && (
        <div>
          <dt>{t("session.soc")}</dt>
          <dd>{formats.percent(session.soc_percent)}</dd>
        </div>
      )}
      <div>
        <dt>{t("session.duration")}</dt>
        <dd>
          <Span from={session.started_at} until={session.ended_at} />
        </dd>
      </div>
    </dl>
  );
}
