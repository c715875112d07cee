#!/usr/bin/env bash
# The packages as their users meet them: the crate, the Python wheel and the Debian package are built, installed into a fresh
# place and run. What this machine cannot build is said in a line that begins with "SKIPPED", and the script ends with 3.
# PROFILE=release takes the build that the other tests share; what is shipped is PROFILE=dist.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PROFILE=${PROFILE:-release}
target=$(mkdir -p "${CARGO_TARGET_DIR:-target}" && cd "${CARGO_TARGET_DIR:-target}" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
not_run=0
skipped() { echo "SKIPPED packages: $*"; not_run=3; }
# A line that begins with `!` would not end the script.
none_of() { # PATTERN FILE
  if grep -E "$1" "$2"; then
    echo "this should not be there: $1"
    exit 1
  fi
}
answers() { # PROGRAM: it runs, answers, and says its version
  "$1" --version
  "$1" decide --set headcount=300 --format csv | grep -q department-heads
}

echo "-- the crates hold what the program embeds, and nothing of the tests' data"
# Everything is named that git tracks; a dirty tree would package what nobody else has.
dirty=$(git status --porcelain 2>/dev/null | head -n 1 || true)
[ -z "$dirty" ] || echo "!! the crates are checked with uncommitted changes in them ($dirty)"
cargo package --locked --allow-dirty --no-verify --target-dir "$place/crate" 2>&1 | tee "$place/package.log"
none_of '^warning' "$place/package.log"
mkdir "$place/unpacked"
patches=()
for name in whoowns whoowns-core whoowns-language whoowns-rules whoowns-space; do
  crate=$(ls "$place/crate/package/$name"-[0-9]*.crate)
  tar tzf "$crate" >"$place/names"
  none_of '/tests/(cmd|data|checks|browser)/' "$place/names"
  mkdir "$place/unpacked/$name" && tar xzf "$crate" -C "$place/unpacked/$name" --strip-components 1
  [ "$name" = whoowns ] || patches+=(--config "patch.crates-io.$name.path='$place/unpacked/$name'")
done
# The packages build on their own, beside each other as a registry has them: nothing that they embed was left behind. The
# lock file names what a registry would have, so that it cannot stay as it is.
CARGO_TARGET_DIR=$place/check cargo check "${patches[@]}" --manifest-path "$place/unpacked/whoowns/Cargo.toml"

echo "-- the wheel, installed into a fresh environment"
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null; then
  skipped "the wheel needs Python 3.8 or later"
elif ! python3 -m venv "$place/venv" 2>/dev/null; then
  skipped "the wheel needs Python's venv"
elif ! "$place/venv/bin/pip" install -q --disable-pip-version-check 'maturin>=1.9,<2'; then
  skipped "the wheel needs maturin, which could not be installed"
else
  "$place/venv/bin/maturin" build --locked --profile "$PROFILE" --out "$place/wheels" -q
  python3 -m venv "$place/user"
  "$place/user/bin/pip" install -q --disable-pip-version-check "$place"/wheels/*.whl
  answers "$place/user/bin/whoowns"
fi

echo "-- the Debian package, unpacked and read as dpkg installs it"
if ! command -v dpkg-deb >/dev/null; then
  skipped "the Debian package needs dpkg"
elif ! command -v cargo-deb >/dev/null && ! cargo install -q --locked cargo-deb --root "$target/package-tools"; then
  skipped "the Debian package needs cargo-deb: cargo install --locked cargo-deb"
else
  PATH=$target/package-tools/bin:$PATH bash packaging/debian.sh
  package=$(ls -t "$target"/debian/whoowns_*.deb | head -n 1)
  dpkg-deb --info "$package" | grep -E 'Version|Depends|Installed-Size'
  dpkg-deb --extract "$package" "$place/root"
  answers "$place/root/usr/bin/whoowns"
  for page in whoowns whoowns-decide whoowns-batch; do
    zcat -f "$place/root/usr/share/man/man1/$page.1"* | grep -q '^\.SH'
  done
  if command -v man >/dev/null; then man -l "$place"/root/usr/share/man/man1/whoowns-batch.1* | grep -qi examples; fi
  test -s "$place/root/usr/share/bash-completion/completions/whoowns"
  if [ "$(id -u)" = 0 ] && [ "${WHOOWNS_INSTALL:-}" = yes ]; then
    dpkg --install "$package" && answers /usr/bin/whoowns && dpkg --remove whoowns
  fi
fi
echo "packages: done"
exit "$not_run"
