#!/bin/sh
# Builds the Prometheus of go.mod for the tests of remote write 2.0, without service discovery, and keeps it between
# runs: ten minutes and two gigabytes once, nothing afterwards. Where it cannot be built its tests are skipped, told.
set -eu
cd "$(dirname "$0")"
version=$(sed -n 's|^require github.com/prometheus/prometheus ||p' go.mod)
kept=${XDG_CACHE_HOME:-$HOME/.cache}/jerem/prometheus-$version
[ -x "$kept" ] && exit
echo "building Prometheus $version, once"
mkdir -p "$(dirname "$kept")"
timeout 40m "${GO:-go}" build -ldflags "-s -w" -tags remove_all_sd,netgo -o "$kept.new" \
  github.com/prometheus/prometheus/cmd/prometheus
mv "$kept.new" "$kept"
