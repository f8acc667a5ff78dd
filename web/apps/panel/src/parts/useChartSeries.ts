import type { components } from "@voltkeep/api";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useQuantities } from "./quantities";
import type { Series } from "./SeriesChart";
import { useParameterWords } from "./serverWords";

type Read = components["schemas"]["SeriesView"];

/** What the API read, as lines with words and units of the language. Phases stay out where a total exists. */
export function useChartSeries(read: readonly Read[] | undefined, byEvse = false): readonly Series[] {
  const { t } = useTranslation();
  const quantities = useQuantities();
  const parameter = useParameterWords();
  return useMemo(() => {
    const totals = (read ?? []).filter((one) => one.at.length > 0);
    const kept = totals.filter((one) => one.phase === "" || !totals.some((other) => isTotalOf(other, one)));
    return kept.map((one) => {
      const { unit, factor } = quantities.scale(one.unit);
      const name = parameter(one.parameter);
      const where = byEvse && one.evse > 0 ? t("station.connector", { number: one.evse }) : null;
      return {
        parameter: one.parameter,
        place: byEvse ? Math.max(0, one.evse - 1) : undefined,
        label: [where ?? name, one.phase].filter(Boolean).join(" "),
        unit,
        points: one.at.map((at, index) => {
          const value = one.value[index];
          return [Date.parse(at), value === null || value === undefined ? null : value * factor] as const;
        }),
      };
    });
  }, [read, byEvse, t, quantities, parameter]);
}

function isTotalOf(total: Read, phase: Read): boolean {
  return (
    total.phase === "" &&
    total.parameter === phase.parameter &&
    total.evse === phase.evse &&
    total.module === phase.module
  );
}
