import type { components } from "@voltkeep/api";
import { useTranslation } from "react-i18next";
import { useLatest } from "../data/telemetry";
import { Ago, useFormats } from "../parts/formats";
import { Panel } from "../parts/Panel";
import { useQuantities } from "../parts/quantities";
import { Empty, Loaded } from "../parts/States";
import { useParameterWords } from "../parts/serverWords";
import styles from "./Readings.module.css";

type Reading = components["schemas"]["ReadingView"];

/** The newest value of everything that is measured, connector by connector, with its unit and its time. */
export function Readings({ station }: { station: string }) {
  const { t } = useTranslation();
  const latest = useLatest(station);
  return (
    <Panel title={t("station.readings")} flush>
      <Loaded query={latest}>
        {(readings) =>
          readings.length > 0 ? (
            <div className={styles.places}>
              {byPlace(readings).map(([evse, own]) => (
                <Place key={evse} evse={evse} readings={own} />
              ))}
            </div>
          ) : (
            <Empty title={t("station.noReadings")} hint={t("station.noReadingsHint")} />
          )
        }
      </Loaded>
    </Panel>
  );
}

function Place({ evse, readings }: { evse: number; readings: readonly Reading[] }) {
  const { t } = useTranslation();
  const parameter = useParameterWords();
  const name = evse === 0 ? t("station.wholeStation") : t("station.connector", { number: evse });
  return (
    <table className={styles.table}>
      <caption>{name}</caption>
      <thead>
        <tr>
          <th scope="col">{t("station.reading")}</th>
          <th scope="col" className={styles.number}>
            {t("station.readingValue")}
          </th>
          <th scope="col">{t("station.readingAt")}</th>
        </tr>
      </thead>
      <tbody>
        {readings.map((one) => (
          <tr key={`${one.parameter}/${one.module}/${one.phase}`}>
            <th scope="row">
              {parameter(one.parameter)}
              {one.phase && <span className="vk-quiet"> {one.phase}</span>}
            </th>
            <td className={styles.number}>
              <Value reading={one} />
            </td>
            <td className="vk-quiet">
              <Ago at={one.at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ reading }: { reading: Reading }) {
  const formats = useFormats();
  const quantities = useQuantities();
  const { value, unit } = reading;
  if (value === null || value === undefined) return <>{reading.text ?? "—"}</>;
  if (unit === "W") return <>{formats.power(value)}</>;
  if (unit === "Wh") return <>{formats.energy(value)}</>;
  const scaled = quantities.scale(unit);
  return <>{formats.measure(value * scaled.factor, scaled.unit)}</>;
}

/** What people look for first comes first; the rest follows by name. */
const order = [
  "power-active-import",
  "energy-active-import-register",
  "soc",
  "soc-ev",
  "voltage",
  "current-import",
  "current-offered",
  "temperature",
];

function rank(reading: Reading): string {
  const place = order.indexOf(reading.parameter);
  return `${place < 0 ? order.length : place}/${reading.parameter}/${reading.module}/${reading.phase}`;
}

function byPlace(readings: readonly Reading[]): [number, Reading[]][] {
  const places = new Map<number, Reading[]>();
  for (const one of readings) places.set(one.evse, [...(places.get(one.evse) ?? []), one]);
  return [...places]
    .sort(([one], [other]) => one - other)
    .map(([evse, own]) => [evse, own.sort((one, other) => rank(one).localeCompare(rank(other)))]);
}
