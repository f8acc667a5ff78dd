import { useInfiniteQuery } from "@tanstack/react-query";
import { api, dataOf } from "@voltkeep/api";
import { useMemo } from "react";
import type { FramesSearch } from "../app/search";

/** Frames of a station, newest first; `paused` holds the picture still while somebody reads. */
export function useFrames(station: string, search: FramesSearch, paused: boolean) {
  const query = useInfiniteQuery({
    queryKey: ["frames", station, search],
    refetchInterval: paused ? false : 3000,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET("/api/v1/stations/{station}/frames", {
          params: { path: { station }, query: { ...search, cursor: pageParam, limit: 100 } },
        }),
      ),
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  return { rows, query, asQuery: { ...query, data: rows } };
}
