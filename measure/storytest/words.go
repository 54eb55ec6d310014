package storytest

import (
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// storyWord is what a story says of a field of an issue: the value that it has from a moment on, in the order of the
// changes of that moment; at the creation where the order is below 0.
type storyWord struct {
	name, value string
	at          time.Time
	order       int
}

// applyWord applies "name=value".
func (r *storyReader) applyWord(i *agile.Issue, at time.Time, order int, word string) {
	r.t.Helper()
	name, value, _ := strings.Cut(word, "=")
	for _, words := range []map[string]func(*storyReader, *agile.Issue, storyWord){fieldWords, besideWords} {
		if apply, known := words[name]; known {
			apply(r, i, storyWord{name, value, at, order})
			return
		}
	}
	r.t.Fatalf("story: unknown word %q", word)
}

// fieldWords apply what has a history in Jira.
var fieldWords = map[string]func(r *storyReader, i *agile.Issue, w storyWord){
	"status": func(r *storyReader, i *agile.Issue, w storyWord) {
		id := w.value
		if known, ok := storyStatus[w.value]; ok {
			id = known
		}
		addStep(&i.Status, w.at, w.order, id)
	},
	"resolution": func(r *storyReader, i *agile.Issue, w storyWord) {
		addStep(&i.Resolution, w.at, w.order, w.value)
	},
	"points":  applyEstimate(EstimateField),
	"seconds": applyEstimate("timeoriginalestimate"),
	"spent":   applyEstimate("timespent"), // in seconds
	"sprint": func(r *storyReader, i *agile.Issue, w storyWord) {
		var ids []int64
		for _, s := range splitList(w.value) {
			id, _ := strconv.ParseInt(s, 10, 64)
			ids = append(ids, id)
		}
		addStep(&i.Sprints, w.at, w.order, ids)
	},
	"labels": func(r *storyReader, i *agile.Issue, w storyWord) {
		addStep(&i.Labels, w.at, w.order, splitList(w.value))
	},
	// ids of versions
	"fix": func(r *storyReader, i *agile.Issue, w storyWord) {
		addStep(withStart(&i.FixVersions, i.Created), w.at, w.order, splitList(w.value))
	},
	"due": func(r *storyReader, i *agile.Issue, w storyWord) {
		addStep(withStart(&i.Due, i.Created), w.at, w.order, r.readDate(w.value))
	},
	"nature": func(r *storyReader, i *agile.Issue, w storyWord) {
		addOption(i, NatureField, w.at, w.order, splitList(w.value))
	},
	"components": func(r *storyReader, i *agile.Issue, w storyWord) {
		addOption(i, "components", w.at, w.order, splitList(w.value))
	},
	"team": func(r *storyReader, i *agile.Issue, w storyWord) {
		addOption(i, agile.FieldTeam, w.at, w.order, splitList(w.value))
	},
	"type": func(r *storyReader, i *agile.Issue, w storyWord) {
		addStep(&i.Type, w.at, w.order, w.value)
	},
	"project": func(r *storyReader, i *agile.Issue, w storyWord) {
		addStep(&i.Project, w.at, w.order, w.value)
	},
	"key": func(r *storyReader, i *agile.Issue, w storyWord) {
		addStep(&i.Key, w.at, w.order, w.value)
	},
	"summary": func(r *storyReader, i *agile.Issue, w storyWord) {
		addStep(&i.Summary, w.at, w.order, w.value)
	},
	"parent": func(r *storyReader, i *agile.Issue, w storyWord) {
		id, ok := r.ids[w.value]
		if !ok {
			id, _ = strconv.ParseInt(w.value, 10, 64) // one that is not read
		}
		addStep(&i.Parent, w.at, w.order, id)
	},
	"epic": func(r *storyReader, i *agile.Issue, w storyWord) {
		addStep(&i.EpicLink, w.at, w.order, w.value)
	},
}

// applyEstimate applies an estimate to a field, none for an empty text.
func applyEstimate(field string) func(r *storyReader, i *agile.Issue, w storyWord) {
	return func(r *storyReader, i *agile.Issue, w storyWord) {
		var n agile.Number
		if w.value != "" {
			x, err := strconv.ParseFloat(w.value, 64)
			if err != nil {
				r.t.Fatal(err)
			}
			n = agile.Number{Value: x, Known: true}
		}
		tl := i.Numbers.Of(field)
		if tl == nil {
			tl = agile.Constant(i.Created, agile.Number{})
		}
		addStep(&tl, w.at, w.order, n)
		i.Numbers.Put(field, tl)
	}
}

// besideWords apply what Jira tells beside the history, what has another form, and what is wrong with it.
var besideWords = map[string]func(r *storyReader, i *agile.Issue, w storyWord){
	"flag": func(r *storyReader, i *agile.Issue, w storyWord) {
		if w.value == "unknown" {
			i.Flagged = nil
			return
		}
		addStep(&i.Flagged, w.at, w.order, w.value == "yes")
	},
	// as of a reading at that moment
	"jql": func(r *storyReader, i *agile.Issue, w storyWord) {
		if r.h.Impeded == nil {
			r.h.Impeded = map[int64]agile.Timeline[bool]{}
		}
		r.h.Impeded[i.ID] = append(r.h.Impeded[i.ID], agile.Step[bool]{From: agile.MomentOf(w.at),
			Value: w.value == "yes"})
	},
	"broken": func(r *storyReader, i *agile.Issue, w storyWord) {
		field, text, ok := strings.Cut(w.value, ":") // "broken=2", of the status, or "broken=labels:2"
		if !ok {
			field, text = agile.FieldStatus, w.value
		}
		n, _ := strconv.Atoi(text)
		if i.Broken == nil {
			i.Broken = agile.Joints{}
		}
		i.Broken[field] = n
	},
	// told beside the history
	"resolved": func(r *storyReader, i *agile.Issue, w storyWord) {
		i.Resolved = agile.MomentOf(ParseTime(r.t, w.value))
	},
	"recategorized": func(r *storyReader, i *agile.Issue, w storyWord) {
		i.Recategorized = agile.MomentOf(ParseTime(r.t, w.value))
	},
	"updated": func(r *storyReader, i *agile.Issue, w storyWord) {
		i.Updated = agile.MomentOf(ParseTime(r.t, w.value))
	},
}

// withStart begins a timeline of nothing at the creation of its issue, where it has no steps yet.
func withStart[T any](tl *agile.Timeline[T], created time.Time) *agile.Timeline[T] {
	if len(*tl) == 0 {
		var nothing T
		*tl = agile.Constant(created, nothing)
	}
	return tl
}

// readDate reads a day, the zero one of an empty text.
func (r *storyReader) readDate(text string) calendar.Date {
	if text == "" {
		return calendar.Date{}
	}
	return calendar.DateOf(ParseTime(r.t, text), time.UTC)
}

func addOption(i *agile.Issue, field string, at time.Time, order int, values []string) {
	tl := i.Options.Of(field)
	if tl == nil {
		tl = agile.Constant(i.Created, []string(nil))
	}
	addStep(&tl, at, order, values)
	i.Options.Put(field, tl)
}
