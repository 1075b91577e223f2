#!/bin/sh
# run.sh start|locked|test|bench|soak|house|pictures|texts|licences|telegram|check:node|install [arguments]: installs what is missing, then hands over to the Node.js that the lock file pins.
# run.sh setup: installs what the bot needs, for whoever owns this folder; run.sh serve [command]: as `start`, and installs nothing,
# for a user who may only read it.
# Its own words go to standard error; it asks nothing, and `exec` lets signals and exit codes pass.
set -eu
cd "$(dirname "$0")/.."
task=${1:-start}
[ $# -eq 0 ] || shift

say() { printf '%s\n' "$*" >&2; }
stop() { say "$@"; exit 1; }

setup_first='sh scripts/run.sh setup, as the owner of this folder (docs/operations.md, Under systemd)'

# Whether the packages of this lock file are there: `run`, what the bot itself needs, or `all`, with those of checks and tests.
are_installed() {
  case $(cat "$stamp" 2>/dev/null) in
    "$lock") ;;
    "$lock run") [ "$1" = run ] || return 1 ;;
    # Somebody ran `npm ci` by hand: npm writes this file last.
    '')
      [ "$npm_last" -nt package-lock.json ] && [ -x node_modules/.bin/vitest ] || return 1
      printf '%s\n' "$lock" >"$stamp"
      ;;
    *) return 1 ;;
  esac
  [ -e "$npm_last" ]
}

# Whether process $1 is another run of this script. After a restart of the machine its number may be anybody's: also our own, or
# that of the shell that waits for us.
is_at_work() {
  [ "$1" != $$ ] && [ "$1" != $PPID ] || return 1
  { tr '\0' ' ' <"/proc/$1/cmdline" || ps -p "$1" -o args=; } 2>/dev/null | grep -q 'run\.sh'
}

# Waits for whoever installs in this folder now. A link is made with its process number in one step; where that process is gone
# or another it is taken away, and a second later, when all who wait have seen so, whoever is first makes the next.
take_turn() {
  said=
  until ln -s $$ "$turn" 2>/dev/null; do
    holder=$(readlink "$turn") || holder=
    if [ -z "$holder" ]; then
      [ -w . ] || stop "The packages of this version are not installed, and this user may not write here. First: $setup_first"
    elif ! is_at_work "$holder"; then
      rm -f "$turn"
    elif [ -z "$said" ]; then
      said=yes
      say "Process $holder installs the packages here: waiting for it."
    fi
    sleep 1
  done
}

# Packages are installed again whenever the lock file is another one than at the last installation, beside those that are
# there, and swapped in: where that fails, what was there still runs.
install_packages() {
  stamp=node_modules/.installed-lock
  npm_last=node_modules/.package-lock.json
  turn=.packages-turn
  lock=$(cksum <package-lock.json)
  ! are_installed "$1" || return 0
  take_turn
  are_installed "$1" || install_beside "$1"
  rm -f "$turn"
}

install_beside() {
  beside=.packages
  rm -rf "$beside" 2>/dev/null || true
  mkdir "$beside" 2>/dev/null || give_up "The packages of this version are not installed, and this user may not write here. First: $setup_first"
  say 'Installing the packages of package-lock.json (once, about half a minute).'
  cp package.json package-lock.json .npmrc "$beside"
  without=
  [ "$1" = all ] || without=--omit=dev
  if ! (cd "$beside" && npm ci --no-progress $without >&2); then
    rm -rf "$beside"
    give_up 'The packages could not be installed: npm needs its registry. Those of the version before are untouched: it starts as before.'
  fi
  [ -z "$without" ] || lock="$lock run"
  printf '%s\n' "$lock" >"$beside/$stamp"
  [ ! -e node_modules ] || mv node_modules "$beside/before"
  mv "$beside/node_modules" node_modules
  rm -rf "$beside"
  installed=yes
}

give_up() {
  rm -f "$turn"
  stop "$@"
}

has_redis() { command -v redis-server >/dev/null 2>&1 || command -v valkey-server >/dev/null 2>&1; }

install_redis() {
  has_redis && return
  root=
  [ "$(id -u)" -eq 0 ] || root='sudo -n'
  if command -v apt-get >/dev/null 2>&1 && $root true 2>/dev/null; then
    say 'Installing redis-server with apt-get: the bot keeps its data in it and starts its own.'
    # Offline for systemd: the system's own Redis service is not wanted.
    quiet='env DEBIAN_FRONTEND=noninteractive SYSTEMD_OFFLINE=1 apt-get -qq -o Dpkg::Use-Pty=0'
    # One broken package source must not stop the others.
    $root $quiet update >/dev/null 2>&1 || true
    said=$($root $quiet install --yes --no-install-recommends redis-server 2>&1) || say "apt-get: $said"
    has_redis && return
  fi
  stop 'redis-server is missing and could not be installed here; the bot keeps its data in it.' \
    'Install it: sudo apt-get install redis-server (or: dnf install valkey, apk add valkey, brew install redis). Or set REDIS_URL.'
}

