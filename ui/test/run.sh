#!/bin/sh
# The pages in a real Chromium: sets up what it needs, starts the demo, runs the tests, stops it.
# With "screenshot" it writes docs/micro.png instead. Without Node 20 or Chromium it says so and
# leaves the pages untried.
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

npm ci --silent
node node_modules/typescript/bin/tsc -p ..

out=$(mktemp)
"$root/bin/jerem" demo --listen 127.0.0.1:0 >"$out" 2>/dev/null &
demo=$!
trap 'kill $demo 2>/dev/null || true; rm -f "$out"' EXIT
tries=0
while ! grep -q http "$out"; do
  tries=$((tries + 1))
  [ $tries -lt 300 ] || { echo "the demo does not start"; exit 1; }
  sleep 0.1
done
JEREM_PAGES=$(head -n 1 "$out")
export JEREM_PAGES

if [ "${1:-}" = screenshot ]; then
  node screenshot.mjs "$root/docs/micro.png"
else
  node --test pages.test.mjs
fi
