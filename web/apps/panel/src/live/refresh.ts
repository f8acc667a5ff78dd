import type { QueryClient } from "@tanstack/react-query";
import type { LiveNotice } from "./stream";

/** Which cached lists a notice makes old, by its type's first word. Table over branches. */
const touched: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^station|^connector|^onboarding|candidate/i, ["stations", "station", "waiting", "overview"]],
  [/^session/i, ["sessions", "session", "overview", "live-sessions"]],
  [/^command/i, ["commands", "parameters"]],
  [/^parameter/i, ["parameters"]],
];

const everyMs = 1000;
const listEveryMs = 4000;
/** Lists may be thousands of rows long, so they are read again less often than single objects. */
const slow = new Set(["stations", "sessions", "overview"]);

/** Turns a storm of notices into a few re-reads: each kind of query at most once in its interval. */
export function createRefresher(client: QueryClient): {
  take: (notice: LiveNotice) => void;
  stop: () => void;
} {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const lastAt = new Map<string, number>();
  const refresh = (root: string) => {
    waiting.delete(root);
    lastAt.set(root, Date.now());
    void client.invalidateQueries({ queryKey: [root], refetchType: "active" });
  };
  const plan = (root: string) => {
    if (waiting.has(root)) return;
    const gap = slow.has(root) ? listEveryMs : everyMs;
    const due = Math.max(150, (lastAt.get(root) ?? 0) + gap - Date.now());
    waiting.set(root, setTimeout(refresh, due, root));
  };
  return {
    take: (notice) => {
      if (notice.type === "resync") {
        void client.invalidateQueries({ refetchType: "active" });
        return;
      }
      for (const [pattern, roots] of touched) if (pattern.test(notice.type)) roots.forEach(plan);
    },
    stop: () => {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
