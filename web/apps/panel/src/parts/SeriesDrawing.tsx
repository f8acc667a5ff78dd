import { useComputedColorScheme } from "@mantine/core";
import { type SchemeColour, seriesColour, seriesColours, surfaces } from "@voltkeep/tokens";
import { LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { type RefObject, useEffect, useRef } from "react";
import { useFormats } from "./formats";
import { type Point, withGaps } from "./gaps";
import type { DrawnChart, Series } from "./SeriesChart";

use([LineChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, CanvasRenderer]);

const dayMs = 86_400_000;

interface DrawingProps {
  title: string;
  series: readonly Series[];
  height: number;
  span?: readonly [number, number];
  drawn: RefObject<DrawnChart | null>;
}

/** The canvas part, in its own chunk: ECharts loads when a chart is first seen. */
export default function SeriesDrawing({ title, series, height, span, drawn }: DrawingProps) {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const scheme = useComputedColorScheme("light");
  const formats = useFormats();

  useEffect(() => {
    if (!holder.current) return;
    const made = init(holder.current);
    chart.current = made;
    drawn.current = {
      toPng: () => made.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: surfaces.raised[scheme] }),
    };
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(holder.current);
    return () => {
      watcher.disconnect();
      made.dispose();
      drawn.current = null;
    };
  }, [scheme, drawn]);

  useEffect(() => {
    const quiet = surfaces.quiet[scheme];
    const line = surfaces.line[scheme];
    const days = span !== undefined && span[1] - span[0] > 2 * dayMs;
    const units = [...new Set(series.map((one) => one.unit))].slice(0, 2);
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: "Inter Variable, system-ui, sans-serif", color: quiet },
        grid: { left: 8, right: 8, top: 28, bottom: 4, containLabel: true },
        legend:
          series.length > 1
            ? {
                top: 0,
                right: units.length > 1 ? 48 : 0,
                icon: "roundRect",
                itemWidth: 10,
                itemHeight: 3,
                textStyle: { color: quiet },
              }
            : { show: false },
        tooltip: {
          trigger: "axis",
          backgroundColor: surfaces.raised[scheme],
          borderColor: surfaces.strongLine[scheme],
          textStyle: { color: surfaces.text[scheme], fontSize: 12 },
          axisPointer: { lineStyle: { color: surfaces.strongLine[scheme] } },
          extraCssText: "box-shadow:none;border-radius:6px",
        },
        xAxis: {
          type: "time",
          min: span?.[0],
          max: span?.[1],
          axisLine: { lineStyle: { color: line } },
          axisTick: { show: false },
          axisLabel: {
            color: quiet,
            hideOverlap: true,
            fontSize: 11,
            formatter: (at: number) => (days ? formats.shortDay(new Date(at)) : formats.minute(new Date(at))),
          },
          splitLine: { show: false },
        },
        yAxis: units.map((unit, index) => ({
          type: "value",
          name: unit,
          position: index === 0 ? "left" : "right",
          nameTextStyle: { color: quiet, fontSize: 11, align: index === 0 ? "left" : "right" },
          axisLabel: { color: quiet, fontSize: 11, formatter: (value: number) => formats.count(value) },
          splitLine: { show: index === 0, lineStyle: { color: line } },
          min: unit === "%" ? 0 : undefined,
          max: unit === "%" ? 100 : undefined,
        })),
        series: series.map((one) => ({
          type: "line",
          name: one.label,
          data: withGaps(one.points).map(drawnPoint),
          connectNulls: false,
          yAxisIndex: Math.max(0, units.indexOf(one.unit)),
          symbol: "none",
          lineStyle: { width: 1.75 },
          color: colourOf(one)[scheme],
          areaStyle: series.length === 1 ? { opacity: 0.08 } : undefined,
          tooltip: { valueFormatter: (value: unknown) => measured(formats.measure, value, one.unit) },
        })),
      },
      { notMerge: true },
    );
  }, [series, scheme, formats, span]);

  return <div ref={holder} role="img" aria-label={title} style={{ height, width: "100%" }} />;
}

/** A value that stands alone between gaps has no line to show it: it gets a dot. */
function drawnPoint(point: Point, index: number, all: readonly Point[]) {
  const alone = (all[index - 1]?.[1] ?? null) === null && (all[index + 1]?.[1] ?? null) === null;
  return alone ? { value: [...point], symbol: "circle", symbolSize: 5 } : { value: [...point] };
}

function measured(measure: (value: number, unit: string) => string, value: unknown, unit: string): string {
  return typeof value === "number" ? measure(value, unit) : "—";
}

function colourOf(series: Series): SchemeColour {
  const placed = series.place === undefined ? undefined : seriesColours[series.place % seriesColours.length];
  return placed ?? seriesColour(series.parameter);
}
