import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Session } from "../data/types";
import { Span, useFormats } from "../parts/formats";
import styles from "./OverviewPage.module.css";

/** The newest live sessions with what flows now. */
export function LiveRows({ sessions }: { sessions: readonly Session[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <table className={styles.live}>
      <thead>
        <tr>
          <th scope="col">{t("session.station")}</th>
          <th scope="col" data-wide>
            {t("session.token")}
          </th>
          <th scope="col" data-numeric data-wide>
            {t("session.duration")}
          </th>
          <th scope="col" data-numeric>
            {t("session.energy")}
          </th>
          <th scope="col" data-numeric>
            {t("session.power")}
          </th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <tr key={session.id}>
            <td>
              <Link
                to="/sessions/$session"
                params={{ session: session.id }}
                className="vk-link"
                title={session.station}
              >
                {session.station}
              </Link>
              {session.evse !== null && <span className="vk-quiet"> · {session.evse}</span>}
            </td>
            <td data-wide>
              <span className="vk-mono">{session.token ?? "—"}</span>
            </td>
            <td data-numeric data-wide>
              <Span from={session.started_at} />
            </td>
            <td data-numeric>{session.energy_wh === null ? "—" : formats.energy(session.energy_wh)}</td>
            <td data-numeric>{session.power_w === null ? "—" : formats.power(session.power_w)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
