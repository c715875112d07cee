#!/usr/bin/env bash
# Makes the Debian package, with man pages and completions: packaging/debian.sh [TARGET]
# The program writes its own pages and completions, so it is built first, for this machine or for TARGET.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v cargo-deb >/dev/null || { echo "cargo-deb is missing: cargo install --locked cargo-deb" >&2; exit 2; }
target=${1:-}
folder=${CARGO_TARGET_DIR:-target}${target:+/$target}/${PROFILE:-dist}
cargo build --locked --profile "${PROFILE:-dist}" ${target:+--target "$target"}

# cargo-deb takes what it packs from fixed places.
assets=target/package-assets
rm -rf "$assets" && mkdir -p "$assets/man" "$assets/completions"
cp "$folder/whoowns" "$assets/whoowns"
"$folder/whoowns" man --folder "$assets/man"
for shell in bash fish zsh; do
  "$folder/whoowns" completions "$shell" -o "$assets/completions/whoowns.$shell"
done
cargo deb --no-build --locked ${target:+--target "$target"}
