import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createRefresher } from "../src/live/refresh";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const client = new QueryClient();
  const reread = vi.spyOn(client, "invalidateQueries").mockResolvedValue();
  const roots = () => reread.mock.calls.map(([filters]) => String(filters?.queryKey?.[0] ?? "everything"));
  return { refresher: createRefresher(client), roots };
}

it("turns a storm of notices into one re-read of each kind", () => {
  const { refresher, roots } = watched();
  for (let n = 0; n < 500; n += 1) refresher.take({ type: "session.metered", station_id: "s" });
  vi.advanceTimersByTime(900);
  expect(roots().sort()).toEqual(["live-sessions", "overview", "session", "sessions"]);
  refresher.stop();
});

it("reads single objects again sooner than lists", () => {
  const { refresher, roots } = watched();
  for (let second = 0; second < 8; second += 1) {
    refresher.take({ type: "session.metered" });
    vi.advanceTimersByTime(1000);
  }
  const count = (root: string) => roots().filter((one) => one === root).length;
  expect(count("session")).toBeGreaterThanOrEqual(6);
  expect(count("sessions")).toBeLessThanOrEqual(3);
  refresher.stop();
});

it("reads everything again at a resync and nothing for what no screen shows", () => {
  const { refresher, roots } = watched();
  refresher.take({ type: "something.else" });
  vi.advanceTimersByTime(5000);
  expect(roots()).toEqual([]);
  refresher.take({ type: "resync" });
  expect(roots()).toEqual(["everything"]);
  refresher.stop();
});

it("replaces changed rows and keeps untouched pages as they are", async () => {
  const { withRows } = await import("../src/live/refresh");
  type Pages = Parameters<typeof withRows>[0];
  const row = (id: string, name: string) => ({ id, name }) as Pages["pages"][number]["items"][number];
  const before: Pages = {
    pages: [{ items: [row("a", "old")] }, { items: [row("b", "old")] }],
    pageParams: [undefined, "next"],
  };
  const after = withRows(before, new Map([["b", row("b", "new")]]));
  expect(after.pages[0]).toBe(before.pages[0]);
  expect(after.pages[1]?.items[0]?.name).toBe("new");
});
