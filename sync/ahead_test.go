package sync

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestOneChunkAhead: while a chunk is kept the next one is asked for, and no other before that one is taken.
func TestOneChunkAhead(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	r.reader.Chunk = 7
	var asked atomic.Int64
	second := make(chan struct{})
	r.serve(t, synctest.DemoSite(t), options(func(req *http.Request) *jirasim.Fault {
		if strings.HasSuffix(req.URL.Path, "/issue/bulkfetch") && asked.Add(1) == 2 {
			close(second)
		}
		return nil
	}))
	written := false
	r.reader.Store.SetFault(func() error {
		if written || asked.Load() == 0 {
			return nil
		}
		written = true // the first chunk is about to be kept
		select {
		case <-second:
		case <-time.After(time.Minute):
			t.Error("the second chunk is not asked for while the first one is kept")
		}
		if n := asked.Load(); n != 2 {
			t.Errorf("%d chunks were asked for while the first one is kept, want 2", n)
		}
		return nil
	})
	if _, err := r.reader.Collect(t.Context(), false); err != nil || !written {
		t.Fatal(written, err)
	}
}

// TestStoppedWhileKept: what came is kept although the reading is stopped meanwhile.
func TestStoppedWhileKept(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	r.reader.Chunk = 7
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var asked atomic.Int64
	r.serve(t, synctest.DemoSite(t), options(func(req *http.Request) *jirasim.Fault {
		if strings.HasSuffix(req.URL.Path, "/issue/bulkfetch") {
			asked.Add(1)
		}
		return nil
	}))
	r.reader.Store.SetFault(func() error {
		if asked.Load() > 0 {
			stop()
		}
		return nil
	})
	if _, err := r.reader.Collect(ctx, false); err == nil {
		t.Fatal("a reading that is stopped went well")
	}
	r.reader.Store.SetFault(nil)
	if kept, _, err := r.reader.Store.Issues.IDs(t.Context()); err != nil || len(kept) < 7 {
		t.Errorf("%d issues are kept, want the first chunk at least: %v", len(kept), err)
	}
}

// TestStoreTroubleIsToldOnce: what keeps the store from being written keeps it also from noting that; it is one
// trouble.
func TestStoreTroubleIsToldOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t, synctest.DemoSite(t), synctest.Team("K8S", 0))
	r.reader.Store.SetFault(func() error { return errors.New("the disk is full") })
	_, err := r.reader.Collect(t.Context(), false)
	if err == nil || strings.Count(err.Error(), "the disk is full") != 1 {
		t.Errorf("it is told %v", err)
	}
}
