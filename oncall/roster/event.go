package roster

import (
	"context"
	"fmt"
	"strings"
	"time"

	"jerem/oncall/intake"
)

// RawEvent is what a source posted, as it came.
type RawEvent struct {
	ID       int64
	Source   string
	Received time.Time
	Body     []byte
	Why      string // why it was set aside; "" for one that was not
}

// Events keep what sources posted until it is understood, and some while after.
type Events interface {
	// AddEvent keeps a raw event before anything is done with it and returns its ID.
	AddEvent(ctx context.Context, e RawEvent) (int64, error)
	// EventsToRun returns the raw events that are not finished, in order of their IDs; with again those that were set
	// aside too.
	EventsToRun(ctx context.Context, again bool) ([]RawEvent, error)
	// EventsAhead returns the events received since a moment that were set aside by the cause Ahead, in order of their
	// IDs.
	EventsAhead(ctx context.Context, since time.Time) ([]RawEvent, error)
	// EventsSetAside counts the events that are set aside by their source, in the order of their first ones.
	EventsSetAside(ctx context.Context) ([]SetAside, error)
}

// Understood is what became of raw events.
type Understood struct {
	Entered  int // those that were understood whole
	SetAside int // those of which something was not
	LeftOut  int // alerts that a source left out of what it posted
	Why      []string
}

// countEvent counts one more event.
func (u *Understood) countEvent(why string, leftOut int) {
	u.LeftOut += leftOut
	if why == "" {
		u.Entered++
		return
	}
	u.SetAside++
	u.Why = append(u.Why, why)
}

// Understand makes alerts and call-outs of raw events, each in a transaction. What cannot be understood is set aside
// with the reason; running an event again changes nothing that was understood before.
func (r *Roster) Understand(ctx context.Context, now time.Time, events ...RawEvent) (Understood, error) {
	var out Understood
	for _, e := range events {
		var result EventResult
		var leftOut int
		err := r.Decide(ctx, now, func(v *View) (writes Writes, err error) {
			writes, leftOut = enterEvent(v, e)
			result = writes.EventsFinished[0]
			return writes, nil
		})
		if err != nil {
			return out, err
		}
		out.countEvent(result.Why, leftOut)
	}
	return out, nil
}

// UnderstandUpTo understands the raw events that are not finished, up to one, in the order in which they were kept, and
// tells each what became of one: an end that was kept after its beginning is not understood before it.
func (r *Roster) UnderstandUpTo(ctx context.Context, events Events, now time.Time, last int64,
	each func(RawEvent, Understood)) error {
	list, err := events.EventsToRun(ctx, false)
	if err != nil {
		return err
	}
	for _, e := range list {
		if e.ID > last {
			break
		}
		understood, err := r.Understand(ctx, now, e)
		if err != nil {
			return err
		}
		each(e, understood)
	}
	return nil
}

// Replay runs the events again that were set aside, and those that were never finished.
func (r *Roster) Replay(ctx context.Context, events Events, now time.Time) (Understood, error) {
	list, err := events.EventsToRun(ctx, true)
	if err != nil {
		return Understood{}, err
	}
	return r.Understand(ctx, now, list...)
}

// longestAhead is how long after it was received an event that lay ahead is tried again by itself.
const longestAhead = 2 * 24 * time.Hour

// FinishEvents understands the events that were kept and never finished, as the program ended in between, and those
// that were set aside as they lay ahead, once they do not.
func (r *Roster) FinishEvents(ctx context.Context, events Events, now time.Time) error {
	list, err := events.EventsToRun(ctx, false)
	if err != nil {
		return err
	}
	if _, err := r.Understand(ctx, now, list...); err != nil {
		return err
	}
	return r.understandCome(ctx, events, now)
}

// understandCome understands events that were set aside as they lay ahead and whose moment has come.
func (r *Roster) understandCome(ctx context.Context, events Events, now time.Time) error {
	ahead, err := events.EventsAhead(ctx, now.Add(-longestAhead))
	if err != nil || len(ahead) == 0 {
		return err
	}
	v, err := r.View(ctx, now)
	if err != nil {
		return err
	}
	for _, e := range ahead {
		if writes, _ := enterEvent(v, e); writes.EventsFinished[0].Cause == Ahead {
			continue
		}
		if _, err := r.Understand(ctx, now, e); err != nil {
			return err
		}
	}
	return nil
}

// enterEvent enters a raw event: the writes hold what became of it; leftOut is how many alerts its source left out.
func enterEvent(v *View, e RawEvent) (writes Writes, leftOut int) {
	book := intake.Book{Now: v.Now, Schedules: v.schedules, File: v.File, Alerts: v.State.Alerts,
		Callouts: v.State.Callouts}
	faults, cause, leftOut := enterBody(&book, e)
	result := EventResult{ID: e.ID, At: v.Now, Why: faultsText(faults), Cause: cause}
	writes = Writes{Alerts: book.ChangedAlerts(), Callouts: book.ChangedCallouts(),
		EventsFinished: []EventResult{result}}
	text := fmt.Sprintf("event %d: alerts %d, call-outs %d", e.ID, len(writes.Alerts), len(writes.Callouts))
	if leftOut > 0 {
		text += fmt.Sprintf(", left out by the source %d", leftOut)
	}
	if result.Why != "" {
		text += ", set aside: " + result.Why
	}
	writes.Journal = []Entry{{At: v.Now, Who: e.Source, What: "event entered", Args: text}}
	return writes, leftOut
}

// mostFaults is how many faults of an event are kept and told: a body of one MiB may have some hundred thousand.
const mostFaults = 10

// faultsText tells faults: the first of them, and how many more there are.
func faultsText(faults []string) string {
	told := faults[:min(len(faults), mostFaults)]
	text := strings.Join(told, "; ")
	if more := len(faults) - len(told); more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return text
}

// enterBody enters what stands in the body of an event. The faults tell what of it was not understood, and the cause
// why that is: as long as something of it lies ahead it is to be tried again.
func enterBody(book *intake.Book, e RawEvent) (faults []string, cause AsideCause, leftOut int) {
	source, isKnown := book.File.SourceNamed(e.Source)
	if !isKnown {
		return []string{fmt.Sprintf("%s is no source of the file", e.Source)}, NotUnderstood, 0
	}
	parsed := intake.Parse(source, e.Body)
	faults = parsed.Faults
	for _, event := range parsed.Events {
		reason := book.Enter(source, event)
		if reason == "" {
			continue
		}
		faults = append(faults, reason)
		if intake.LiesAhead(event, book.Now) {
			cause = Ahead
		}
	}
	if len(faults) > 0 && cause == "" {
		cause = NotUnderstood
	}
	return faults, cause, parsed.Truncated
}
