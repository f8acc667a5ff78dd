import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, dataOf } from "@voltkeep/api";
import { usePages } from "./paging";

/** Commands of a station, newest first. */
export function useCommands(station: string) {
  return usePages(["commands", station], (cursor) =>
    dataOf(
      api.GET("/api/v1/stations/{station}/commands", {
        params: { path: { station }, query: { cursor, limit: 50 } },
      }),
    ),
  );
}

export interface Order {
  action: string;
  arguments: Record<string, unknown>;
  /** The same for every try of one intention, so that a repeated click acts once. */
  intent: string;
}

/** The one door for acting on a station. */
export function useOrder(station: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ intent, ...body }: Order) =>
      dataOf(
        api.POST("/api/v1/stations/{station}/commands", {
          params: { path: { station } },
          headers: { "Idempotency-Key": intent },
          body,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["commands", station] }),
  });
}
