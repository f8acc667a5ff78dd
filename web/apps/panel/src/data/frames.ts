import { api, dataOf } from "@voltkeep/api";
import type { FramesSearch } from "../app/search";
import { usePages } from "./paging";

const everyMs = 3000;

/** Frames of a station, newest first; `paused` holds the picture still while somebody reads. */
export function useFrames(station: string, search: FramesSearch, paused: boolean) {
  return usePages(
    ["frames", station, search],
    (cursor) =>
      dataOf(
        api.GET("/api/v1/stations/{station}/frames", {
          params: { path: { station }, query: { ...search, cursor, limit: 100 } },
        }),
      ),
    paused ? false : everyMs,
  );
}
