import { SegmentedControl } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { chartRanges } from "../app/search";
import { spanMs, usePower } from "../data/telemetry";
import type { StationFacts } from "../data/types";
import { Facts } from "../parts/Facts";
import { Ago } from "../parts/formats";
import page from "../parts/Page.module.css";
import { Panel } from "../parts/Panel";
import { SeriesChart } from "../parts/SeriesChart";
import { Empty, Loaded } from "../parts/States";
import { useChartSeries } from "../parts/useChartSeries";
import { Connectors } from "./Connectors";
import { Readings } from "./Readings";
import { Uptime } from "./Uptime";

/** Connectors with what they do now, and power over time. */
export function OverviewTab({ facts }: { facts: StationFacts }) {
  const { t } = useTranslation();
  return (
    <div className={page.body}>
      <div className={page.columns}>
        <div className={page.stack}>
          <Connectors facts={facts} />
          <PowerPanel station={facts.identity} />
          <Readings station={facts.identity} />
        </div>
        <div className={page.stack}>
          <Panel title={t("station.facts")}>
            <Facts
              rows={[
                [t("station.vendor"), [facts.vendor, facts.model].filter(Boolean).join(" ")],
                [t("station.serial"), facts.serial_number],
                [t("station.firmware"), facts.firmware_version],
                [t("station.protocol"), facts.protocol],
                [
                  t("station.connectedSince"),
                  facts.online ? <Ago key="c" at={facts.connected_at} /> : t("status.offline"),
                ],
                [t("station.booted"), <Ago key="b" at={facts.booted_at} />],
                [t("station.address"), facts.address],
              ]}
            />
          </Panel>
          <Uptime station={facts.identity} />
        </div>
      </div>
    </div>
  );
}

function PowerPanel({ station }: { station: string }) {
  const { t } = useTranslation();
  const { range = "1h" } = useSearch({ from: "/app/stations/$station" });
  const navigate = useNavigate({ from: "/stations/$station" });
  const power = usePower(station, range);
  const series = useChartSeries(power.data, true);
  const readAt = power.dataUpdatedAt;
  const span = useMemo(() => [readAt - spanMs[range], readAt] as const, [readAt, range]);
  return (
    <Panel
      title={t("station.power")}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t("chart.range")}
          value={range}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, range: chartRanges.find((one) => one === next) }),
              replace: true,
            })
          }
          data={chartRanges.map((value) => ({ value, label: t(`chart.ranges.${value}`) }))}
        />
      }
    >
      <Loaded query={power}>
        {() =>
          series.length > 0 ? (
            <SeriesChart title={`${station} ${t("station.power")}`} series={series} span={span} />
          ) : (
            <Empty title={t("chart.empty")} hint={t("chart.emptyHint")} />
          )
        }
      </Loaded>
    </Panel>
  );
}
