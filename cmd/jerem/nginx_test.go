package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	"jerem/testrun"
)

// nginxBlocks are the parts of the configuration of nginx that docs/install.md shows.
var nginxBlocks = regexp.MustCompile("(?s)```nginx\n(.*?)```")

// TestNginx: behind a real nginx, configured as docs/install.md says, pages, links, answers and events come through, at
// the root and below a path.
func TestNginx(t *testing.T) {
	t.Parallel()
	skipSlow(t)
	program, err := exec.LookPath("nginx")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("there is no nginx: publish/remotewrite/servers.sh installs it")
		}
		t.Skip("SKIPPED: not tried behind a real nginx: there is none (make servers installs it)")
	}
	guide, err := os.ReadFile("../../docs/install.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := nginxBlocks.FindAllStringSubmatch(string(guide), -1)
	if len(blocks) != 2 {
		t.Fatalf("docs/install.md shows nginx %d times", len(blocks))
	}
	story, err := os.ReadFile("../../web/webtest/testdata/story.txtar")
	if err != nil {
		t.Fatal(err)
	}
	jira := serveStory(t, story, jirasim.Options{})
	for n, base := range []string{"", "/jerem"} {
		t.Run("base "+base, func(t *testing.T) {
			listen, proxy := testrun.FreeAddress(t), testrun.FreeAddress(t)
			config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+
				serving.SimToken+"}\nprojects: [{name: K8S, label: Kubernetes}]\nstore: {path: STORE}\n"+
				"server: {url: 'http://"+proxy+base+"'}\n")
			ctx, stop := context.WithCancel(t.Context())
			served := make(chan error, 1)
			go func() {
				served <- run(ctx, []string{"--config", config, "--log-level", "error", "serve", "--listen", listen},
					func(string) string { return "" }, strings.NewReader(""), io.Discard, io.Discard)
			}()
			defer func() { stop(); <-served }()
			await(t, "http://"+listen+"/readyz", "ready")
			startNginx(ctx, t, program, proxy, strings.ReplaceAll(blocks[n][1], "127.0.0.1:8080", listen))
			site := "http://" + proxy
			page := await(t, site+base+"/teams/Kubernetes", "Kubernetes")
			for _, m := range regexp.MustCompile(` (?:href|src)="(/[^"#]*)"`).FindAllStringSubmatch(page, -1) {
				if !strings.HasPrefix(m[1], base+"/") {
					t.Fatalf("a link leads to %s", m[1])
				}
				if answerOf(t.Context(), site+strings.ReplaceAll(m[1], "&amp;", "&")) == "" {
					t.Errorf("%s is not answered", m[1])
				}
			}
			if body := answerOf(t.Context(), site+base+"/api/v1/teams"); !strings.Contains(body, "Kubernetes") {
				t.Errorf("the API answers %s", body)
			}
			res, err := http.Get(site + base + "/live")
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			first := make([]byte, 1) // an event comes at once, though the stream does not end
			if _, err := res.Body.Read(first); err != nil || res.StatusCode != http.StatusOK {
				t.Errorf("events: %s, %v", res.Status, err)
			}
		})
	}
}

// startNginx starts a proxy with a location of the guide; it ends with the context.
func startNginx(ctx context.Context, t *testing.T, program, listen, location string) {
	t.Helper()
	dir := t.TempDir()
	text := fmt.Sprintf("daemon off; master_process off; pid %[1]s/pid; error_log stderr error;\nevents {}\nhttp {\n"+
		"access_log off; client_body_temp_path %[1]s; proxy_temp_path %[1]s; fastcgi_temp_path %[1]s; "+
		"uwsgi_temp_path %[1]s; scgi_temp_path %[1]s;\nserver {\nlisten %[2]s;\n%[3]s}\n}\n", dir, listen, location)
	path := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	proxy := exec.CommandContext(ctx, program, "-c", path, "-p", dir, "-e", "stderr")
	var said strings.Builder
	proxy.Stderr = &said
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = proxy.Wait() // killed with the context
		if t.Failed() {
			t.Log(said.String())
		}
	})
}
