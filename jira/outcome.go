package jira

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"jerem/jira/document"
	"jerem/jira/transport"
	"jerem/jira/wire"
)

// Outcome says what became of the ids of a bulk read.
type Outcome struct {
	Missing []int64 // neither sent nor excused: deleted, or hidden from the account
	Broken  []Broken
}

// Add joins what became of other ids.
func (o *Outcome) Add(other Outcome) {
	o.Missing = append(o.Missing, other.Missing...)
	o.Broken = append(o.Broken, other.Broken...)
}

// Broken is an issue that was sent and cannot be read as one, or that is refused each time.
type Broken struct {
	ID      int64
	Key     string
	Refused bool // it was never sent
	Err     error
}

// addUnreadable notes an issue that cannot be read.
func (o *Outcome) addUnreadable(w wire.Issue, err error) {
	id, _ := strconv.ParseInt(w.ID, 10, 64)
	o.Broken = append(o.Broken, Broken{ID: id, Key: w.Key, Err: err})
}

// documentOf makes a document of an issue as it was sent. Where it cannot be read, that is noted, and made is false.
func documentOf(t *transport.Client, w wire.Issue, histories []wire.History, fs document.Fieldset,
	out *Outcome) (doc document.Document, made bool) {
	doc, err := document.New(w, histories, fs)
	if err != nil {
		out.addUnreadable(w, t.Sanitized(err))
	}
	return doc, err == nil
}

// onlyAsked leaves out the issues that nobody asked for: no list says that they are there. Those whose id cannot be
// read stay.
func onlyAsked(asked []int64, got []wire.Issue) []wire.Issue {
	wanted := map[int64]bool{}
	for _, id := range asked {
		wanted[id] = true
	}
	return slices.DeleteFunc(got, func(w wire.Issue) bool {
		id, err := strconv.ParseInt(w.ID, 10, 64)
		return err == nil && !wanted[id]
	})
}

// withoutTwins leaves out an issue that came twice as the same, and sets one aside that came in two states: nothing
// tells which of them holds.
func (o *Outcome) withoutTwins(got []wire.Issue) []wire.Issue {
	first, twins := map[string]int{}, map[string]bool{}
	for n, w := range got {
		before, isKnown := first[w.ID]
		if isKnown && w.ID != "" && !twins[w.ID] && !reflect.DeepEqual(got[before], w) {
			twins[w.ID] = true
			o.addUnreadable(w, fmt.Errorf("issue %s: came twice, in two states", w.Name()))
		}
		if !isKnown {
			first[w.ID] = n
		}
	}
	var out []wire.Issue
	for n, w := range got {
		if isFirst := first[w.ID] == n && !twins[w.ID]; isFirst || w.ID == "" { // it may be any of them
			out = append(out, w)
		}
	}
	return out
}

// idsLeftOut returns which of the ids that were asked for stand neither among the issues that came nor among those
// excused. There is no telling where an issue came whose id cannot be read.
func idsLeftOut(asked []int64, got []wire.Issue, excused []int64) []int64 {
	answered := map[int64]bool{}
	for _, w := range got {
		id, err := strconv.ParseInt(w.ID, 10, 64)
		if err != nil {
			return nil // it may be any of them
		}
		answered[id] = true
	}
	for _, id := range excused {
		answered[id] = true
	}
	var out []int64
	for _, id := range asked {
		if !answered[id] {
			out = append(out, id)
		}
	}
	return out
}

func formatIDs(ids []int64) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = strconv.FormatInt(id, 10)
	}
	return out
}
