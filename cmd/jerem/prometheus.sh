#!/bin/sh
# /metrics with a real Prometheus: installs the package where that is simple, then runs the tests.
set -eu
cd "$(dirname "$0")"
if ! command -v prometheus >/dev/null || ! command -v promtool >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing Prometheus"
    # no service is started: only the programs are wanted
    apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
            apt-get install -y -qq --no-install-recommends prometheus >/dev/null ||
      echo "Prometheus could not be installed"
  fi
fi
exec "${GO:-go}" test -count=1 -v -run Prometheus .
