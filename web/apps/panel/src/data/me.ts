import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, dataOf, rememberCsrf } from "@voltkeep/api";

/** Who is signed in; reading it also remembers the token that writing calls must carry. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  staleTime: 60_000,
  queryFn: async () => {
    const me = await dataOf(api.GET("/api/v1/me"));
    rememberCsrf(me.csrf_token);
    return me;
  },
});

export function useMe() {
  return useQuery(meQuery);
}

/** Whether the person holds a permission anywhere; the server decides for each object. */
export function useMay(permission: string): boolean {
  const me = useMe();
  return me.data?.permissions.includes(permission) ?? false;
}

export async function signIn(client: QueryClient, email: string, password: string): Promise<void> {
  const { csrf_token } = await dataOf(api.POST("/api/v1/sign-in", { body: { email, password } }));
  rememberCsrf(csrf_token);
  client.clear();
  await client.fetchQuery(meQuery);
}

export function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => api.POST("/api/v1/sign-out"),
    onSettled: async () => {
      rememberCsrf(null);
      await navigate({ to: "/sign-in", search: {} });
      client.clear();
    },
  });
}

export function useEditMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (edit: { name?: string; locale?: string }) => dataOf(api.PATCH("/api/v1/me", { body: edit })),
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (change: { current: string; new: string }) =>
      api.POST("/api/v1/me/password", { body: change }),
  });
}
