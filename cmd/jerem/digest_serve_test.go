package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/cmd/jerem/serving"
	"jerem/digest"
	"jerem/messaging/mailtest"
	jirasim "jerem/sim/jira"
	"jerem/store/places"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// serveUntil serves a configuration at a moment of the clock of digests, until a condition holds.
func serveUntil(t *testing.T, config, clock string, holds func() bool) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- run(ctx, []string{"--config", config, "--log-level", "error", "serve", "--listen",
			testrun.FreeAddress(t), "--clock", clock}, func(string) string { return "" },
			strings.NewReader(""), io.Discard, io.Discard)
	}()
	defer func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	}()
	deadline := time.NewTimer(time.Minute)
	defer deadline.Stop()
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	for !holds() {
		select {
		case <-ticker.C:
		case <-deadline.C:
			t.Fatal("it never came to that")
		}
	}
}

// TestServeSendsDigest: a server that was there before the moment, and is there again after it, mails the word of the
// week, the text that the command prints; another start sends it no more.
func TestServeSendsDigest(t *testing.T) {
	testrun.SkipInShort(t)
	clock := &synctest.Clock{}
	clock.Set(time.Date(2026, 10, 5, 9, 30, 0, 0, time.UTC)) // a Monday
	jira := serveStory(t, []byte(synctest.LivingStory), jirasim.Options{Now: clock.Now})
	backend, _ := mailtest.Serve(t, "jerem:hunter2@")
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nprojects: [{name: K8S}]\nrunner: {period: 1h, refresh: 1h}\nstore: {path: STORE}\n"+
		"mail: {url: '"+backend.Address+"', from: jerem@example.org}\n"+
		"digest: [{team: K8S, at: Mon 09:00, to: {mail: team@example.org}}]\n")
	path := filepath.Join(filepath.Dir(config), "jerem.db")
	receiver := digest.Receiver{Channel: digest.Mail, Address: "team@example.org"}.Name()
	known := func() bool {
		s, err := places.OpenRead(t.Context(), path)
		if err != nil {
			return false
		}
		defer s.Close()
		_, known, err := s.Digests.Last(t.Context(), "K8S", receiver)
		return err == nil && known
	}
	serveUntil(t, config, "2026-10-04T12:00:00Z", known)
	isMailed := func() bool { return len(backend.Taken()) > 0 }
	serveUntil(t, config, "2026-10-05T09:20:00Z", isMailed)
	printed, errs, code := call(t, nil, "--config", config, "digest", "--team", "K8S")
	if code != 0 {
		t.Fatal(errs)
	}
	mailed := strings.NewReplacer("=\r\n", "", "=3D", "=", "\r\n", "\n").Replace(backend.Taken()[0].Body)
	if strings.TrimSpace(mailed) != strings.TrimSpace(printed) || !strings.Contains(printed, "Mon 5 Oct 2026") {
		t.Errorf("mailed:\n%s\nprinted:\n%s", mailed, printed)
	}
	serveUntil(t, config, "2026-10-05T09:21:00Z", known)
	if n := len(backend.Taken()); n != 1 {
		t.Errorf("%d mails", n)
	}
}
