import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { PageOf } from "../data/paging";
import { readStation } from "../data/stations";
import type { StationRow } from "../data/types";
import type { LiveNotice } from "./stream";

/** Which cached queries a notice makes old, by how its type begins. */
const touched: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(station|connector)/, ["stations", "station", "overview"]],
  [/^(candidate|onboarding)/, ["waiting", "overview"]],
  [/^session/, ["sessions", "session", "overview", "live-sessions"]],
  [/^command/, ["commands", "parameters"]],
  [/^parameter/, ["parameters"]],
  [/^token/, ["tokens"]],
];

const everyMs = 1000;
const listEveryMs = 4000;
/** Lists may be thousands of rows long, so they are read again less often than single objects. */
const lists = new Set(["stations", "sessions", "overview"]);
/** Up to this many changed rows of a long list are read one by one; more, and the whole list is. */
const mostSingly = 20;

export interface Refresher {
  take: (notice: LiveNotice) => void;
  stop: () => void;
}

/** Turns a storm of notices into a few re-reads: each kind of query at most once in its interval. */
export function createRefresher(client: QueryClient): Refresher {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const lastAt = new Map<string, number>();
  const changed = new Set<string>();
  const refresh = (root: string) => {
    waiting.delete(root);
    lastAt.set(root, Date.now());
    if (root === "stations" && pagesOf(client) > 1 && changed.size <= mostSingly) {
      void patchStations(client, [...changed]);
    } else {
      void client.invalidateQueries({ queryKey: [root], refetchType: "active" });
    }
    if (root === "stations") changed.clear();
  };
  const plan = (root: string) => {
    if (waiting.has(root)) return;
    const due = Math.max(150, (lastAt.get(root) ?? 0) + gapOf(client, root, changed.size) - Date.now());
    waiting.set(root, setTimeout(refresh, due, root));
  };
  return {
    take: (notice) => {
      if (notice.type === "resync") {
        void client.invalidateQueries({ refetchType: "active" });
        return;
      }
      for (const [pattern, roots] of touched) {
        if (!pattern.test(notice.type)) continue;
        if (notice.station_id && roots.includes("stations")) changed.add(notice.station_id);
        roots.forEach(plan);
      }
    },
    stop: () => {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}

/** A list of many pages is re-read the less often the longer it is, so that the load stays the same. */
function gapOf(client: QueryClient, root: string, changed: number): number {
  if (!lists.has(root)) return everyMs;
  const pages = root === "stations" && changed > mostSingly ? pagesOf(client) : 1;
  return listEveryMs * Math.max(1, pages);
}

type StationPages = InfiniteData<PageOf<StationRow>>;

/** How many pages the longest list of stations on screen holds. */
function pagesOf(client: QueryClient): number {
  const shown = client.getQueriesData<StationPages>({ queryKey: ["stations"], type: "active" });
  return Math.max(0, ...shown.map(([, data]) => data?.pages.length ?? 0));
}

/** Put the newest of these stations into the rows that show them. */
async function patchStations(client: QueryClient, ids: readonly string[]): Promise<void> {
  const read = await Promise.allSettled(ids.map(readStation));
  const fresh = new Map(
    read.filter((one) => one.status === "fulfilled").map(({ value }) => [value.id, value] as const),
  );
  client.setQueriesData<StationPages>({ queryKey: ["stations"] }, (data) =>
    data === undefined ? data : withRows(data, fresh),
  );
}

/** The same pages with some rows replaced; pages without any stay the same objects. */
export function withRows(data: StationPages, fresh: ReadonlyMap<string, StationRow>): StationPages {
  const pages = data.pages.map((page) =>
    page.items.some((row) => fresh.has(row.id))
      ? { ...page, items: page.items.map((row) => fresh.get(row.id) ?? row) }
      : page,
  );
  return { ...data, pages };
}
