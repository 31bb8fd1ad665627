#!/usr/bin/env bash
# The servers that tests use besides SQLite and the embedded Redis: PostgreSQL, Redis and Chromium.
#
#   eval "$(scripts/services.sh start)"   install what is missing, start both servers, export their addresses
#   scripts/services.sh stop              stop them and remove their files
#
# Both listen on free ports of 127.0.0.1, behind a random password, and keep nothing. NIGHTBRIEF_SERVICES names
# another state folder, for a second copy beside the first. Messages go to standard error.
set -euo pipefail
umask 077
# runuser lies where the path of some users does not lead
PATH=$PATH:/usr/sbin:/sbin

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
state=${NIGHTBRIEF_SERVICES:-$repository/var/services}

say() { printf 'services: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

postgres_bin() {
  local found
  found=$(find /usr/lib/postgresql /usr/pgsql-* /opt/homebrew/opt/postgresql* -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
  [ -n "$found" ] || found=$(command -v initdb || true)
  [ -n "$found" ] && dirname "$found"
}

missing_packages() {
  [ -n "$(postgres_bin)" ] || echo postgresql
  command -v redis-server >/dev/null || echo redis-server
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || echo chromium
}

install_packages() {
  local wanted
  wanted=$(missing_packages | tr '\n' ' ')
  [ -n "$wanted" ] || return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    say "not installed: ${wanted% }. Install these packages (on Debian: sudo apt-get install $wanted) for the tests that need them."
    return 0
  fi
  say "installing ${wanted% }"
  # While this file says no, the packages do not start servers of their own.
  local policy=/usr/sbin/policy-rc.d made=no
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod 755 "$policy" && made=yes
  fi
  local failed=no
  # shellcheck disable=SC2086  # a list of package names
  (umask 022
   apt-get -o DPkg::Lock::Timeout=300 -qq update &&
   DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq install -y --no-install-recommends \
     $wanted fonts-dejavu-core) >"$state/apt.log" 2>&1 || failed=yes
  [ "$made" = no ] || rm -f "$policy"
  if [ "$failed" = yes ]; then
    tail -n 20 "$state/apt.log" >&2
    die "apt-get failed; its whole output is in $state/apt.log"
  fi
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
password() { python3 -c 'import secrets; print(secrets.token_hex(16))'; }

as_server() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

start_postgres() { # start_postgres FOLDER
  local folder=$1/postgres bin port secret
  bin=$(postgres_bin)
  [ -n "$bin" ] || return 0
  port=$(free_port)
  secret=$(password)
  mkdir "$folder"
  printf '%s\n' "$secret" > "$folder/password"
  [ "$(id -u)" -ne 0 ] || chown -R postgres: "$folder"
  as_server "$bin/initdb" --pgdata "$folder/cluster" --username nightbrief --pwfile "$folder/password" \
    --auth scram-sha-256 --encoding UTF8 --locale C.UTF-8 --no-sync >"$folder.log" 2>&1 \
    || { tail -n 20 "$folder.log" >&2; die "initdb failed"; }
  as_server "$bin/pg_ctl" --pgdata "$folder/cluster" --wait --silent --log "$folder/server.log" \
    --options "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off" \
    start >>"$folder.log" 2>&1 || { tail -n 20 "$folder/server.log" "$folder.log" >&2; die "PostgreSQL did not start"; }
  echo "export NIGHTBRIEF_TEST_DATABASE_URL=postgresql://nightbrief:$secret@127.0.0.1:$port/postgres"
}

start_redis() { # start_redis FOLDER
  local folder=$1/redis port secret
  command -v redis-server >/dev/null || return 0
  port=$(free_port)
  secret=$(password)
  mkdir "$folder"
  printf '%s\n' "bind 127.0.0.1" "port $port" "requirepass $secret" 'save ""' "appendonly no" "daemonize yes" \
    "dir \"$folder\"" "pidfile \"$folder/redis.pid\"" "logfile \"$folder/redis.log\"" > "$folder/redis.conf"
  redis-server "$folder/redis.conf" >"$folder/start.log" 2>&1 || { cat "$folder/start.log" >&2; die "Redis did not start"; }
  for _ in $(seq 100); do
    [ "$(REDISCLI_AUTH=$secret redis-cli -p "$port" ping 2>/dev/null)" = PONG ] && break
    sleep 0.1
  done
  echo "export NIGHTBRIEF_TEST_REDIS_URL=redis://:$secret@127.0.0.1:$port/0"
}

alive() { # both servers of a former start still answer
  [ -f "$state/env" ] && [ -f "$state/folder" ] || return 1
  local folder pid
  folder=$(cat "$state/folder")
  for pid in "$folder/postgres/cluster/postmaster.pid" "$folder/redis/redis.pid"; do
    [ -d "$(dirname "$pid")" ] || continue
    [ -f "$pid" ] && kill -0 "$(head -n 1 "$pid")" 2>/dev/null || return 1
  done
}

start() {
  mkdir -p "$state"
  exec 9>"$state/lock"
  flock 9
  install_packages 9>&-
  if ! alive; then
    stop_servers
    local folder
    folder=$(mktemp -d "${TMPDIR:-/tmp}/nightbrief-services-XXXXXX")
    chmod 711 "$folder" # the server's own user passes through
    echo "$folder" > "$state/folder"
    { start_postgres "$folder"; start_redis "$folder"; } > "$state/env.new" 9>&-
    mv "$state/env.new" "$state/env"
  fi
  cat "$state/env"
}

stop_servers() {
  [ -f "$state/folder" ] || return 0
  local folder
  folder=$(cat "$state/folder")
  if [ -f "$folder/postgres/cluster/postmaster.pid" ]; then
    as_server "$(postgres_bin)/pg_ctl" --pgdata "$folder/postgres/cluster" --mode immediate --wait --silent stop >&2 || true
  fi
  if [ -f "$folder/redis/redis.pid" ]; then kill "$(cat "$folder/redis/redis.pid")" 2>/dev/null || true; fi
  case "$folder" in */nightbrief-services-??????) rm -rf "$folder" ;; esac
  rm -f "$state/folder" "$state/env"
}

case "${1:-}" in
  start) start ;;
  stop) stop_servers ;;
  running) alive ;;
  *) echo "usage: scripts/services.sh start|stop|running" >&2; exit 2 ;;
esac
