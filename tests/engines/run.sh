#!/usr/bin/env bash
# What rulesets are exported to, in engines that are not ours, held to `batch`: the SQL in DuckDB, SQLite, PostgreSQL and
# Spark, and as far as can be without an account in BigQuery and Snowflake; fuzzed texts in all of them; DMN in a browser and in
# two engines; the commands of examples/warehouse/README.md. Installs what it needs under target/engines. Says loudly what it
# cannot run, and ends with 3 then; a part that does not end is stopped, and fails.
# ENGINES=all runs the second DMN engine as well, which takes minutes to build, and every ruleset in every engine.
set -euo pipefail
cd "$(dirname "$0")/../.."
whoowns=${1:-target/release/whoowns}
all=${ENGINES:-}
work=target/engines
mkdir -p "$work"
missing=0

lacks() {
  printf '\n!! NOT RUN: %s\n\n' "$1" >&2
  missing=1
}
# A part, with the time it may take; it ends with 3 where this machine lacks something for it.
part() {
  local limit=$1 status=0
  shift
  timeout --kill-after=20s "$limit" "$@" || status=$?
  case $status in
    0) ;;
    3) missing=1 ;;
    124 | 137) printf '\n!! NOT ENDED within %s: %s\n\n' "$limit" "$*" >&2 && exit 1 ;;
    *) exit "$status" ;;
  esac
}
install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >/dev/null 2>&1
}

[ -x "$whoowns" ] || cargo build --locked --release
if ! [ -x "$work/venv/bin/python" ] && ! python3 -m venv "$work/venv"; then
  lacks "python3 cannot make a virtual environment, without which no engine is run"
  exit 3
fi
python="$work/venv/bin/python"
for package in duckdb pyarrow pandas pyspark sqlglot sqlfluff zetasql lxml; do
  "$python" -c "import $package" 2>/dev/null || "$work/venv/bin/pip" install --quiet "$package" || true
done
command -v java >/dev/null || install default-jre-headless || true
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || install postgresql || true
command -v sqlite3 >/dev/null || install sqlite3 || true

part 30m "$python" tests/engines/equal.py "$whoowns" duckdb sqlite postgresql parquet spark bigquery snowflake
part 30m "$python" tests/engines/literals.py "$whoowns"
part 30m "$python" tests/engines/examples.py "$whoowns"

command -v chromium >/dev/null || install chromium || true
cp tests/engines/package.json tests/engines/dmn.mjs "$work/"
if ! command -v npm >/dev/null || ! command -v chromium >/dev/null; then
  lacks "DMN needs node, npm and chromium"
elif ! [ -d "$work/node_modules/playwright-core" ] && ! (cd "$work" && npm install --no-audit --no-fund --loglevel=error); then
  lacks "DMN: the packages of tests/engines/package.json cannot be installed"
else
  dsntk="$work/dsntk/bin/dsntk"
  if [ "$all" = all ] && ! [ -x "$dsntk" ] && ! cargo install --quiet --locked dsntk --version 0.3.0 --root "$work/dsntk"; then
    lacks "DMN in dsntk, which cannot be installed"
  fi
  [ -x "$dsntk" ] || dsntk=
  part 30m "$python" tests/engines/dmn.py "$whoowns" "$work" $dsntk
fi
[ "$missing" = 0 ] || exit 3
