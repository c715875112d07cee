#!/usr/bin/env bash
# Workbooks of openpyxl, XlsxWriter and LibreOffice: kept whole with the answers beside the list, opened by LibreOffice
# without a change of any value, and lists exported as xlsx, ods and xls answered as they are in csv. Ends with 3, loudly,
# where one of those programs is not there and cannot be installed.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${WHOOWNS:-target/release/whoowns}
work=$PWD/target/workbooks

skip() {
  printf '\n!! WORKBOOKS NOT OPENED BY OTHERS: %s\n\n' "$1" >&2
  exit 3
}

[ -x "$program" ] || skip "there is no $program (cargo build --release)"
command -v soffice >/dev/null || skip "LibreOffice is not there"
command -v python3 >/dev/null || skip "no python3 here"
mkdir -p "$work"
if [ ! -x "$work/venv/bin/python" ]; then python3 -m venv "$work/venv" || skip "python3 has no venv"; fi
"$work/venv/bin/python" -c 'import openpyxl, xlsxwriter, PIL' 2>/dev/null ||
  "$work/venv/bin/pip" install --quiet openpyxl xlsxwriter pillow || skip "openpyxl could not be installed"
"$work/venv/bin/python" tests/workbooks/check.py "$program" "$work"
