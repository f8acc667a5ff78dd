// Types of the API from its OpenAPI document. `--check` fails when the checked-in types differ (drift).
// The document: the file given as the last argument, else what `.venv/bin/voltkeep openapi` prints.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const target = join(here, "src", "schema.ts");
const file = process.argv.slice(2).find((argument) => !argument.startsWith("--"));

const document = file
  ? readFileSync(file, "utf8")
  : execFileSync(join(root, ".venv", "bin", "voltkeep"), ["openapi"], { encoding: "utf8", maxBuffer: 64e6 });
const types = `// Made by \`npm run api\` from the OpenAPI document; don't edit.\n${astToString(await openapiTS(document, { defaultNonNullable: false }))}`;

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== types) {
    console.error("The API has changed: run `npm run api` in web/ and look at what the panel makes of it.");
    process.exit(1);
  }
  console.log("The client's types match the API.");
} else {
  writeFileSync(target, types);
  console.log(`Wrote ${target}`);
}
