import { describe, expect, it } from "vitest";
import { withGaps } from "../src/parts/gaps";

const every = (stepS: number, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => [(from + index * stepS) * 1000, 7] as const);

describe("gaps in a chart", () => {
  it("break the line where values stayed away", () => {
    const drawn = withGaps([...every(30, 0, 10), ...every(30, 7200, 10)]);
    expect(drawn).toHaveLength(21);
    expect(drawn[10]).toEqual([270_001, null]);
  });

  it("are not seen in values that come seldom but evenly", () => {
    const points = every(900, 0, 20);
    expect(withGaps(points)).toEqual(points);
  });

  it("are not seen where a single sample is missing", () => {
    const points = [...every(30, 0, 5), ...every(30, 180, 5)];
    expect(withGaps(points)).toEqual(points);
  });

  it("leave nothing and a single point alone", () => {
    expect(withGaps([])).toEqual([]);
    expect(withGaps([[1000, 5]])).toEqual([[1000, 5]]);
  });
});
