import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, dataOf } from "@voltkeep/api";
import type { AuditSearch } from "../app/search";
import { startOfDay, usePages } from "./paging";

export function useAudit(search: AuditSearch) {
  return usePages(["audit", search], (cursor) =>
    dataOf(
      api.GET("/api/v1/audit", {
        params: {
          query: {
            action: search.action,
            object_id: search.object,
            from: search.from && startOfDay(search.from, 0),
            to: search.to && startOfDay(search.to, 1),
            cursor,
            limit: 200,
          },
        },
      }),
    ),
  );
}

export function useApiTokens() {
  return usePages(["api-tokens"], (cursor) =>
    dataOf(api.GET("/api/v1/api-tokens", { params: { query: { cursor, limit: 200 } } })),
  );
}

export interface NewApiToken {
  name: string;
  permissions: string[];
  expires_at: string | null;
  intent: string;
}

export function useMakeApiToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ intent, ...body }: NewApiToken) =>
      dataOf(api.POST("/api/v1/api-tokens", { body, headers: { "Idempotency-Key": intent } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["api-tokens"] }),
  });
}

export function useRevokeApiToken() {
  const client = useQueryClient();
  return async (id: string) => {
    await api.DELETE("/api/v1/api-tokens/{token_id}", { params: { path: { token_id: id } } });
    await client.invalidateQueries({ queryKey: ["api-tokens"] });
  };
}
