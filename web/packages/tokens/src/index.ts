export { night, type SchemeColour, type Shades, slate, surfaces, teal } from "./colours";
export { seriesColour, seriesColours } from "./series";
export {
  type Status,
  type StatusIcon,
  type StatusLook,
  statuses,
  statusLook,
  statusOf,
  summaryOf,
} from "./status";
export { cssVariables } from "./variables";

/** The 4 px grid, the one radius, and the two densities of a table row. */
export const grid = 4;
export const radius = 8;
export const rowHeight = { dense: 32, comfortable: 44 } as const;
export type Density = keyof typeof rowHeight;
