package serving

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"jerem/oncall/roster"
	"jerem/problem"
	kept "jerem/store/oncall"
	"jerem/web/source"
)

// onCallHealth tells whether what on-call keeps could be read and written at the last try. Its zero value is well. It
// is safe for concurrent use.
type onCallHealth struct {
	mu    sync.Mutex
	since time.Time // since when it cannot, by the clock of this machine; zero while it can
	place string    // what cannot be read
	why   string    // and why, and what is to be done, where that is known
	next  string
	doubt source.Trouble // of the clock; its Why is "" while it is not doubted
}

// noteOutcome keeps how a try ended, with nil where it was well, and tells whether that ends a trouble.
func (h *onCallHealth) noteOutcome(place string, err error) (isMended bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err == nil {
		isMended = !h.since.IsZero()
		h.since = time.Time{}
		return isMended
	}
	h.place, h.why, h.next = place, "", "See that it can be read and written, or put it back from a backup; the log "+
		"tells why."
	if kept := problem.Of(err, "store"); kept != nil { // its message names the place, and then what is the matter
		_, why, _ := strings.Cut(kept.Message, place+": ")
		h.why, h.next = ": "+why, kept.Hint
	}
	if h.since.IsZero() {
		h.since = time.Now().UTC().Truncate(time.Second)
	}
	return false
}

// troubles are what pages and readyz tell of it: nothing while it is well.
func (h *onCallHealth) troubles() []source.Trouble {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []source.Trouble
	if h.doubt.Why != "" {
		out = append(out, h.doubt)
	}
	if h.since.IsZero() {
		return out
	}
	return append(out, source.Trouble{Part: source.PartOnCall, Since: h.since,
		Why:  "what on-call keeps cannot be read or written, in " + h.place + h.why,
		Next: h.next + " It is tried again every minute, without a restart."})
}

// noteDoubt keeps why the clock is doubted, "" for not, and tells whether that began or ended.
func (h *onCallHealth) noteDoubt(why string) (isNew bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if (h.doubt.Why == "") == (why == "") {
		return false
	}
	h.doubt = source.Trouble{Part: source.PartOnCall, Since: time.Now().UTC().Truncate(time.Second), Why: why,
		Next: "Set the clock of this machine right. Until then on-call drops, expires and closes nothing; if the " +
			"clock is right, it is believed once it was told for a day, without a hand."}
	return true
}

// keeper keeps what time does to on-call, and notes whether that could be done.
type keeper struct {
	roster     *roster.Roster
	records    *kept.Store
	now        func() time.Time
	log        *slog.Logger
	health     *onCallHealth
	hasChecked bool // the file was compared with what is kept
}

// keepOnce keeps what time has done, once.
func (k *keeper) keepOnce(ctx context.Context) {
	contradictions, err := k.keepElapsed(ctx, k.now().Truncate(time.Second))
	if !k.noteOutcome(ctx, err) {
		return
	}
	if len(contradictions) > 0 && !k.hasChecked { // they name people, which a log does not
		k.log.Error("the file contradicts what has begun, and on-call goes by what was kept: see jerem oncall check",
			"lines", len(contradictions))
	}
	k.hasChecked = true
}

// noteClock tells that the clock is doubted, or is no more.
func (k *keeper) noteClock(v *roster.View) {
	why := ""
	if k.roster.DoubtsClock(v) {
		why = fmt.Sprintf("the clock of this machine tells %s, and what on-call kept last is of %s: it is doubted",
			v.Now.UTC().Format(time.RFC3339), v.State.Kept.At.UTC().Format(time.RFC3339))
	}
	switch isNew := k.health.noteDoubt(why); {
	case isNew && why == "":
		k.log.Info("the clock of this machine is believed again, and on-call keeps what time has done")
	case isNew:
		k.log.Error("the clock of this machine is doubted: on-call drops, expires and closes nothing until it is set "+
			"right or was told for a day", "clock", v.Now.UTC(), "kept last", v.State.Kept.At.UTC())
	}
}

// noteOutcome notes how a try ended, and tells whether it was well. What could not be read is opened anew for the next
// one.
func (k *keeper) noteOutcome(ctx context.Context, err error) (isWell bool) {
	switch {
	case err == nil:
		if k.health.noteOutcome("", nil) {
			k.log.Info("what on-call keeps can be read and written again", "place", k.records.Name())
		}
		return true
	case ctx.Err() != nil: // it ends
		return false
	}
	k.health.noteOutcome(filepath.Base(k.records.Name()), err)
	k.log.Error("what on-call keeps cannot be read or written: on-call waits, and pages of teams stand without "+
		"it; it is tried again in a minute", "place", k.records.Name(), "error", err)
	if err := k.records.Reopen(); err != nil {
		k.log.Warn("what on-call keeps could not be closed", "place", k.records.Name(), "error", err)
	}
	return false
}