# The pinned Node.js first on the PATH; where it has none for this system, the system's own will do from 24 on.
choose_node() {
  PATH=$PWD/node_modules/.bin:$PATH
  export PATH
  major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null) || major=0
  if [ "$major" -eq 0 ] && [ -e node_modules/.bin/node ]; then
    rm -f node_modules/.bin/node
    major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null) || major=0
  fi
  [ "$major" -ge 24 ] || stop 'Node.js 24 or newer is missing: the pinned one does not run on this system. Install it from https://nodejs.org'
}

# Sets `redis` (own, elsewhere or sealed), `data`, and `files`, a line each, to what the bot will read from the environment and .env.
read_facts() {
  facts=$(node ${small-} src/cli/start-facts.ts) || stop 'The settings could not be read.'
  { read -r redis; IFS= read -r data; } <<END
$facts
END
  files=$(printf '%s\n' "$facts" | sed 1,2d)
}

# Redis is installed where the bot will start its own and there is none.
provide_redis() {
  has_redis && return
  read_facts
  [ "$redis" != own ] || install_redis
}

# Otherwise the first start would hold the compiler of the sources in memory for as long as the bot runs.
compile_sources() {
  [ -z "$NODE_COMPILE_CACHE" ] ||
    node $small --input-type=module - help >/dev/null 2>&1 <<'END' || true
await import('./src/app/app.ts');
await import('./sandbox/sandbox.ts');
await import('./src/main.ts');
END
}

# The bot under Node's permission model: it reads its own files, writes to DATA_DIR and starts no program.
start_locked() {
  read_facts
  [ "$redis" != own ] ||
    stop 'start:locked needs REDIS_URL: under the permission model no program can be started, so not our own Redis either.'
  mkdir -p -m 700 "$data"
  set -- src/main.ts "$@"
  while IFS= read -r file; do
    [ -z "$file" ] || set -- --allow-fs-read="$file" "$@"
  done <<END
$files
END
  exec node $bot --disable-sigusr1 --permission --allow-worker --disable-warning=PERM0006 --allow-fs-read="$PWD" --allow-fs-read="$data" --allow-fs-write="$data" "$@"
}

case $task in
  start | locked | setup) install_packages run ;;
  serve) [ -d node_modules ] || stop "The packages are not installed. First: $setup_first" ;;
  *) install_packages all ;;
esac
choose_node
# Compiled code is kept between starts, which saves a third of the start and the compiler's memory. Room for young objects
# costs memory, too little of it the processor (docs/decisions/pinned-runtime.md).
NODE_COMPILE_CACHE=${NODE_COMPILE_CACHE-$PWD/node_modules/.cache/node}
export NODE_COMPILE_CACHE
small=--max-semi-space-size=16
# The bot needs a tenth of this. But V8 leaves the more garbage lie the more it may have, and without a limit that is gigabytes.
bot='--max-semi-space-size=16 --max-old-space-size=512'
# One arena of the C library instead of one a thread, and what the compiler has done with goes back to the system: some
# megabytes less that nobody uses.
MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX-1}
MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_-32768}
export MALLOC_ARENA_MAX MALLOC_MMAP_THRESHOLD_
[ -z "${installed-}" ] || compile_sources
# Where it is kept apart, as by the unit, whoever installed could not fill it: it is of the user and of the Node.js that fill it.
[ "$task" != serve ] || [ -n "$(ls -A "$NODE_COMPILE_CACHE" 2>/dev/null)" ] || compile_sources
# Memory holds keys: no core dumps, and no debugger on a signal.
ulimit -c 0 2>/dev/null || true
# With these, libraries print what goes to Telegram and Redis.
unset DEBUG NODE_DEBUG NODE_DEBUG_NATIVE

case $task in
  setup) provide_redis ;;
  serve) exec node $bot --disable-sigusr1 src/main.ts "$@" ;;
  start)
    case ${1:-serve} in
      serve | sandbox) provide_redis ;;
    esac
    exec node $bot --disable-sigusr1 src/main.ts "$@"
    ;;
  locked) start_locked "$@" ;;
  test)
    install_redis
    exec sh scripts/test.sh "$@"
    ;;
  bench)
    install_redis
    exec node $small bench/main.ts "$@"
    ;;
  soak)
    install_redis
    exec node scripts/soak.ts "$@"
    ;;
  house) exec node scripts/house.ts ;;
  pictures) exec node scripts/screenshots.ts "$@" ;;
  texts) exec node scripts/locale-types.ts ;;
  licences) exec node scripts/licences.ts ;;
  install) ;;
  check:node) exec node scripts/check-node.ts "$@" ;;
  telegram) exec node sandbox/telegram/server.ts "$@" ;;
  *) stop "run.sh: no such task: $task" ;;
esac
