import { summaryOf } from "@voltkeep/tokens";

interface Seen {
  readonly online: boolean;
  readonly admission: string;
  readonly connectors: readonly { readonly evse: number; readonly status: string }[];
}

/** The one word for a station: its admission first, then its connection, then its busiest or worst connector. */
export function stationStatus(station: Seen): string {
  if (station.admission === "pending") return "pending";
  if (station.admission !== "approved") return "unavailable";
  const connectors = station.connectors.filter((one) => one.evse > 0);
  const whole = station.connectors.find((one) => one.evse === 0 && one.status !== "available");
  return summaryOf(station.online, [
    ...connectors.map((one) => one.status),
    ...(whole ? [whole.status] : []),
  ]);
}
