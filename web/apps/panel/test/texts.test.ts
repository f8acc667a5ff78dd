import ts from "typescript";
import { expect, it } from "vitest";

const sources = import.meta.glob<string>("../src/**/*.tsx", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Attributes whose value people read or hear. */
const spoken = new Set(["aria-label", "title", "placeholder", "label", "description", "alt"]);

/** Texts with letters that stand in JSX instead of in the locale files. */
function hardCoded(name: string, source: string): string[] {
  const found: string[] = [];
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(`${name}: ${node.text.trim()}`);
    if (ts.isJsxAttribute(node) && spoken.has(node.name.getText(file))) {
      const value = node.initializer;
      if (value && ts.isStringLiteral(value) && /\p{L}/u.test(value.text))
        found.push(`${name}: ${value.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

it("finds hard-coded texts where there are any", () => {
  expect(hardCoded("x.tsx", 'const x = <p title="Hello">World {t("a")} 12 · —</p>;')).toHaveLength(2);
});

it("finds none in the panel", () => {
  expect(Object.keys(sources).length).toBeGreaterThan(30);
  expect(Object.entries(sources).flatMap(([name, source]) => hardCoded(name, source))).toEqual([]);
});
