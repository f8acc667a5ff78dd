import type { SchemeColour } from "./colours";

/** What a station, connector or session can be said to be. Words live in the locale files under `status`. */
export const statuses = [
  "available",
  "preparing",
  "charging",
  "suspended",
  "finishing",
  "reserved",
  "unavailable",
  "faulted",
  "offline",
  "pending",
] as const;

export type Status = (typeof statuses)[number];

export type StatusIcon =
  | "circle"
  | "plug"
  | "bolt"
  | "pause"
  | "flag"
  | "clock"
  | "minus"
  | "triangle"
  | "broken-link"
  | "hourglass";

export interface StatusLook {
  readonly icon: StatusIcon;
  readonly colour: SchemeColour;
  /** Only charging moves, slowly, and not when the person asks for reduced motion. */
  readonly pulses: boolean;
  /** How much it wants attention: summaries of several connectors show the highest. */
  readonly weight: number;
}

export const statusLook: Readonly<Record<Status, StatusLook>> = {
  available: look("circle", "#15803d", "#4ade80", 10),
  preparing: look("plug", "#1d4ed8", "#7ab0fb", 40),
  charging: { ...look("bolt", "#0f766e", "#2dd4bf", 60), pulses: true },
  suspended: look("pause", "#a34708", "#fbbf24", 50),
  finishing: look("flag", "#1d4ed8", "#7ab0fb", 30),
  reserved: look("clock", "#6d28d9", "#b69cfb", 20),
  unavailable: look("minus", "#475569", "#a4b1c3", 15),
  faulted: look("triangle", "#b91c1c", "#f98585", 90),
  offline: look("broken-link", "#526077", "#9aa8bb", 80),
  pending: look("hourglass", "#92400e", "#fcd34d", 70),
};

function look(icon: StatusIcon, light: string, dark: string, weight: number): StatusLook {
  return { icon, colour: { light, dark }, pulses: false, weight };
}

/** Words of the API that mean one of ours; the detail (who suspended) stays in the words beside it. */
const told: Readonly<Record<string, Status>> = {
  "suspended-ev": "suspended",
  "suspended-evse": "suspended",
  occupied: "preparing",
};

/** The status that an API word shows as; a word we don't know is shown as unavailable rather than hidden. */
export function statusOf(word: string | null | undefined): Status {
  if (!word) return "unavailable";
  const known = statuses.find((status) => status === word);
  return known ?? told[word] ?? "unavailable";
}

/** One status for several connectors of a station: offline wins, then what weighs most. */
export function summaryOf(online: boolean, words: readonly string[]): Status {
  if (!online) return "offline";
  return words
    .map(statusOf)
    .reduce<Status>(
      (most, next) => (statusLook[next].weight > statusLook[most].weight ? next : most),
      words.length > 0 ? "available" : "unavailable",
    );
}
