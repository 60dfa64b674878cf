#!/usr/bin/env bash
# Installs what the tests need (Debian, as root or with sudo) and runs all of them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8
command -v cargo >/dev/null || PATH="$PATH:$HOME/.cargo/bin"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# stage HEADING COMMAND...: quiet while it goes well, everything it said when not.
stage() {
  local heading=$1 started=$SECONDS code
  shift
  printf '== %s\n' "$heading"
  set +e
  (
    set -euo pipefail
    "$@"
  ) >"$work/log" 2>&1
  code=$?
  set -e
  if [ "$code" -ne 0 ]; then
    cat "$work/log"
    printf '== %s: failed with %s after %s s\n' "$heading" "$code" $((SECONDS - started))
    exit "$code"
  fi
  if [ "$heading" = "browser checks" ]; then cat "$work/log"; fi
  printf '   %s s\n' $((SECONDS - started))
}

has() { command -v "$1" >/dev/null; }

packages() {
  local wanted=() sudo=()
  has "${CHROMIUM:-/usr/bin/chromium}" || wanted+=(chromium)
  has "${FIREFOX:-/usr/bin/firefox-esr}" || wanted+=(firefox-esr)
  { has pdfinfo && has pdftotext; } || wanted+=(poppler-utils)
  has qpdf || wanted+=(qpdf)
  python3 -c 'import ensurepip' 2>/dev/null || wanted+=(python3-venv)
  [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || wanted+=(fonts-dejavu-core)
  has java || wanted+=(default-jre-headless)
  has node || wanted+=(nodejs)
  has npm || wanted+=(npm)
  if [ ${#wanted[@]} -gt 0 ]; then
    if [ "$(id -u)" -ne 0 ]; then sudo=(sudo); fi
    "${sudo[@]}" apt-get update
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${wanted[@]}"
  fi
  has cargo || { echo "cargo is missing: install Rust first"; return 1; }
  [ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] || { echo "node 20 or newer is needed, not $(node --version)"; return 1; }
}

modules() {
  cd tests/browser
  if [ node_modules/.package-lock.json -nt package-lock.json ]; then return; fi
  npm ci
}

# What reads PDFs besides poppler and qpdf.
readers() {
  local venv=tests/browser/.venv
  [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check pikepdf==10.17.0 lxml==6.1.3 packaging==26.3 pillow==13.0.0
}

# build ROOT NAME HIGHEST: the exit code may be HIGHEST at most.
build() {
  local code=0
  target/release/partwell build --root "$1" --out "$work/sites/$2" || code=$?
  if [ "$code" -gt "$3" ]; then return "$code"; fi
}

# The handbook may hold errors to show; what is copied to start from may not.
sites() {
  local yaml folder
  build . handbook 1
  for yaml in examples/*/handbook.yaml; do
    folder=$(dirname "$yaml")
    build "$folder" "$(basename "$folder")" 0
  done
}

stage "packages" packages
stage "node modules" modules
stage "PDF readers" readers
stage "format" cargo fmt --check
stage "clippy" cargo clippy --all-targets --locked -- -D warnings
stage "clippy without features" cargo clippy --all-targets --no-default-features --locked -- -D warnings
stage "documentation" env RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --locked
stage "tests" cargo test --locked
stage "release build" cargo build --release --locked
stage "schema in an editor's validator" node tests/browser/schema.mjs target/release/partwell
stage "findings for code scanning" node tests/browser/sarif.mjs target/release/partwell
stage "calendars in two readers" node tests/browser/calendars.mjs target/release/partwell
stage "PDFs read back" env PYTHON="$PWD/tests/browser/.venv/bin/python" node tests/browser/pdfs.mjs target/release/partwell
stage "names in the search" node tests/browser/names.mjs target/release/partwell
stage "the preview" node tests/browser/serve.mjs target/release/partwell
stage "a terminal" python3 tests/terminal.py target/release/partwell
stage "sites" sites
stage "in another browser" node tests/browser/firefox.mjs target/release/partwell "$work/sites/handbook"
stage "browser checks" node tests/browser/check.mjs "$work"/sites/*
