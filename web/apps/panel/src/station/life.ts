import type { CommandState } from "./honest";

export interface LifeStep {
  readonly state: CommandState;
  readonly at: string | null;
  readonly kind: "past" | "waiting" | "good" | "bad";
}

interface Lived {
  readonly state: CommandState;
  readonly created_at: string;
  readonly sent_at: string | null;
  readonly settled_at: string | null;
  readonly observed_at: string | null;
}

const bad = new Set<CommandState>(["rejected", "failed", "timed-out", "unknown", "expired"]);

/** The steps that a command has gone through, the last one being where it is. */
export function lifeOf(command: Lived): LifeStep[] {
  const steps: LifeStep[] = [{ state: "queued", at: command.created_at, kind: "past" }];
  if (command.sent_at) steps.push({ state: "sent", at: command.sent_at, kind: "past" });
  if (command.state === "observed" && command.settled_at) {
    steps.push({ state: "accepted", at: command.settled_at, kind: "past" });
  }
  if (command.state !== "queued" && command.state !== "sent") {
    steps.push({ state: command.state, at: command.observed_at ?? command.settled_at, kind: "past" });
  }
  return steps.map((step, index) =>
    index === steps.length - 1 ? { ...step, kind: kindOf(step.state) } : step,
  );
}

function kindOf(state: CommandState): LifeStep["kind"] {
  if (bad.has(state)) return "bad";
  return state === "queued" || state === "sent" ? "waiting" : "good";
}
