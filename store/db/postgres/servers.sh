#!/bin/sh
# Installs the server that the tests of a store in PostgreSQL start, where that is simple. Where it is missing they are
# skipped, told; with CI=true they fail.
set -eu
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 && exit
command -v postgres >/dev/null && exit
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing postgresql"
  # no cluster is made and no service is started: only the programs are wanted
  apt-get update -qq &&
      DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
          apt-get install -y -qq --no-install-recommends postgresql >/dev/null ||
    echo "postgresql could not be installed"
fi
