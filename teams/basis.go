package teams

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure/timeseries"
	"jerem/store"
)

// Basis tells what the figures of a team rest on besides the program and the moment: the generation of what is kept,
// the configuration, and the clock of the zone. In another process it is the same text while these are the same. It is
// "" where no short text tells that: of a team of which a part was read, whose past another Jira told, or for which
// somebody is on call.
func (t *Team) Basis() string {
	if !t.isPlain {
		return ""
	}
	return BasisOf(store.Loaded{History: t.Measured.History(), Generation: t.kept})
}

// BasisOf is [Team.Basis] of a team as the store told it, to which nothing was joined.
func BasisOf(loaded store.Loaded) string {
	h := loaded.History
	if loaded.Partly || h.OnCall != nil {
		return ""
	}
	conf := h.Team
	rules := fmt.Sprintf("%q %q", conf.Quarter.Label, conf.Initiative.Label)
	conf.Quarter.Label, conf.Initiative.Label, conf.Calendar.Zone = nil, nil, nil // another process has them elsewhere
	conf.Calendar.Off = nil                                                       // it follows from DaysOff
	return fmt.Sprintf("%d %#v %s %s", loaded.Generation, conf, rules, clockText(h))
}

// clockText tells how the clock of a team's zone went and goes, for longer than anything is told of: the tables of
// zones change.
func clockText(h *agile.History) string {
	var text strings.Builder
	from, to := h.Until.AddDate(-30, 0, 0), h.Until.AddDate(2, 0, 0)
	for offset, end := range clockSpans(from.In(h.Team.Calendar.Zone), to) {
		fmt.Fprintf(&text, "%d until %d ", offset, end.Unix())
	}
	return text.String()
}

// clockSpans gives the offsets of a zone's clock from a moment on until another one, each with its end, which is zero
// where it never ends. Beyond a zone's table, which for most zones goes on by a rule from 2007 or earlier where the
// tables are those inside the program, ZoneBounds ends on 31 December of a leap year before the moment asked: a day is
// taken then.
func clockSpans(at, to time.Time) iter.Seq2[int, time.Time] {
	return func(yield func(int, time.Time) bool) {
		for at := at; at.Before(to); {
			_, offset := at.Zone()
			_, end := at.ZoneBounds()
			if !end.IsZero() && !end.After(at) {
				end = at.AddDate(0, 0, 1)
			}
			if !yield(offset, end) || end.IsZero() {
				return
			}
			at = end
		}
	}
}

// recallTold takes what another process told of the team, once: see Cache.Former. The lock of the lines is held.
func (t *Team) recallTold(ctx context.Context) error {
	if t.former == nil || t.lines.isRecalled {
		return nil
	}
	told, err := t.former(ctx, t)
	if err != nil {
		return err
	}
	t.lines.isRecalled = true
	t.lines.told.Recall(t.Measured, t.Until, told)
	return nil
}

// RecallTold takes what another process told of the team at the noons of the past, so that it need not be worked out
// when something changes. Series that are asked for do it themselves.
func (t *Team) RecallTold(ctx context.Context) error {
	t.lines.mu.Lock()
	defer t.lines.mu.Unlock()
	return t.recallTold(ctx)
}

// Told returns what the series of the team tell of the noons of the past, nothing where those of a newer one were
// computed since.
func (t *Team) Told() []timeseries.ToldFigures {
	t.lines.mu.Lock()
	defer t.lines.mu.Unlock()
	if t.lines.edition != t.edition {
		return nil
	}
	return t.lines.told.Figures()
}

// ToldAtHand returns what was told of the noons of the past as far as it is at hand: with the series of the team, or by
// another process. It waits for nobody who makes series.
func (t *Team) ToldAtHand(ctx context.Context) ([]timeseries.ToldFigures, error) {
	if t.lines.mu.TryLock() {
		defer t.lines.mu.Unlock()
		if t.lines.edition == t.edition {
			return t.lines.told.Figures(), nil
		}
	}
	if t.former == nil {
		return nil, nil
	}
	return t.former(ctx, t)
}
