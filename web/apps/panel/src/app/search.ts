/** What the address bar may carry on each page: filters, tabs and ranges. Anything else is dropped, never an error. */

type Raw = Record<string, unknown>;

function text(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value.slice(0, 200) : undefined;
}

function oneOf<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((one) => one === value);
}

/** Only the keys that have a value, so that links stay short. */
function present<T extends object>(search: T): T {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;
}

/** A path of this panel to return to; foreign addresses are dropped. */
export function signInSearch(raw: Raw): { next?: string } {
  const next = text(raw.next);
  return present({ next: next?.startsWith("/") && !next.startsWith("//") ? next : undefined });
}

export const stationTabs = ["all", "waiting"] as const;
export const stationStates = [
  "available",
  "preparing",
  "charging",
  "suspended-ev",
  "suspended-evse",
  "finishing",
  "reserved",
  "unavailable",
  "faulted",
] as const;
export const admissions = ["pending", "approved", "suspended", "revoked", "retired"] as const;

export interface StationsSearch {
  tab?: (typeof stationTabs)[number];
  search?: string;
  status?: (typeof stationStates)[number];
  online?: "yes" | "no";
  admission?: (typeof admissions)[number];
}

export function stationsSearch(raw: Raw): StationsSearch {
  return present({
    tab: oneOf(stationTabs, raw.tab),
    search: text(raw.search),
    status: oneOf(stationStates, raw.status),
    online: oneOf(["yes", "no"] as const, raw.online),
    admission: oneOf(admissions, raw.admission),
  });
}

export const stationPageTabs = [
  "overview",
  "history",
  "configuration",
  "commands",
  "log",
  "details",
] as const;
export const chartRanges = ["1h", "6h", "24h", "7d"] as const;

export interface StationSearch {
  tab?: (typeof stationPageTabs)[number];
  range?: (typeof chartRanges)[number];
}

export function stationSearch(raw: Raw): StationSearch {
  return present({ tab: oneOf(stationPageTabs, raw.tab), range: oneOf(chartRanges, raw.range) });
}

export interface FramesSearch {
  direction?: "in" | "out";
  action?: string;
  search?: string;
}

export function framesSearch(raw: Raw): FramesSearch {
  return present({
    direction: oneOf(["in", "out"] as const, raw.direction),
    action: text(raw.action),
    search: text(raw.search),
  });
}

export const sessionTabs = ["live", "ended", "problem"] as const;

export interface SessionsSearch {
  tab?: (typeof sessionTabs)[number];
  search?: string;
  station?: string;
  from?: string;
  to?: string;
}

export function sessionsSearch(raw: Raw): SessionsSearch {
  return present({
    tab: oneOf(sessionTabs, raw.tab),
    search: text(raw.search),
    station: text(raw.station),
    from: day(raw.from),
    to: day(raw.to),
  });
}

export function tokensSearch(raw: Raw): { search?: string } {
  return present({ search: text(raw.search) });
}

export interface AuditSearch {
  action?: string;
  object?: string;
  from?: string;
  to?: string;
}

export function auditSearch(raw: Raw): AuditSearch {
  return present({
    action: text(raw.action),
    object: text(raw.object),
    from: day(raw.from),
    to: day(raw.to),
  });
}

function day(value: unknown): string | undefined {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}
