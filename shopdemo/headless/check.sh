#!/usr/bin/env bash
# The client that is checked in is the one that docs/openapi.json makes, is strict TypeScript, and its bundle is of these sources.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v node >/dev/null || ! command -v npm >/dev/null || [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
  echo "############ check-client SKIPPED: it needs node 20 or newer, with npm ############"
  exit 0
fi

make --no-print-directory -C ../.. shopdemo/headless/node_modules/.stamp
before=$(mktemp -d)
trap 'cp "$before"/schema.d.ts src/; cp "$before"/page.js site/; rm -rf "$before"' EXIT
cp src/schema.d.ts site/page.js "$before"
npm run --silent types
npm run --silent check
npm run --silent build -- --log-level=warning
diff "$before"/schema.d.ts src/schema.d.ts || { echo "src/schema.d.ts is not what docs/openapi.json makes: run make assets"; exit 1; }
cmp "$before"/page.js site/page.js || { echo "site/page.js is not what src makes: run make assets"; exit 1; }
echo "The client is typed by the document, strict, and bundled."
