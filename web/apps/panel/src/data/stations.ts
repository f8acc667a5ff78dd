import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, dataOf } from "@voltkeep/api";
import type { StationsSearch } from "../app/search";
import { csvUrl, usePages } from "./paging";

const pageSize = 500;

/** One page of the list under the filters of the address bar. */
export function readStations(search: StationsSearch, cursor: string | undefined, limit = pageSize) {
  return dataOf(
    api.GET("/api/v1/stations", {
      params: {
        query: {
          search: search.search,
          status: search.status,
          online: search.online === undefined ? undefined : search.online === "yes",
          admission: search.admission,
          cursor,
          limit,
        },
      },
    }),
  );
}

export function useStations(search: StationsSearch, limit = pageSize) {
  return usePages(["stations", search, limit], (cursor) => readStations(search, cursor, limit));
}

/** The same list as a file, made by the server. */
export function stationsCsvUrl({ search, status, online, admission }: StationsSearch): string {
  const wanted = { search, status, online: online && String(online === "yes"), admission };
  return csvUrl("/api/v1/stations.csv", wanted);
}

export function useFoundStations(search: string) {
  return useQuery({
    queryKey: ["found-stations", search],
    enabled: search.length >= 2,
    queryFn: async () => (await readStations({ search }, undefined, 6)).items,
  });
}

/** One station by id or identity. */
export function readStation(station: string) {
  return dataOf(api.GET("/api/v1/stations/{station}", { params: { path: { station } } }));
}

export function useStation(station: string) {
  return useQuery({
    queryKey: ["station", station],
    queryFn: () => readStation(station),
  });
}

export function useStationCounts() {
  return useQuery({
    queryKey: ["overview", "stations"],
    queryFn: () => dataOf(api.GET("/api/v1/overview/stations")),
  });
}

export function useStatusHistory(station: string) {
  return usePages(["station", station, "history"], (cursor) =>
    dataOf(
      api.GET("/api/v1/stations/{station}/status-history", {
        params: { path: { station }, query: { cursor, limit: 100 } },
      }),
    ),
  );
}

export const uptimeSpans = { "24h": 86_400_000, "7d": 604_800_000, "30d": 2_592_000_000 } as const;
export type UptimeSpan = keyof typeof uptimeSpans;

/** How much of the last day, week and month each connector could be used. */
export function useUptime(station: string) {
  return useQuery({
    queryKey: ["uptime", station],
    refetchInterval: 60_000,
    queryFn: () =>
      Promise.all(Object.keys(uptimeSpans).map((span) => readUptime(station, span as UptimeSpan))),
  });
}

async function readUptime(station: string, span: UptimeSpan) {
  const from = new Date(Date.now() - uptimeSpans[span]).toISOString();
  const answer = await dataOf(
    api.GET("/api/v1/stations/{station}/uptime", { params: { path: { station }, query: { from } } }),
  );
  return { span, connectors: answer.connectors };
}

export interface NewStation {
  identity: string;
  name?: string;
}

export function useCreateStation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ intent, ...body }: NewStation & { intent: string }) =>
      dataOf(api.POST("/api/v1/stations", { body, headers: { "Idempotency-Key": intent } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["stations"] }),
  });
}

/** Acts on one station's place in the installation; each re-reads what it changed. */
export function useStationActs(station: string) {
  const client = useQueryClient();
  const path = { params: { path: { station } } };
  const after = async <T>(call: Promise<T>): Promise<T> => {
    const result = await call;
    await Promise.all([
      client.invalidateQueries({ queryKey: ["station", station] }),
      client.invalidateQueries({ queryKey: ["stations"] }),
    ]);
    return result;
  };
  return {
    rotatePassword: () => after(dataOf(api.POST("/api/v1/stations/{station}/rotate-password", path))),
    suspend: () => after(api.POST("/api/v1/stations/{station}/suspend", path)),
    resume: () => after(api.POST("/api/v1/stations/{station}/resume", path)),
    retire: () => after(api.POST("/api/v1/stations/{station}/retire", path)),
    edit: (revision: number, body: { name: string | null }) =>
      after(
        dataOf(
          api.PATCH("/api/v1/stations/{station}", {
            params: { path: { station }, header: { "If-Match": `"${revision}"` } },
            body,
          }),
        ),
      ),
  };
}
