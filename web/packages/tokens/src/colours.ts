/** Ten shades from light to dark, as Mantine wants them. */
export type Shades = readonly [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];

/** A colour for each scheme; both keep 4.5:1 against that scheme's surfaces (WCAG 2.2, 1.4.3). */
export interface SchemeColour {
  readonly light: string;
  readonly dark: string;
}

export const teal: Shades = [
  "#f0fdfa",
  "#ccfbf1",
  "#99f6e4",
  "#5eead4",
  "#2dd4bf",
  "#14b8a6",
  "#0d9488",
  "#0f766e",
  "#115e59",
  "#134e4a",
];

export const slate: Shades = [
  "#f8fafc",
  "#f1f5f9",
  "#e2e8f0",
  "#cbd5e1",
  "#94a3b8",
  "#64748b",
  "#475569",
  "#334155",
  "#1e293b",
  "#0f172a",
];

/** Mantine's dark scheme reads text from the first and surfaces from the seventh shade. */
export const night: Shades = [
  "#dbe3ee",
  "#b8c4d4",
  "#9aa8bb",
  "#64748b",
  "#2e3b4e",
  "#233044",
  "#172131",
  "#0f1724",
  "#0b111b",
  "#070b12",
];

export const surfaces = {
  page: { light: "#f8fafc", dark: "#0b111b" },
  raised: { light: "#ffffff", dark: "#0f1724" },
  sunken: { light: "#f1f5f9", dark: "#0b111b" },
  hover: { light: "#f1f5f9", dark: "#172131" },
  line: { light: "#e2e8f0", dark: "#233044" },
  strongLine: { light: "#cbd5e1", dark: "#2e3b4e" },
  /** Borders of what one fills in: 3:1 against every surface (WCAG 2.2, 1.4.11). */
  fieldLine: { light: "#7c8aa0", dark: "#5f6f87" },
  text: { light: "#0f172a", dark: "#dbe3ee" },
  quiet: { light: "#526077", dark: "#9aa8bb" },
  accent: { light: "#0f766e", dark: "#2dd4bf" },
} as const satisfies Record<string, SchemeColour>;
