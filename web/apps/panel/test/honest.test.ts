import { describe, expect, it } from "vitest";
import { type CommandState, honestPhase, isWaiting, type Ordered } from "../src/station/honest";
import { lifeOf } from "../src/station/life";

const began = "2026-05-01T10:00:00Z";
const nowMs = Date.parse("2026-05-01T10:00:20Z");

function order(action: string, state: CommandState, facts: Partial<Ordered> = {}): Ordered {
  return {
    id: "c",
    action,
    evse: 1,
    state,
    created_at: began,
    settled_at: null,
    arguments: {},
    error: null,
    ...facts,
  };
}

const session = { id: "s", started_at: "2026-05-01T10:00:10Z" };

describe("the start button", () => {
  it("never says charging without a session, whatever the command says", () => {
    const states: CommandState[] = [
      "queued",
      "sent",
      "accepted",
      "rejected",
      "failed",
      "timed-out",
      "unknown",
      "expired",
      "observed",
    ];
    for (const state of states) {
      const { phase } = honestPhase({ session: undefined, commands: [order("start", state)], nowMs });
      expect(phase).not.toBe("charging");
    }
  });

  it.each([
    ["queued", "start-queued"],
    ["sent", "start-sent"],
    ["accepted", "start-accepted"],
  ] as const)("shows %s as %s and waits", (state, phase) => {
    const honest = honestPhase({ session: undefined, commands: [order("start", state)], nowMs });
    expect(honest.phase).toBe(phase);
    expect(isWaiting(honest)).toBe(true);
  });

  it("turns to charging the moment a session is there", () => {
    const honest = honestPhase({ session, commands: [order("start", "accepted")], nowMs });
    expect(honest).toEqual({ phase: "charging", session });
    expect(isWaiting(honest)).toBe(false);
  });

  it("says why a start was refused, for a while", () => {
    const rejected = order("start", "rejected", { settled_at: "2026-05-01T10:00:05Z" });
    expect(honestPhase({ session: undefined, commands: [rejected], nowMs })).toMatchObject({
      phase: "start-refused",
      why: "rejected",
    });
    expect(honestPhase({ session: undefined, commands: [rejected], nowMs: nowMs + 120_000 }).phase).toBe(
      "idle",
    );
  });

  it("stops promising an accepted start that nobody followed up", () => {
    const accepted = order("start", "accepted", { settled_at: began });
    expect(honestPhase({ session: undefined, commands: [accepted], nowMs: nowMs + 600_000 }).phase).toBe(
      "idle",
    );
  });

  it("is idle once a later stop ended it", () => {
    const stop = order("stop", "observed", { created_at: "2026-05-01T10:00:15Z" });
    expect(
      honestPhase({ session: undefined, commands: [stop, order("start", "accepted")], nowMs }).phase,
    ).toBe("idle");
  });
});

describe("the stop button", () => {
  it.each([
    ["queued", "stop-queued"],
    ["sent", "stop-sent"],
    ["accepted", "stop-accepted"],
  ] as const)("shows %s as %s", (state, phase) => {
    const stop = order("stop", state, { created_at: "2026-05-01T10:00:15Z" });
    expect(honestPhase({ session, commands: [stop], nowMs }).phase).toBe(phase);
  });

  it("ignores the stop of an earlier session", () => {
    const stop = order("stop", "sent", { created_at: "2026-05-01T09:00:00Z" });
    expect(honestPhase({ session, commands: [stop], nowMs }).phase).toBe("charging");
  });

  it("says that a stop was refused while the session goes on", () => {
    const stop = order("stop", "timed-out", {
      created_at: "2026-05-01T10:00:12Z",
      settled_at: "2026-05-01T10:00:18Z",
    });
    expect(honestPhase({ session, commands: [stop], nowMs })).toMatchObject({
      phase: "stop-refused",
      why: "timed-out",
    });
  });
});

describe("the life of a command", () => {
  const times = { created_at: "t0", sent_at: "t1", settled_at: "t2", observed_at: "t3" };

  it("lists the steps that were reached with their times", () => {
    expect(lifeOf({ ...times, state: "observed" })).toEqual([
      { state: "queued", at: "t0", kind: "past" },
      { state: "sent", at: "t1", kind: "past" },
      { state: "accepted", at: "t2", kind: "past" },
      { state: "observed", at: "t3", kind: "good" },
    ]);
  });

  it("marks where it waits or failed", () => {
    const fresh = { created_at: "t0", sent_at: null, settled_at: null, observed_at: null };
    expect(lifeOf({ ...fresh, state: "queued" }).at(-1)).toMatchObject({ state: "queued", kind: "waiting" });
    expect(lifeOf({ ...fresh, sent_at: "t1", settled_at: "t2", state: "rejected" }).at(-1)).toEqual({
      state: "rejected",
      at: "t2",
      kind: "bad",
    });
  });
});
