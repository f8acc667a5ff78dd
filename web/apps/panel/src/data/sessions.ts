import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@voltkeep/api";
import type { SessionsSearch } from "../app/search";
import { csvUrl, startOfDay, usePages } from "./paging";

/** The filters of the address bar as the API takes them; days are the person's own. */
function filtersOf(search: SessionsSearch) {
  return {
    state: search.tab ?? ("live" as const),
    station: search.station,
    search: search.search,
    from: search.from && startOfDay(search.from, 0),
    to: search.to && startOfDay(search.to, 1),
  };
}

export function readSessions(search: SessionsSearch, cursor: string | undefined, limit = 200) {
  return dataOf(api.GET("/api/v1/sessions", { params: { query: { ...filtersOf(search), cursor, limit } } }));
}

/** The same list as a file, made by the server. */
export function sessionsCsvUrl(search: SessionsSearch): string {
  return csvUrl("/api/v1/sessions.csv", filtersOf(search));
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
      (
        await dataOf(
          api.GET("/api/v1/sessions", { params: { query: { station, state: "live", limit: 50 } } }),
        )
      ).items,
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
    queryFn: () =>
      dataOf(api.GET("/api/v1/sessions/{session_id}/timeline", { params: { path: { session_id: id } } })),
  });
}

export function useSessionCounts() {
  return useQuery({
    queryKey: ["overview", "sessions"],
    queryFn: () => dataOf(api.GET("/api/v1/overview/sessions")),
  });
}
