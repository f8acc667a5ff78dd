import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, dataOf } from "@voltkeep/api";
import { usePages } from "./paging";

function readTokens(search: string | undefined, cursor: string | undefined, limit: number) {
  return dataOf(api.GET("/api/v1/tokens", { params: { query: { search, cursor, limit } } }));
}

export function useTokens(search: string | undefined) {
  return usePages(["tokens", search], (cursor) => readTokens(search, cursor, 200));
}

export interface TokenChoice {
  readonly uid: string;
  readonly label: string;
}

/** Valid tokens to pick from when a session is started by hand: the first that match what was typed. */
export function tokenChoices(typed: string) {
  const search = typed.trim() || undefined;
  return queryOptions({
    queryKey: ["tokens", "choices", search],
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    queryFn: async (): Promise<TokenChoice[]> => {
      const query = { search, state: "valid" as const, limit: 20 };
      const { items } = await dataOf(api.GET("/api/v1/tokens", { params: { query } }));
      return items.map(({ uid, label }) => ({ uid, label: label ? `${label} (${uid})` : uid }));
    },
  });
}

export interface NewToken {
  uid: string;
  label?: string;
  intent: string;
}

export function useAddToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ intent, ...body }: NewToken) =>
      dataOf(api.POST("/api/v1/tokens", { body, headers: { "Idempotency-Key": intent } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["tokens"] }),
  });
}

export function useBlockToken() {
  const client = useQueryClient();
  return async (id: string, blocked: boolean) => {
    await api.PATCH("/api/v1/tokens/{token_id}", { params: { path: { token_id: id } }, body: { blocked } });
    await client.invalidateQueries({ queryKey: ["tokens"] });
  };
}
