import { describe, expect, it, vi } from "vitest";
import { ApiFailure, api, dataOf, failureOf, rememberCsrf } from "../src";

function problem(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}

describe("problem details become failures", () => {
  it("with the permission and who can grant it", async () => {
    const failure = await failureOf(
      problem(403, {
        code: "not-permitted",
        detail: "no",
        permission: "station.control",
        granters: ["Olena"],
      }),
    );
    expect(failure).toMatchObject({ kind: "forbidden", permission: "station.control", granters: ["Olena"] });
  });

  it("with arguments beside or nested", async () => {
    const failure = await failureOf(problem(403, { arguments: { permission: "audit.view", granters: [] } }));
    expect(failure.permission).toBe("audit.view");
  });

  it("with the request id from the body, else from the header", async () => {
    expect((await failureOf(problem(500, { request_id: "abc" }))).requestId).toBe("abc");
    expect((await failureOf(problem(500, {}, { "x-request-id": "def" }))).requestId).toBe("def");
  });

  it("with a wait for a rate limit", async () => {
    expect(await failureOf(problem(429, {}, { "retry-after": "7" }))).toMatchObject({
      kind: "too-many",
      retryAfterS: 7,
    });
  });

  it("with the faulty fields of a validation", async () => {
    const failure = await failureOf(
      problem(422, { errors: [{ loc: ["body", "identity"], msg: "too long" }] }),
    );
    expect(failure.fields).toEqual([{ field: "identity", message: "too long" }]);
  });

  it.each([
    [401, "signed-out"],
    [404, "not-found"],
    [409, "conflict"],
    [412, "changed"],
    [503, "unavailable"],
    [500, "broken"],
    [418, "broken"],
  ])("%i as %s", async (status, kind) => {
    expect((await failureOf(problem(status, {}))).kind).toBe(kind);
  });

  it("even when the body is no JSON", async () => {
    const failure = await failureOf(new Response("<h1>502</h1>", { status: 502 }));
    expect(failure).toMatchObject({ kind: "unavailable", status: 502 });
  });
});

describe("the client", () => {
  const sent = vi.fn<(request: Request) => Promise<Response>>();
  const options = { fetch: sent, baseUrl: "http://panel.test" };

  it("sends the CSRF token and an idempotency key with what acts, not with what reads", async () => {
    sent.mockImplementation(async () => new Response("{}", { status: 200 }));
    rememberCsrf("token-1");
    await api.GET("/api/v1/me", options);
    await api.POST("/api/v1/sign-out", options);
    const [read, write] = sent.mock.calls.map(([request]) => request.headers);
    expect(read?.has("X-CSRF-Token")).toBe(false);
    expect(write?.get("X-CSRF-Token")).toBe("token-1");
    expect(write?.get("Idempotency-Key")).toMatch(/^[0-9a-f]{32}$/);
  });

  it("throws failures, so that data is data", async () => {
    sent.mockImplementation(async () => problem(409, { detail: "taken", code: "identity-taken" }));
    await expect(dataOf(api.GET("/api/v1/me", options))).rejects.toMatchObject({
      kind: "conflict",
      code: "identity-taken",
    });
  });

  it("says unreachable when no answer came", async () => {
    sent.mockImplementation(async () => {
      throw new TypeError("Failed to fetch");
    });
    const failure = await dataOf(api.GET("/api/v1/me", options)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiFailure);
    expect(failure).toMatchObject({ kind: "unreachable" });
  });
});
