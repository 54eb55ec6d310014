#!/bin/sh
# The pages in a real Chromium: sets up what it needs, plays a story to the program, runs the tests, stops both.
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

# The pages of a story whose figures the tests know: a simulated Jira, and the program reading it.
dir=$(mktemp -d)
"$root/bin/jerem" sim --scenario "$root/jirasim/scenarios/demo.txtar" --listen 127.0.0.1:0 >"$dir/sim" 2>/dev/null &
sim=$!
serve=
trap 'kill $sim $serve 2>/dev/null || true; rm -rf "$dir"' EXIT
# told prints what a file's first address is, once it is there.
told() {
  tries=0
  while ! grep -q "$2" "$1"; do
    tries=$((tries + 1))
    [ $tries -lt 300 ] || { echo "nothing listens: $(cat "$1")" >&2; exit 1; }
    sleep 0.1
  done
  grep -o 'http://[0-9.:]*' "$1" | head -n 1
}
jira=$(told "$dir/sim" http)
cat >"$dir/config.yml" <<END
jira: {url: "$jira", username: jerem@example.org, password: simulated-token}
store: {path: "$dir/jerem.db"}
server: {listen: 127.0.0.1:0}
sprint: {budget: 30h}
projects: [{name: K8S, label: Kubernetes}]
END
"$root/bin/jerem" --config "$dir/config.yml" collect >/dev/null 2>&1
"$root/bin/jerem" --config "$dir/config.yml" serve >/dev/null 2>"$dir/serve" &
serve=$!
JEREM_PAGES=$(told "$dir/serve" "pages are open")
export JEREM_PAGES

if [ "${1:-}" = screenshot ]; then
  node screenshot.mjs "$root/docs/micro.png"
else
  node --test pages.test.mjs
fi
