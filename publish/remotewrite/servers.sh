#!/bin/sh
# With real servers: installs the packages of Prometheus, its Alertmanager, VictoriaMetrics and nginx where that is
# simple, then runs the tests that need them, and the encoder's against Prometheus' own messages. With "install" it
# only installs. Where a program is missing its tests are skipped, told; with CI=true they fail.
set -eu
cd "$(dirname "$0")"
missing=
command -v prometheus >/dev/null || missing=prometheus
command -v victoria-metrics >/dev/null || missing="$missing victoria-metrics"
command -v prometheus-alertmanager >/dev/null || missing="$missing prometheus-alertmanager"
command -v nginx >/dev/null || missing="$missing nginx-light"
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing $missing"
  # no service is started: only the programs are wanted
  apt-get update -qq &&
      DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
          apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
    echo "$missing could not be installed"
fi
sh ../../tools/prometheus/build.sh || echo "Prometheus could not be built: remote write 2.0 is not tried with it"
[ "${1:-}" = install ] && exit
"${GO:-go}" test -count=1 -v -run "Victoria|Prometheus|Alertmanager|Nginx" . ../../bot ../../cmd/jerem \
    ../../grafana ../../web/oncall
cd prompbtest
exec "${GO:-go}" test -count=1 .
