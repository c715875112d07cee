#!/usr/bin/env bash
# Opens every page in a real browser. Installs what it needs; where it cannot, it says so loudly and skips, unless
# WHOOWNS_BROWSER=required.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
work="$root/target/browser"
program="${WHOOWNS:-$root/target/release/whoowns}"

skip() {
  printf '\n!! BROWSER TESTS SKIPPED: %s\n\n' "$1" >&2
  if [ "${WHOOWNS_BROWSER:-}" = required ]; then exit 1; fi
  exit 3
}

command -v node >/dev/null && command -v npm >/dev/null || skip "no node or npm here"
if ! command -v chromium >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } >/dev/null 2>&1 || true
  fi
  command -v chromium >/dev/null || skip "chromium is not there and could not be installed"
fi
mkdir -p "$work"
cp "$here/package.json" "$work/package.json"
rm -f "$work"/*.mjs
cp "$here"/*.mjs "$work/"
if [ ! -d "$work/node_modules/playwright-core" ] || [ ! -d "$work/node_modules/html-validate" ] || [ ! -d "$work/node_modules/axe-core" ]; then
  (cd "$work" && npm install --no-audit --no-fund --loglevel=error) || skip "the test packages could not be installed"
fi
[ -x "$program" ] || (cd "$root" && cargo build --locked)
WHOOWNS="$program" ROOT="$root" exec node "$work/all.mjs" "$@"
