import { describe, expect, it } from "vitest";
import enScreens from "../src/locales/en.json";
import enParameters from "../src/locales/en.parameters.json";
import enServer from "../src/locales/en.server.json";
import ukScreens from "../src/locales/uk.json";
import ukParameters from "../src/locales/uk.parameters.json";
import ukServer from "../src/locales/uk.server.json";

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, path = ""): Map<string, string> {
  const out = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === "string") out.set(at, value);
    else for (const [inner, text] of flat(value, at)) out.set(inner, text);
  }
  return out;
}

const en = { ...enScreens, ...enServer, ...enParameters };
const uk = { ...ukScreens, ...ukServer, ...ukParameters };

const plural = /_(one|few|many|other)$/;
const english = flat(en);
const ukrainian = flat(uk);
const roots = (words: Map<string, string>) =>
  new Set([...words.keys()].map((key) => key.replace(plural, "")));
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe("the languages", () => {
  it("have the same keys", () => {
    expect([...roots(ukrainian)].sort()).toEqual([...roots(english)].sort());
  });

  it("have every plural form that the language needs", () => {
    const counted = [...english.keys()]
      .filter((key) => key.endsWith("_one"))
      .map((key) => key.replace(plural, ""));
    expect(counted.length).toBeGreaterThan(5);
    for (const key of counted) {
      for (const form of new Intl.PluralRules("en").resolvedOptions().pluralCategories) {
        expect(english.has(`${key}_${form}`), `${key}_${form} in English`).toBe(true);
      }
      for (const form of new Intl.PluralRules("uk").resolvedOptions().pluralCategories) {
        expect(ukrainian.has(`${key}_${form}`), `${key}_${form} in Ukrainian`).toBe(true);
      }
    }
  });

  it("fill in the same facts", () => {
    for (const [key, text] of english) {
      const other = ukrainian.get(key);
      if (other !== undefined) expect(placeholders(other), key).toEqual(placeholders(text));
    }
  });

  it("leave no text empty, and none in Ukrainian that is plainly English", () => {
    const same = new Set([
      "palette.keys",
      "common.csv",
      "chart.csv",
      "chart.png",
      "tokens.uid",
      "argument.uid",
      "actor.system",
      "check.postgres",
      "check.nats",
      "unit.celsius",
      "unit.percent",
    ]);
    for (const [key, text] of ukrainian) {
      expect(text.trim(), key).not.toBe("");
      if (text === english.get(key)) expect(same, `${key} is not translated`).toContain(key);
    }
  });
});

describe("the parts of a language", () => {
  it("share no word, since they are laid over each other", () => {
    const names = [enScreens, enServer, enParameters].flatMap((part) => Object.keys(part));
    expect(names.length).toBe(new Set(names).size);
  });
});
