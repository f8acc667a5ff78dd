import { describe, expect, it } from "vitest";
import {
  cssVariables,
  seriesColour,
  seriesColours,
  statuses,
  statusLook,
  statusOf,
  summaryOf,
  surfaces,
} from "../src";

/** WCAG 2.2 relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe("the table of statuses", () => {
  it("gives each status its own icon and weight", () => {
    const icons = statuses.map((status) => statusLook[status].icon);
    const weights = statuses.map((status) => statusLook[status].weight);
    expect(new Set(icons).size).toBe(statuses.length);
    expect(new Set(weights).size).toBe(statuses.length);
  });

  it("lets only charging pulse", () => {
    expect(statuses.filter((status) => statusLook[status].pulses)).toEqual(["charging"]);
  });

  it.each(["light", "dark"] as const)("can be read on every %s surface", (scheme) => {
    for (const status of statuses) {
      for (const surface of [surfaces.page, surfaces.raised, surfaces.sunken, surfaces.hover]) {
        expect(contrast(statusLook[status].colour[scheme], surface[scheme])).toBeGreaterThanOrEqual(4.5);
      }
    }
    for (const surface of [surfaces.page, surfaces.raised, surfaces.sunken, surfaces.hover]) {
      expect(contrast(surfaces.quiet[scheme], surface[scheme])).toBeGreaterThanOrEqual(4.5);
      expect(contrast(surfaces.accent[scheme], surface[scheme])).toBeGreaterThanOrEqual(4.5);
      expect(contrast(surfaces.fieldLine[scheme], surface[scheme])).toBeGreaterThanOrEqual(3);
    }
  });

  it("knows the API's words and shows unknown ones as unavailable", () => {
    expect(statusOf("suspended-ev")).toBe("suspended");
    expect(statusOf("suspended-evse")).toBe("suspended");
    expect(statusOf("faulted")).toBe("faulted");
    expect(statusOf("something-new")).toBe("unavailable");
    expect(statusOf(null)).toBe("unavailable");
  });

  it("sums up a station: offline first, then what weighs most", () => {
    expect(summaryOf(false, ["charging"])).toBe("offline");
    expect(summaryOf(true, ["available", "charging"])).toBe("charging");
    expect(summaryOf(true, ["charging", "faulted"])).toBe("faulted");
    expect(summaryOf(true, ["available", "unavailable"])).toBe("unavailable");
    expect(summaryOf(true, [])).toBe("unavailable");
  });
});

describe("series colours", () => {
  it("are eight, and lines stand out from both surfaces (3:1)", () => {
    expect(seriesColours).toHaveLength(8);
    for (const colour of seriesColours) {
      expect(contrast(colour.light, surfaces.raised.light)).toBeGreaterThanOrEqual(3);
      expect(contrast(colour.dark, surfaces.raised.dark)).toBeGreaterThanOrEqual(3);
    }
  });

  it("are always the same for the same parameter", () => {
    expect(seriesColour("power-active-import")).toBe(seriesColours[0]);
    expect(seriesColour("vendor-thing")).toBe(seriesColour("vendor-thing"));
  });
});

it("names every surface and status as a CSS variable", () => {
  const light = cssVariables("light");
  expect(light["--vk-status-charging"]).toBe(statusLook.charging.colour.light);
  expect(light["--vk-strong-line"]).toBe(surfaces.strongLine.light);
  expect(Object.keys(cssVariables("dark"))).toEqual(Object.keys(light));
});
