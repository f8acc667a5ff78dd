/** Time in ms and value; null breaks the line. */
export type Point = readonly [number, number | null];

/** However seldom values come, a pause shorter than this is no gap. */
const shortestGapMs = 90_000;

/** The same points with a break wherever values stayed away for much longer than they usually do, so that no line is
 * drawn over hours without data. Times in ms, ascending. */
export function withGaps(points: readonly Point[]): Point[] {
  const pauses = points.slice(1).map(([at], index) => at - (points[index]?.[0] ?? at));
  const usual = [...pauses].sort((one, other) => one - other)[Math.floor(pauses.length / 2)] ?? 0;
  const longest = Math.max(shortestGapMs, usual * 3.5);
  return points.flatMap((point, index): Point[] => {
    const before = points[index - 1];
    return before && point[0] - before[0] > longest ? [[before[0] + 1, null], point] : [point];
  });
}
