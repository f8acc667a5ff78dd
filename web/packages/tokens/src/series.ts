import type { SchemeColour } from "./colours";

/** Eight colours that stay apart for red-green and blue-yellow weak eyes (after Okabe and Ito), tuned per scheme. */
export const seriesColours: readonly SchemeColour[] = [
  { light: "#0f766e", dark: "#2dd4bf" },
  { light: "#b45309", dark: "#f5a742" },
  { light: "#1d5fb8", dark: "#6cb2f7" },
  { light: "#9d3f7f", dark: "#e79bcb" },
  { light: "#5f6b00", dark: "#cfd84a" },
  { light: "#c2410c", dark: "#fb8a5c" },
  { light: "#5b46b2", dark: "#ab9ef5" },
  { light: "#475569", dark: "#b8c4d4" },
];

/** The parameters people look at daily have fixed places; others get a stable one from their name. */
const places: Readonly<Record<string, number>> = {
  "power-active-import": 0,
  "energy-active-import-register": 2,
  soc: 6,
  "soc-ev": 6,
  "current-import": 1,
  voltage: 3,
  temperature: 5,
  "power-offered": 7,
  "current-offered": 4,
};

/** The same parameter always has the same colour, on every chart and in every export. */
export function seriesColour(parameter: string): SchemeColour {
  const place = places[parameter] ?? hash(parameter);
  return seriesColours[place % seriesColours.length] ?? { light: "#475569", dark: "#b8c4d4" };
}

function hash(text: string): number {
  let sum = 7;
  for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return sum;
}
