// Writes src/schema.d.ts: types of the front API, of what docs/openapi.json says of it. Staff's part is left out, for a
// storefront has no use for it.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const TAG = "front";
const METHODS = ["get", "put", "post", "delete", "patch"];
const SOURCE = new URL("../../docs/openapi.json", import.meta.url);
const TARGET = new URL("src/schema.d.ts", import.meta.url);
const HEAD = "// Made by `npm run types` of docs/openapi.json: do not edit.\n\n";

const whole = JSON.parse(await readFile(SOURCE, "utf8"));

const paths = Object.fromEntries(
  Object.entries(whole.paths).flatMap(([path, item]) => {
    const kept = Object.entries(item).filter(([name, said]) => !METHODS.includes(name) || said.tags?.includes(TAG));
    return kept.some(([name]) => METHODS.includes(name)) ? [[path, Object.fromEntries(kept)]] : [];
  }),
);

/** What these paths refer to, and what that does, by kind and name. */
function referred(said, found = {}) {
  for (const [, kind, name] of JSON.stringify(said).matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)) {
    found[kind] ??= {};
    if (!(name in found[kind])) {
      found[kind][name] = whole.components[kind][name];
      referred(found[kind][name], found);
    }
  }
  return found;
}

const components = Object.fromEntries(
  Object.entries(referred(paths)).map(([kind, named]) => [kind, Object.fromEntries(Object.entries(named).sort())]),
);
const { openapi, info } = whole;
await writeFile(TARGET, HEAD + astToString(await openapiTS({ openapi, info, paths, components })));
