import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@voltkeep/api";

/** What a station has set, beside what is wanted of it. */
export function useParameters(station: string) {
  return useQuery({
    queryKey: ["parameters", station],
    refetchInterval: 5000,
    refetchIntervalInBackground: false,
    queryFn: async () =>
      (await dataOf(api.GET("/api/v1/stations/{station}/parameters", { params: { path: { station } } })))
        .items,
  });
}
