/** What went wrong, as a closed set that screens can answer one by one (RFC 9457 problem details of the API). */
export type FailureKind =
  | "unreachable"
  | "signed-out"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "changed"
  | "invalid"
  | "too-many"
  | "unavailable"
  | "broken";

export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** Any call that didn't succeed. `requestId` finds it in the server's log. */
export class ApiFailure extends Error {
  readonly kind: FailureKind;
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  readonly permission: string | null;
  readonly granters: readonly string[];
  readonly field: string | null;
  readonly fields: readonly FieldFault[];
  readonly retryAfterS: number | null;
  /** The facts of this case, which the words of `code` are filled with. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(facts: Partial<ApiFailure> & { kind: FailureKind; message: string }) {
    super(facts.message);
    this.name = "ApiFailure";
    this.kind = facts.kind;
    this.status = facts.status ?? 0;
    this.code = facts.code ?? facts.kind;
    this.requestId = facts.requestId ?? null;
    this.permission = facts.permission ?? null;
    this.granters = facts.granters ?? [];
    this.field = facts.field ?? null;
    this.fields = facts.fields ?? [];
    this.retryAfterS = facts.retryAfterS ?? null;
    this.facts = facts.facts ?? {};
  }
}

const kinds: Readonly<Record<number, FailureKind>> = {
  401: "signed-out",
  403: "forbidden",
  404: "not-found",
  409: "conflict",
  400: "invalid",
  412: "changed",
  422: "invalid",
  429: "too-many",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
};

/** The failure that an answer tells; a body that is no problem document still gives a usable one. */
export async function failureOf(response: Response): Promise<ApiFailure> {
  const body = await bodyOf(response);
  const given = isRecord(body.arguments) ? { ...body, ...body.arguments } : body;
  return new ApiFailure({
    kind: kinds[response.status] ?? "broken",
    status: response.status,
    code: codeOf(given) ?? String(response.status),
    message: text(given.detail) ?? text(given.title) ?? response.statusText,
    requestId: text(given.request_id) ?? response.headers.get("x-request-id"),
    permission: text(given.permission),
    granters: Array.isArray(given.granters) ? given.granters.filter((one) => typeof one === "string") : [],
    field: text(given.field),
    fields: faultsOf(given.errors),
    retryAfterS: seconds(response.headers.get("retry-after")),
    facts: isRecord(body.arguments) ? body.arguments : {},
  });
}

/** No answer came at all. */
export function unreachable(): ApiFailure {
  return new ApiFailure({ kind: "unreachable", message: "" });
}

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return isRecord(body) ? body : {};
  } catch {
    return {};
  }
}

/** `urn:voltkeep:problem:<code>` names the problem (RFC 9457, section 3.1.1). */
function codeOf(given: Record<string, unknown>): string | null {
  const [, code] = /^urn:voltkeep:problem:(.+)$/.exec(text(given.type) ?? "") ?? [];
  return code ?? text(given.code);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function seconds(header: string | null): number | null {
  const value = Number(header);
  return header && Number.isFinite(value) ? value : null;
}

function faultsOf(errors: unknown): FieldFault[] {
  if (!Array.isArray(errors)) return [];
  return errors.filter(isRecord).map((error) => ({
    field: Array.isArray(error.loc) ? String(error.loc.at(-1)) : (text(error.field) ?? ""),
    message: text(error.msg) ?? text(error.message) ?? "",
  }));
}
