// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { createWords, formatsFor, languageFor, speak } from "../src";

const units = { w: "W", kw: "kW", wh: "Wh", kwh: "kWh", mwh: "MWh" };
const en = formatsFor("en", units, "UTC");
const uk = formatsFor(
  "uk",
  { w: "Вт", kw: "кВт", wh: "Вт·год", kwh: "кВт·год", mwh: "МВт·год" },
  "Europe/Kyiv",
);

describe("numbers", () => {
  it("carry units and sensible precision", () => {
    expect(en.power(7360)).toBe("7.36 kW");
    expect(en.power(22_080)).toBe("22.1 kW");
    expect(en.power(150_200)).toBe("150 kW");
    expect(en.power(850)).toBe("850 W");
    expect(en.energy(12_400)).toBe("12.4 kWh");
    expect(en.energy(640)).toBe("640 Wh");
    expect(en.energy(1_280_000)).toBe("1.28 MWh");
    expect(en.share(0.873)).toBe("87.3%");
  });

  it("follow the language", () => {
    expect(uk.power(7360)).toBe("7,36 кВт");
    expect(uk.count(12_345).replace(/\s/g, " ")).toBe("12 345");
  });
});

describe("times", () => {
  it("are shown in the zone asked for", () => {
    const at = new Date("2026-05-01T21:30:00Z");
    expect(en.exact(at)).toContain("May 1, 2026");
    expect(uk.exact(at)).toContain("2 трав");
  });

  it("are relative in whole steps", () => {
    const now = new Date("2026-05-01T12:00:00Z");
    expect(en.relative(new Date("2026-05-01T11:58:20Z"), now)).toBe("1 min. ago");
    expect(en.relative(new Date("2026-05-01T09:00:00Z"), now)).toBe("3 hr. ago");
    expect(en.relative(now, now)).toBe("now");
  });

  it("span hours and minutes", () => {
    expect(en.span(3_900)).toBe("1 hr 5 min");
    expect(en.span(59)).toBe("59 sec");
    expect(en.span(-5)).toBe("0 sec");
  });
});

describe("languages", () => {
  it("are the first wish that we speak", () => {
    expect(languageFor(["de-DE", "uk-UA"])).toBe("uk");
    expect(languageFor([null, "fr"])).toBe("en");
  });

  it("count as the language does", async () => {
    const words = await createWords("uk");
    const stations = (count: number) => words.t("stations.count", { count, shown: String(count) });
    expect([stations(1), stations(3), stations(5), stations(21)]).toEqual([
      "1 станція",
      "3 станції",
      "5 станцій",
      "21 станція",
    ]);
    expect(document.documentElement.lang).toBe("uk");
    await speak(words, "en");
    expect(words.t("stations.count", { count: 1, shown: "1" })).toBe("1 station");
  });
});
