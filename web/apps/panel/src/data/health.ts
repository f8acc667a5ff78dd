import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@voltkeep/api";

/** The platform's own state, read again every few seconds. */
export function useHealth() {
  return useQuery({
    queryKey: ["health"],
    refetchInterval: 5000,
    queryFn: () => dataOf(api.GET("/api/v1/health")),
  });
}
