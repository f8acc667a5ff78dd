import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@voltkeep/api";
import type { chartRanges } from "../app/search";

type Range = (typeof chartRanges)[number];

export const spanMs: Readonly<Record<Range, number>> = {
  "1h": 3_600_000,
  "6h": 21_600_000,
  "24h": 86_400_000,
  "7d": 604_800_000,
};

export interface SeriesAsked {
  station: string;
  parameters: readonly string[];
  evse?: number;
  /** ISO instants; without an end, until now, read again every few seconds. */
  from: () => string;
  to?: string | null;
  key: string;
}

/** Measurements over time, at most 500 points a series. */
export function useSeries({ station, parameters, evse, from, to, key }: SeriesAsked) {
  return useQuery({
    queryKey: ["series", station, parameters, evse, to, key],
    refetchInterval: to ? false : 10_000,
    queryFn: async () => {
      const query = { parameter: [...parameters], evse, from: from(), to: to ?? undefined, points: 500 };
      const answer = await dataOf(
        api.GET("/api/v1/stations/{station}/series", { params: { path: { station }, query } }),
      );
      return answer.series;
    },
  });
}

/** The newest reading of everything the station measures. */
export function useLatest(station: string) {
  return useQuery({
    queryKey: ["latest", station],
    refetchInterval: 10_000,
    queryFn: async () =>
      (await dataOf(api.GET("/api/v1/stations/{station}/latest", { params: { path: { station } } })))
        .readings,
  });
}

export function usePower(station: string, range: Range) {
  return useSeries({
    station,
    parameters: ["power-active-import"],
    from: () => new Date(Date.now() - spanMs[range]).toISOString(),
    key: range,
  });
}
