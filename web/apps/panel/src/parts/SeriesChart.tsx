import { Button, Group, SegmentedControl, Skeleton } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { saveBlob, saveUrl, toCsv } from "./csv";
import { useFormats } from "./formats";
import styles from "./SeriesChart.module.css";

export interface Series {
  /** The parameter's id: it decides the colour, unless several lines share it and `place` tells them apart. */
  readonly parameter: string;
  readonly place?: number;
  readonly label: string;
  readonly unit: string;
  /** Time in ms and value; a null value breaks the line. */
  readonly points: readonly (readonly [number, number | null])[];
}

export interface DrawnChart {
  toPng: () => string;
}

const Drawing = lazy(() => import("./SeriesDrawing"));

interface SeriesChartProps {
  title: string;
  series: readonly Series[];
  height?: number;
  /** From and to in ms; without it the axis ends where the data does. */
  span?: readonly [number, number];
}

/** Lines over time with the same data as a table, and both as files. */
export function SeriesChart({ title, series, height = 240, span }: SeriesChartProps) {
  const { t } = useTranslation();
  const [view, setView] = useState("chart");
  const drawn = useRef<DrawnChart | null>(null);
  const savePng = () => {
    const png = drawn.current?.toPng();
    if (png) saveUrl(png, `${title}.png`);
  };
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={8}>
        <SegmentedControl
          size="xs"
          value={view}
          onChange={setView}
          aria-label={t("chart.view")}
          data={[
            { value: "chart", label: t("chart.asChart") },
            { value: "table", label: t("chart.asTable") },
          ]}
        />
        <Group gap={4}>
          {view === "chart" && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={<IconDownload size={14} />}
              onClick={savePng}
            >
              {t("chart.png")}
            </Button>
          )}
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconDownload size={14} />}
            onClick={() => saveBlob(toCsv(rowsOf(series)), `${title}.csv`)}
          >
            {t("chart.csv")}
          </Button>
        </Group>
      </Group>
      {view === "chart" ? (
        <Suspense fallback={<Skeleton height={height} />}>
          <Drawing title={title} series={series} height={height} span={span} drawn={drawn} />
        </Suspense>
      ) : (
        <SeriesTable title={title} series={series} height={height} />
      )}
    </div>
  );
}

function SeriesTable({
  title,
  series,
  height,
}: {
  title: string;
  series: readonly Series[];
  height: number;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const rows = mergedByTime(series);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles.scroll} style={{ maxHeight: height }} tabIndex={0} aria-label={title}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("common.time")}</th>
            {series.map((one) => (
              <th scope="col" key={one.label}>
                {one.label}
                {one.unit && ` (${one.unit})`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([at, values]) => (
            <tr key={at}>
              <td>{formats.exact(new Date(at))}</td>
              {values.map((value, index) => (
                <td key={series[index]?.label}>{value === null ? "—" : formats.decimal(value, 2)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** One row for each time at which any series has a value, in order of time. */
function mergedByTime(series: readonly Series[]): [number, (number | null)[]][] {
  const rows = new Map<number, (number | null)[]>();
  series.forEach((one, column) => {
    for (const [at, value] of one.points) {
      const row = rows.get(at) ?? series.map(() => null);
      row[column] = value;
      rows.set(at, row);
    }
  });
  return [...rows].sort(([one], [other]) => one - other);
}

function rowsOf(series: readonly Series[]): (string | number | null)[][] {
  const head = ["time", ...series.map((one) => (one.unit ? `${one.label} (${one.unit})` : one.label))];
  return [head, ...mergedByTime(series).map(([at, values]) => [new Date(at).toISOString(), ...values])];
}
