import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, dataOf } from "@voltkeep/api";
import { usePages } from "./paging";

/** Identities that knocked and wait to be let in. */
export function useWaiting() {
  return usePages(["waiting"], (cursor) =>
    dataOf(api.GET("/api/v1/stations/waiting", { params: { query: { cursor, limit: 200 } } })),
  );
}

export function useWaitingActs() {
  const client = useQueryClient();
  const after = async <T>(call: Promise<T>): Promise<T> => {
    const result = await call;
    await Promise.all(
      ["waiting", "stations", "overview"].map((root) => client.invalidateQueries({ queryKey: [root] })),
    );
    return result;
  };
  const path = (identity: string) => ({ params: { path: { identity } } });
  return {
    approve: (identity: string) =>
      after(dataOf(api.POST("/api/v1/stations/waiting/{identity}/approve", path(identity)))),
    dismiss: (identity: string) =>
      after(api.POST("/api/v1/stations/waiting/{identity}/dismiss", path(identity))),
  };
}

export function useOnboardingWindow() {
  return useQuery({
    queryKey: ["waiting", "window"],
    queryFn: () => dataOf(api.GET("/api/v1/onboarding-window")),
  });
}

export function useOnboardingActs() {
  const client = useQueryClient();
  const reread = () => client.invalidateQueries({ queryKey: ["waiting", "window"] });
  return {
    open: async (minutes: number) => {
      await api.POST("/api/v1/onboarding-window", { body: { minutes } });
      await reread();
    },
    close: async () => {
      await api.DELETE("/api/v1/onboarding-window");
      await reread();
    },
  };
}
