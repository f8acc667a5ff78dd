import { useTranslation } from "react-i18next";
import { type UptimeSpan, uptimeSpans, useUptime } from "../data/stations";
import { useFormats } from "../parts/formats";
import { Panel } from "../parts/Panel";
import { Empty, Loaded } from "../parts/States";
import styles from "./Readings.module.css";

interface Known {
  readonly share: number | null;
  readonly known_s: number;
}

/** How much of the last day, week and month each connector could be used, and how that is counted. */
export function Uptime({ station }: { station: string }) {
  const { t } = useTranslation();
  const uptime = useUptime(station);
  return (
    <Panel title={t("station.uptime")} flush>
      <Loaded query={uptime}>
        {(spans) => {
          const numbers = [...new Set(spans.flatMap((one) => one.connectors.map(({ evse }) => evse)))];
          if (numbers.length === 0) {
            return <Empty title={t("station.noConnectors")} hint={t("station.noConnectorsHint")} />;
          }
          return (
            <>
              <table className={styles.table} style={{ width: "100%" }}>
                <thead>
                  <tr>
                    <th scope="col">{t("session.connector")}</th>
                    {spans.map(({ span }) => (
                      <th scope="col" key={span} className={styles.number}>
                        {t(`station.uptimeSpans.${span}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {numbers.map((evse) => (
                    <tr key={evse}>
                      <th scope="row">{evse}</th>
                      {spans.map(({ span, connectors }) => (
                        <td key={span} className={styles.number}>
                          <Share span={span} uptime={connectors.find((one) => one.evse === evse)} />
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
              <p className={styles.hint}>{t("station.uptimeHint")}</p>
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

/** Where only a part of the time is known, the cell says of how much it speaks. */
function Share({ span, uptime }: { span: UptimeSpan; uptime: Known | undefined }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (!uptime || uptime.share === null) return <span className="vk-quiet">{t("station.uptimeUnknown")}</span>;
  const share = formats.share(uptime.share);
  if (uptime.known_s * 1000 > uptimeSpans[span] * 0.98) return <>{share}</>;
  const known = formats.span(uptime.known_s);
  return (
    <span title={t("station.uptimeSome", { share, known })}>
      {share} <span className={styles.part}>{known}</span>
    </span>
  );
}
