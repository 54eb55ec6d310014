package posting

import (
	"fmt"

	"jerem/publish"
)

// This file tells what a sink refused while it took all else. A cycle says it in the log and tries again; a posting by
// hand was asked to do it, and ends with it.

// Refusal is what a posting by hand could not do at a sink, although all else was posted. Its cause names the remedy.
type Refusal struct {
	Sink  string
	What  string // was not done
	Cause error  // what the sink said; nil where the log has told it series by series
}

// Error says what was not done, and why.
func (r *Refusal) Error() string {
	if r.Cause == nil {
		return fmt.Sprintf("sink %s: %s", r.Sink, r.What)
	}
	return fmt.Sprintf("sink %s: %s: %v", r.Sink, r.What, r.Cause)
}

// Unwrap returns what the sink said.
func (r *Refusal) Unwrap() error { return r.Cause }

// refusedDeletion is a deletion that a sink refused during a posting.
type refusedDeletion struct {
	what    string // as a posting by hand ends with it
	message string // as the log of a cycle has it; "" where it was refused before, and told then
	about   []any
	err     error
}

// logRefusals says in the log of a cycle what the sink refused.
func (p *push) logRefusals() {
	for _, r := range p.refused {
		if r.message == "" {
			continue
		}
		about := append([]any{"sink", p.sink, "team", p.team}, r.about...)
		p.poster.Log.Warn(r.message, append(about, "error", r.err)...)
	}
}

// firstRefusal returns what a posting by hand could not do: the first of what the sink refused; nil where it did all.
// Points that are left out for the bounds of a sink are none, for it has the rest; where there is no rest, they are.
func (p *push) firstRefusal() error {
	for _, r := range p.refused {
		return &Refusal{Sink: p.sink, What: r.what, Cause: r.err}
	}
	switch {
	case p.done.RejectedPoints > 0:
		return &Refusal{Sink: p.sink, What: fmt.Sprintf("not all was taken, points refused: %d; the log says of which "+
			"series, and why", p.done.RejectedPoints)}
	case p.done.Points == 0 && p.done.Past+p.done.Future > 0:
		return &Refusal{Sink: p.sink, What: "nothing was posted", Cause: leftOut(p.done)}
	}
	return nil
}

// leftOut says that a sink takes none of the points for their time.
func leftOut(done publish.Outcome) error {
	return fmt.Errorf("it takes no points as old, or as far ahead (%d too old, %d too far ahead); its bounds are "+
		"raised at the sink", done.Past, done.Future)
}
