#!/usr/bin/env bash
# Opens briefs as Word files by python-docx and by LibreOffice. Where one of them is not there and cannot be installed, it
# says so loudly and skips, unless WHOOWNS_DOCUMENTS=required.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
work="$root/target/documents"
program="${WHOOWNS:-$root/target/debug/whoowns}"

skip() {
  printf '\n!! WORD FILES NOT OPENED: %s\n\n' "$1" >&2
  if [ "${WHOOWNS_DOCUMENTS:-}" = required ]; then exit 1; fi
  exit 0
}

[ -x "$program" ] || (cd "$root" && cargo build --locked)
mkdir -p "$work"
cd "$root"
"$program" brief examples/profiles/large-regional.toml --start 2026-03-02 --go-live 2026-06-30 -o "$work/regional.docx"
"$program" brief examples/profiles/open.toml -o "$work/open.docx"
"$program" brief --rules examples/own-rules/purchase-approval.toml --set amount=5000 -o "$work/purchase.docx"

command -v python3 >/dev/null || skip "no python3 here"
if [ ! -x "$work/venv/bin/python" ]; then python3 -m venv "$work/venv" || skip "python3 has no venv"; fi
"$work/venv/bin/python" -c 'import docx' 2>/dev/null || "$work/venv/bin/pip" install --quiet python-docx || skip "python-docx could not be installed"
"$work/venv/bin/python" "$here/check.py" "$work"/regional.docx "$work"/open.docx "$work"/purchase.docx

command -v soffice >/dev/null || skip "LibreOffice is not there"
for name in regional open purchase; do
  rm -f "$work/$name.pdf"
  soffice --headless -env:UserInstallation="file://$work/office" --convert-to pdf --outdir "$work" "$work/$name.docx" >/dev/null 2>&1
  [ "$(head -c 5 "$work/$name.pdf")" = "%PDF-" ] || { echo "LibreOffice could not open $name.docx" >&2; exit 1; }
done
echo "ok: LibreOffice opened 3 Word files"
