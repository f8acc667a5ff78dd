/** What a start/stop button may say: only what is known. Accepted is not charging; only the transaction is. */

export type CommandState =
  | "queued"
  | "sent"
  | "accepted"
  | "rejected"
  | "failed"
  | "timed-out"
  | "unknown"
  | "expired"
  | "observed";

/** The part of a command that the button needs. */
export interface Ordered {
  readonly id: string;
  readonly action: string;
  readonly evse: number | null;
  readonly state: CommandState;
  readonly created_at: string;
  readonly settled_at: string | null;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly error: string | null;
}

/** The part of a session that the button needs. */
export interface Running {
  readonly id: string;
  readonly started_at: string;
}

export type RefusedState = "rejected" | "failed" | "timed-out" | "unknown" | "expired";

export type Honest =
  | { readonly phase: "idle" }
  | { readonly phase: "start-queued"; readonly command: Ordered }
  | { readonly phase: "start-sent"; readonly command: Ordered }
  | { readonly phase: "start-accepted"; readonly command: Ordered }
  | { readonly phase: "start-refused"; readonly command: Ordered; readonly why: RefusedState }
  | { readonly phase: "charging"; readonly session: Running }
  | { readonly phase: "stop-queued"; readonly session: Running; readonly command: Ordered }
  | { readonly phase: "stop-sent"; readonly session: Running; readonly command: Ordered }
  | { readonly phase: "stop-accepted"; readonly session: Running; readonly command: Ordered }
  | {
      readonly phase: "stop-refused";
      readonly session: Running;
      readonly command: Ordered;
      readonly why: RefusedState;
    };

/** How long an accepted start may wait for its transaction before the button stops promising it. */
const acceptedForMs = 180_000;
/** How long a refusal stays on the button. */
const refusedForMs = 60_000;

interface Facts {
  readonly session: Running | undefined;
  /** Commands of this EVSE, newest first. */
  readonly commands: readonly Ordered[];
  readonly nowMs: number;
}

/** The one phase that these facts allow. */
export function honestPhase({ session, commands, nowMs }: Facts): Honest {
  if (session) return whileCharging(session, commands, nowMs);
  const start = commands.find((command) => command.action === "start");
  const stop = commands.find((command) => command.action === "stop");
  if (!start || (stop && stop.created_at > start.created_at)) return { phase: "idle" };
  const age = nowMs - Date.parse(start.settled_at ?? start.created_at);
  switch (start.state) {
    case "queued":
      return { phase: "start-queued", command: start };
    case "sent":
      return { phase: "start-sent", command: start };
    case "accepted":
      return age < acceptedForMs ? { phase: "start-accepted", command: start } : { phase: "idle" };
    case "observed":
      return { phase: "idle" };
    default:
      return age < refusedForMs
        ? { phase: "start-refused", command: start, why: start.state }
        : { phase: "idle" };
  }
}

function whileCharging(session: Running, commands: readonly Ordered[], nowMs: number): Honest {
  const stop = commands.find(
    (command) => command.action === "stop" && command.created_at >= session.started_at,
  );
  if (!stop) return { phase: "charging", session };
  const age = nowMs - Date.parse(stop.settled_at ?? stop.created_at);
  switch (stop.state) {
    case "queued":
      return { phase: "stop-queued", session, command: stop };
    case "sent":
      return { phase: "stop-sent", session, command: stop };
    case "accepted":
      return age < acceptedForMs
        ? { phase: "stop-accepted", session, command: stop }
        : { phase: "charging", session };
    case "observed":
      return { phase: "charging", session };
    default:
      return age < refusedForMs
        ? { phase: "stop-refused", session, command: stop, why: stop.state }
        : { phase: "charging", session };
  }
}

/** Whether the button waits for something, so that it must not be pressed again. */
export function isWaiting(honest: Honest): boolean {
  return /-(queued|sent|accepted)$/.test(honest.phase);
}
