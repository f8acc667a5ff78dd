import createClient, { type Middleware } from "openapi-fetch";
import { failureOf, unreachable } from "./failure";
import type { paths } from "./schema";

let csrfToken: string | null = null;

/** Remember the token that came with the sign-in; every writing call sends it back. */
export function rememberCsrf(token: string | null): void {
  csrfToken = token;
}

/** A fresh key for one intention: sending it again with the same key acts once. */
export function newIntent(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const reads = new Set(["GET", "HEAD", "OPTIONS"]);

const guard: Middleware = {
  onRequest({ request }) {
    if (reads.has(request.method)) return request;
    if (csrfToken) request.headers.set("X-CSRF-Token", csrfToken);
    if (request.method === "POST" && !request.headers.has("Idempotency-Key")) {
      request.headers.set("Idempotency-Key", newIntent());
    }
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await failureOf(response);
    return response;
  },
  onError({ error }) {
    return error instanceof TypeError ? unreachable() : undefined;
  },
};

/** The typed client of `/api/v1`. Calls give data or throw an ApiFailure; nothing in between. */
export const api = createClient<paths>({ baseUrl: "", credentials: "same-origin" });
api.use(guard);

/** The data of a call that can't have failed any more, since failures are thrown. */
export async function dataOf<T>(call: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  const { data } = await call;
  if (data === undefined || data === null) throw unreachable();
  return data;
}
