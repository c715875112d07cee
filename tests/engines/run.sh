#!/usr/bin/env bash
# The SQL of rulesets against `batch`, row by row, in real databases: DuckDB and SQLite, installed into a virtual
# environment of this test. Says loudly when it cannot, and then fails unless ENGINES_OPTIONAL is set.
set -euo pipefail
cd "$(dirname "$0")/../.."
whoowns=${1:-target/release/whoowns}
venv=${ENGINES_VENV:-target/engines}

skip() {
  printf '\n!! SKIPPED: the SQL was not run in any database: %s\n\n' "$1" >&2
  [ -n "${ENGINES_OPTIONAL:-}" ] && exit 0
  exit 1
}

[ -x "$whoowns" ] || skip "there is no $whoowns (cargo build --release)"
if ! [ -x "$venv/bin/python" ]; then
  python3 -m venv "$venv" || skip "python3 cannot make a virtual environment"
fi
"$venv/bin/python" -c 'import duckdb' 2>/dev/null || "$venv/bin/pip" install --quiet duckdb || skip "duckdb cannot be installed"
"$venv/bin/python" tests/engines/equal.py "$whoowns" duckdb sqlite
