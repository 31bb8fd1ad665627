#!/usr/bin/env bash
# Checks compose.yaml with `docker compose config`, which needs no Docker engine. Where Compose 2 is not installed,
# Debian's package of it is unpacked (not installed) under var/tools, from the mirror that apt is set up with.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools=$PWD/var/tools
suite=trixie # the first Debian release with Compose 2

unpack_compose() {
  local work=$tools/work mirror
  mirror=$(sed -nE 's/^(URIs:|deb) +([^ ]+).*/\2/p' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)
  [ -n "$mirror" ] && command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
  rm -rf "$work"
  mkdir -p "$work"/{sources,lists/partial,cache/archives/partial}
  printf '%s\n' "Types: deb" "URIs: $mirror" "Suites: $suite" "Components: main" \
    "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg" > "$work/sources/debian.sources"
  local apt=(apt-get -qq -o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$work/sources"
    -o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root)
  "${apt[@]}" update && (cd "$work" && "${apt[@]}" download docker-compose) || return 1
  dpkg-deb -x "$work"/docker-compose_*.deb "$work/package"
  mv "$work/package/usr/libexec/docker/cli-plugins/docker-compose" "$tools/docker-compose"
  rm -rf "$work"
}

compose() {
  if docker compose version >/dev/null 2>&1; then docker compose "$@"; else "$tools/docker-compose" "$@"; fi
}

if ! docker compose version >/dev/null 2>&1 && [ ! -x "$tools/docker-compose" ] && ! unpack_compose; then
  echo "compose: Docker Compose 2 is not installed and could not be fetched; compose.yaml was not checked" >&2
  [ "${CI:-}" = true ] && exit 1
  exit 0
fi

# Every value that compose.yaml requires, read from compose.yaml itself.
mapfile -t required < <(grep -oE '\$\{[A-Z_]+:\?' compose.yaml | tr -d '${:?' | sort -u)
[ "${#required[@]}" -gt 0 ] || { echo "compose: compose.yaml requires no secret" >&2; exit 1; }
for name in "${required[@]}"; do export "$name=0123456789abcdef"; done
compose --file compose.yaml config --quiet
for name in "${required[@]}"; do
  if (unset "$name" && compose --file compose.yaml config --quiet) 2>/dev/null; then
    echo "compose: compose.yaml is accepted without $name" >&2
    exit 1
  fi
done
echo "compose.yaml is valid, and refused without each of: ${required[*]}"
