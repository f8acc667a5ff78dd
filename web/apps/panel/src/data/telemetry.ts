import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@voltkeep/api";
import type { chartRanges } from "../app/search";

type Range = (typeof chartRanges)[number];

const spanMs: Readonly<Record<Range, number>> = {
  "1h": 3_600_000,
  "6h": 21_600_000,
  "24h": 86_400_000,
  "7d": 604_800_000,
};
const points = 500;

interface Window {
  from: string;
  to: string;
}

function windowOf(range: Range, nowMs: number): Window {
  return { from: new Date(nowMs - spanMs[range]).toISOString(), to: new Date(nowMs).toISOString() };
}

export function useSeries(station: string, parameters: readonly string[], key: unknown, when: () => Window) {
  return useQuery({
    queryKey: ["series", station, parameters, key],
    refetchInterval: 10_000,
    queryFn: () => {
      const { from, to } = when();
      return dataOf(
        api.GET("/api/v1/stations/{station}/series", {
          params: { path: { station }, query: { parameter: [...parameters], from, to, points } },
        }),
      );
    },
  });
}

export function usePower(station: string, range: Range) {
  return useSeries(station, ["power-active-import"], range, () => windowOf(range, Date.now()));
}
