package publishtest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"jerem/testrun"
)

// VictoriaMetrics starts a VictoriaMetrics with nothing in it and returns its address.
func VictoriaMetrics(t *testing.T, flags ...string) string {
	t.Helper()
	listen := testrun.FreeAddress(t)
	return startServer(t, "victoria-metrics", listen, "/health", append([]string{"-httpListenAddr=" + listen,
		"-storageDataPath=" + t.TempDir(), "-retentionPeriod=100y", "-dedup.minScrapeInterval=1ms",
		"-loggerLevel=ERROR"}, flags...)...)
}

// Prometheus starts a Prometheus that takes remote write, with nothing in it, and returns its address.
func Prometheus(t *testing.T) string {
	t.Helper()
	return startPrometheus(t, "prometheus")
}

// Prometheus2Version is the version of Prometheus that is built for remote write 2.0: that of tools/prometheus.
const Prometheus2Version = "v0.316.0"

// Prometheus2 starts a Prometheus that takes remote write 2.0, as tools/prometheus/build.sh builds it and keeps it
// between runs. Where it could not be built the test is skipped, told, in CI too: it takes ten minutes, two gigabytes
// and all of its modules.
func Prometheus2(t *testing.T) string {
	t.Helper()
	kept, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(kept, "jerem", "prometheus-"+Prometheus2Version)
	if _, err := os.Stat(program); err != nil {
		t.Skipf("SKIPPED: remote write 2.0 is not tried with a real server: tools/prometheus/build.sh did not build it")
	}
	return startPrometheus(t, program)
}

// startPrometheus starts a program that is a Prometheus.
func startPrometheus(t *testing.T, program string) string {
	t.Helper()
	dir, listen := t.TempDir(), testrun.FreeAddress(t)
	config := filepath.Join(dir, "prometheus.yml")
	if err := os.WriteFile(config, []byte("global: {scrape_interval: 1h}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return startServer(t, program, listen, "/-/ready", "--config.file="+config,
		"--storage.tsdb.path="+filepath.Join(dir,
			"data"), "--web.listen-address="+listen, "--web.enable-remote-write-receiver", "--log.level=error")
}

// startServer starts a server and waits until it answers; it ends with the test. Where its program is missing the test
// is skipped, in CI it fails.
func startServer(t *testing.T, program, listen, ready string, args ...string) (address string) {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("there is no %s: publish/remotewrite/servers.sh installs it", program)
		}
		t.Skipf("SKIPPED: not tried with a real server: there is no %s (make prometheus installs it)", program)
	}
	ctx, stop := context.WithCancel(context.Background())
	var said bytes.Buffer
	server := exec.CommandContext(ctx, path, args...)
	server.Stderr = &said
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	t.Cleanup(func() { stop(); <-ended })
	deadline, pause := time.After(time.Minute), time.NewTicker(50*time.Millisecond)
	defer pause.Stop()
	for {
		if _, err := Get(t.Context(), "http://"+listen+ready); err == nil {
			return "http://" + listen
		}
		select {
		case <-pause.C:
		case err := <-ended:
			ended <- err
			t.Fatalf("%s ended: %v\n%s", program, err, said.String())
		case <-deadline:
			t.Fatalf("%s does not answer", program)
		}
	}
}

// Get returns what an address answers with status 200.
func Get(ctx context.Context, address string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = &statusError{res.Status, string(body)}
	}
	return body, err
}

// statusError is an answer that is no success.
type statusError struct{ status, body string }

// Error returns what was answered.
func (e *statusError) Error() string { return e.status + ": " + e.body }
