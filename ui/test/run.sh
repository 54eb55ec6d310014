#!/bin/sh
# The pages in a real Chromium: sets up what it needs, serves the story of the pages' tests, runs them,
# stops it. With "screenshots" it writes the pictures of docs, of the demo, instead.
# Without Node 20 or Chromium it says so and leaves the pages untried.
set -eu
cd "$(dirname "$0")"
root=../..

skip() {
  echo "SKIPPED: the pages were not tried in a browser: $1"
  exit 0
}

command -v node >/dev/null || skip "there is no Node; install Node 20"
if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || skip "there is no Chromium; install the package chromium"
  echo "installing Chromium"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
fi
CHROMIUM=$(command -v chromium || command -v google-chrome)
export CHROMIUM
# Most files draw in the headless shell: the same engine without the windows around it, which costs less. Where it
# cannot be had, and in the files that ask for the whole browser, Chromium does it; with CHROMIUM_SHELL=chromium too.
shell=${CHROMIUM_SHELL:-chromium-headless-shell}
if [ "$(id -u)" = 0 ] && ! command -v "$shell" >/dev/null && command -v apt-get >/dev/null &&
  version=$(dpkg-query -W -f '${Version}' chromium 2>/dev/null); then
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Acquire::Retries=0 \
    -o Acquire::http::Timeout=5 "chromium-headless-shell=$version" >/dev/null 2>&1 || true
fi
CHROMIUM_SHELL=$(command -v "$shell" || echo "$CHROMIUM")
export CHROMIUM_SHELL

npm ci --silent
node node_modules/typescript/bin/tsc -p ..

dir=$(mktemp -d)
pids=
trap 'kill $pids 2>/dev/null || true; rm -rf "$dir"' EXIT

# address waits for an address in a file and prints it.
address() {
  tries=0
  until grep -q 'http://' "$1"; do
    tries=$((tries + 1))
    [ $tries -lt 1800 ] || { echo "jerem does not start:" >&2; cat "$1" >&2; exit 1; }
    sleep 0.1
  done
  grep -o 'http://[0-9.:]*' "$1" | head -n 1
}

if [ "${1:-}" = screenshots ]; then
  "$root/bin/jerem" demo --listen 127.0.0.1:0 --speed 0 >"$dir/demo" 2>/dev/null &
  pids=$!
  JEREM_PAGES=$(address "$dir/demo")
  export JEREM_PAGES
  node screenshots.mjs "$root/docs/screenshots"
  exit
fi

"$root/bin/jerem" sim --scenario "$root/web/webtest/testdata/story.txtar" --speed 0 \
	--listen 127.0.0.1:0 >"$dir/sim" 2>&1 &
pids=$!
JEREM_JIRA_URL=$(address "$dir/sim")
JEREM_STORE_PATH=$dir/jerem.db
export JEREM_JIRA_URL JEREM_STORE_PATH
NO_COLOR=1 "$root/bin/jerem" --config story.yml --log-level info serve --listen 127.0.0.1:0 >"$dir/serve" 2>&1 &
pids="$pids $!"
"$root/bin/jerem" demo --listen 127.0.0.1:0 --speed 0 >"$dir/demo" 2>/dev/null &
pids="$pids $!"
JEREM_PAGES=$(address "$dir/serve")
JEREM_DEMO=$(address "$dir/demo")
export JEREM_PAGES JEREM_DEMO
# Three files at a time, each with a browser of its own; one that fails fails all. They begin in the order in which they
# are given: the longest first, so that none of these is alone at the end.
longest="companies.test.mjs everystate.test.mjs width.test.mjs people.test.mjs pages.test.mjs oncall.test.mjs"
others=$(ls ./*.test.mjs | sed 's|^\./||' | grep -v -x -F "$(printf '%s\n' $longest)")
node --test --test-concurrency=3 $longest $others
