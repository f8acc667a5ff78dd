import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, dataOf } from "@voltkeep/api";
import { usePages } from "./paging";

function readTokens(search: string | undefined, cursor: string | undefined, limit: number) {
  return dataOf(api.GET("/api/v1/tokens", { params: { query: { search, cursor, limit } } }));
}

export function useTokens(search: string | undefined) {
  return usePages(["tokens", search], (cursor) => readTokens(search, cursor, 200));
}

/** Tokens to pick from when a session is started by hand. */
export function useTokenChoices() {
  return useQuery({
    queryKey: ["tokens", "choices"],
    queryFn: async () =>
      (await readTokens(undefined, undefined, 200)).items
        .filter((token) => token.blocked_at === null)
        .map((token) => ({
          value: token.uid,
          label: token.label ? `${token.label} (${token.uid})` : token.uid,
        })),
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
