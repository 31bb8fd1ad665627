#!/usr/bin/env bash
# Writes requirements.lock (what runs) and requirements-dev.lock (what checks and tests need besides) from
# pyproject.toml. `scripts/lock.sh --upgrade` takes the newest versions that pyproject.toml admits.
#
# Both hold versions and hashes and no addresses. torch is left out, with the CUDA packages it brings on some
# machines: its build, and so its hash, differs between machines, so it is installed first at its exact version.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

uv=.venv/bin/uv
[ -x "$uv" ] || { echo "lock: $uv is missing; run ./nightbrief check once, which installs it" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

resolve() { # resolve OUTPUT [uv options]: the previous lock's versions are kept unless --upgrade is given
  local output=$1
  shift
  "$uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
    --no-header --no-emit-index-url --no-emit-find-links --output-file "$output" "$@" >/dev/null
}

without() { # without NAMES_REGEX FILE: drop whole entries (a name line and its hash lines)
  awk -v names="^($1)\$" \
    '/^[A-Za-z0-9]/ { name = $1; sub(/(\[|==).*/, "", name); drop = name ~ names || /never/ } !drop' "$2"
}

cat requirements.lock requirements-dev.lock > "$scratch/dev.txt" 2>/dev/null || true
cp requirements.lock "$scratch/run.txt" 2>/dev/null || true
resolve "$scratch/run.txt" "$@"
resolve "$scratch/dev.txt" --extra dev --constraint "$scratch/run.txt" "$@"

per_machine='torch|triton|nvidia-.*|cuda-.*'
run_names=$(sed -nE 's/^([A-Za-z0-9._-]+)(\[[^]]*\])?==.*/\1/p' "$scratch/run.txt" | sort -u | paste -sd '|')
{
  echo "# Made by scripts/lock.sh from pyproject.toml. Install torch first, then this with --no-deps --require-hashes."
  without "$per_machine" "$scratch/run.txt"
} > "$scratch/requirements.lock"
{
  echo "# Made by scripts/lock.sh from pyproject.toml. Installed after requirements.lock, for checks and tests."
  without "$per_machine|$run_names" "$scratch/dev.txt"
} > "$scratch/requirements-dev.lock"
if grep -nE '[a-z]+://|--(index|extra-index|find-links)' "$scratch"/requirements*.lock; then
  echo "lock: an address would be recorded; nothing was written" >&2
  exit 1
fi
mv "$scratch/requirements.lock" "$scratch/requirements-dev.lock" .
