import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@voltkeep/api";
import type { SessionsSearch } from "../app/search";
import { usePages } from "./paging";

/** One page of sessions under the filters of the address bar; days are the person's own. */
export function readSessions(search: SessionsSearch, cursor: string | undefined, limit = 200) {
  return dataOf(
    api.GET("/api/v1/sessions", {
      params: {
        query: {
          state: search.tab ?? "live",
          station: search.station,
          search: search.search,
          from: search.from && new Date(`${search.from}T00:00:00`).toISOString(),
          to: search.to && new Date(`${search.to}T24:00:00`).toISOString(),
          cursor,
          limit,
        },
      },
    }),
  );
}

export function useSessions(search: SessionsSearch) {
  return usePages(["sessions", search], (cursor) => readSessions(search, cursor));
}

export function useFoundSessions(search: string) {
  return useQuery({
    queryKey: ["found-sessions", search],
    enabled: search.length >= 2,
    queryFn: async () =>
      (await dataOf(api.GET("/api/v1/sessions", { params: { query: { search, limit: 5 } } }))).items,
  });
}

/** The sessions that run at one station now. */
export function useLiveSessions(station: string) {
  return useQuery({
    queryKey: ["live-sessions", station],
    queryFn: async () =>
      (await dataOf(api.GET("/api/v1/sessions", { params: { query: { station, state: "live", limit: 50 } } }))).items,
  });
}

export function useSession(id: string) {
  return useQuery({
    queryKey: ["session", id],
    queryFn: () => dataOf(api.GET("/api/v1/sessions/{session_id}", { params: { path: { session_id: id } } })),
  });
}

export function useTimeline(id: string) {
  return useQuery({
    queryKey: ["session", id, "timeline"],
    queryFn: () => dataOf(api.GET("/api/v1/sessions/{session_id}/timeline", { params: { path: { session_id: id } } })),
  });
}

export function useSessionCounts() {
  return useQuery({
    queryKey: ["overview", "sessions"],
    queryFn: () => dataOf(api.GET("/api/v1/overview/sessions")),
  });
}
