package world

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestSeeds: a seed makes one company, another seed another one, and each can be played.
func TestSeeds(t *testing.T) {
	if testing.Short() {
		t.Skip("makes several companies")
	}
	stories := map[string]bool{}
	for seed := range uint64(10) {
		w := New(seed)
		story := w.Story()
		if !bytes.Equal(story, New(seed).Story()) {
			t.Errorf("seed %d makes two companies", seed)
		}
		stories[string(story)] = true
		site, err := w.Site()
		if err != nil {
			t.Fatalf("seed %d: %.2000s", seed, err)
		}
		if !site.Clock().Equal(w.Clock) || site.Last().Before(w.Clock.AddDate(1, 0, 0)) {
			t.Errorf("seed %d: it is %v and ends at %v: a year must lie ahead", seed, site.Clock(), site.Last())
		}
	}
	if len(stories) != 10 {
		t.Errorf("ten seeds make %d companies", len(stories))
	}
}

// TestEverythingHappens: what a company must be able to show does happen, by the time one meets it and after.
func TestEverythingHappens(t *testing.T) {
	seeds := uint64(10)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		w := New(seed)
		for name, n := range w.features(w.End) {
			if n == 0 {
				t.Errorf("seed %d: never: %s", seed, name)
			}
		}
	}
	shown := New(DefaultSeed)
	if n := shown.features(shown.Clock); n["reopened in the same sprint"] == 0 ||
		n["reopened in another sprint"] == 0 || n["added to a running sprint"] == 0 ||
		n["removed from a running sprint"] == 0 || n["sprint renamed"] == 0 || n["logged late"] == 0 ||
		n["moved to another project"] == 0 {
		t.Errorf("the company that is shown has too little past: %v", n)
	}
}

// features counts what happened up to a moment.
func (w *World) features(until time.Time) map[string]int {
	n := map[string]int{"reestimated while open": 0, "reestimated in review": 0, "reestimated while done": 0,
		"estimate taken away":       0,
		"added to a running sprint": 0, "created in a running sprint": 0, "removed from a running sprint": 0,
		"removed and done elsewhere":  0,
		"reopened in the same sprint": 0, "reopened in another sprint": 0, "completed outside": 0, "unestimated": 0,
		"dependency": 0, "dependency resolved": 0,
		"flagged": 0, "unflagged": 0, "impediment from the beginning": 0, "impediment later": 0,
		"impediment no more": 0, "impediment by type": 0,
		"several natures": 0, "no nature": 0, "logged late": 0, "logged after the close": 0,
		"logged before the label": 0, "log corrected": 0, "log erased": 0,
		"logged before creation": 0, "epic of two quarters": 0, "epic of two initiatives": 0, "quarter said late": 0,
		"epic changed": 0, "moved to another project": 0,
		"epic with work of another project": 0, "ticket of another project in the sprint": 0, "sub-task": 0,
		"sub-task of an impediment": 0, "deleted": 0,
		"retitled": 0, "carried over": 0, "sprint renamed": 0, "dates edited": 0, "closed late": 0,
		"two sprints active": 0, "worked on a day off": 0}
	k := w.keepBooks(w.Begin, w.Begin)
	dues := k.dueDates()
	crews := map[string]*crew{}
	for _, c := range w.teams {
		crews[c.Key] = c
	}
	for _, a := range w.acts {
		if a.at.After(until) {
			break
		}
		before := len(k.order)
		dues = k.untilBefore(dues, a.at)
		k.at = a.at
		if x := k.cards[a.ticket]; x != nil {
			w.count(n, k, x, a)
		}
		k.bookAct(a)
		if len(k.order) > before {
			w.countNew(n, k, k.cards[a.ticket], a)
		}
	}
	for _, c := range w.teams {
		for i, s := range c.sprints {
			if s.closed.After(until) {
				continue
			}
			yes(n, "sprint renamed", !s.renamed.IsZero())
			yes(n, "dates edited", !s.moved.IsZero())
			yes(n, "closed late", s.closed.Sub(s.end) > 24*time.Hour)
			yes(n, "two sprints active", i+1 < len(c.sprints) && c.sprints[i+1].start.Before(s.closed))
			yes(n, "completed outside", k.accounts[s.id].CompletedOutside > 0)
			yes(n, "carried over", k.accounts[s.id].Remaining > 0)
		}
	}
	return n
}

func yes(n map[string]int, name string, is bool) {
	if is {
		n[name]++
	}
}

func has(a act, do verb, text string) bool {
	return slices.ContainsFunc(a.ops, func(o op) bool {
		return o.do == do &&
			(text == "" || strings.EqualFold(o.text, text))
	})
}

// count notes what an act means for a ticket that is there; the clerk has not booked it yet.
func (w *World) count(n map[string]int, k *bookkeeper, x *card, a act) {
	running := func() bool {
		return slices.ContainsFunc(k.sprintsHolding(x), func(s *account) bool { return s.running })
	}
	estimated := has(a, points, "") || has(a, hours, "")
	yes(n, "reestimated while open", estimated && running() && x.state != "done")
	yes(n, "reestimated in review", estimated && x.state == "review")
	yes(n, "reestimated while done", estimated && running() && x.state == "done")
	yes(n, "reopened in the same sprint", has(a, status, "doing") && x.state == "done" && running())
	yes(n, "reopened in another sprint", has(a, status, "doing") && x.state == "done" && !running() && x.typ != "Epic")
	yes(n, "removed and done elsewhere", has(a, status, "done") && len(x.sprints) == 0 && x.doneAt.IsZero() &&
		w.left(x, a.at))
	yes(n, "dependency", has(a, label, "dependency"))
	yes(n, "dependency resolved", has(a, unlabel, "dependency"))
	yes(n, "impediment later", has(a, label, "impediment"))
	yes(n, "logged before the label", has(a, label, "impediment") && len(x.logs) > 0)
	yes(n, "impediment no more", has(a, unlabel, "impediment"))
	yes(n, "flagged", has(a, flag, ""))
	yes(n, "unflagged", has(a, unflag, ""))
	yes(n, "log corrected", has(a, relog, ""))
	yes(n, "log erased", has(a, unlog, ""))
	yes(n, "epic changed", has(a, epicIs, "") && x.epic != nil)
	yes(n, "moved to another project", has(a, move, ""))
	yes(n, "deleted", has(a, erase, ""))
	yes(n, "retitled", has(a, retitle, ""))
	for _, o := range a.ops {
		yes(n, "estimate taken away", o.none && o.do != nature)
		yes(n, "several natures", o.do == nature && len(o.list) > 1)
		yes(n, "removed from a running sprint", o.do == leave && k.accounts[o.n].running)
		yes(n, "added to a running sprint", o.do == enter && k.accounts[o.n].running)
		if x.typ == "Epic" && o.do == label && strings.HasPrefix(o.text, "Q") {
			yes(n, "epic of two quarters", w.quarters(x) > 0)
			yes(n, "quarter said late", w.quarters(x) == 0)
		}
		if o.do == logWork {
			yes(n, "logged late", a.at.Sub(o.on) > 20*time.Hour)
			yes(n, "logged before creation", o.on.Before(x.created))
			yes(n, "worked on a day off", slices.Contains(w.teams[0].DaysOff, o.on.Format(time.DateOnly)) ||
				o.on.Weekday() == time.Sunday)
			yes(n, "sub-task of an impediment", x.parent != nil && len(x.parent.spells[x.project]) > 0)
			for _, s := range w.sprints {
				yes(n, "logged after the close", o.on.After(s.start) && o.on.Before(s.closed) && a.at.After(s.closed) &&
					s.crew.Key == x.project)
			}
		}
	}
}

// left tells whether a ticket was taken out of a sprint before.
func (w *World) left(x *card, by time.Time) bool {
	return slices.ContainsFunc(w.acts,
		func(a act) bool { return a.ticket == x.n && a.at.Before(by) && has(a, leave, "") })
}

func (w *World) quarters(x *card) int {
	n := 0
	for l := range x.labels {
		if strings.HasPrefix(l, "Q") {
			n++
		}
	}
	return n
}

// countNew notes what a ticket is created with.
func (w *World) countNew(n map[string]int, k *bookkeeper, x *card, a act) {
	yes(n, "sub-task", x.typ == "Sub-task")
	yes(n, "unestimated", x.typ == "Story" && x.points == nil && x.seconds == nil && x.project != "OB")
	yes(n, "impediment from the beginning", x.labels["impediment"])
	yes(n, "impediment by type", x.typ == "Incident" && !x.labels["impediment"])
	yes(n, "no nature", x.labels["impediment"] && len(x.natures) == 0)
	yes(n, "epic with work of another project", x.epic != nil && x.epic.project != x.project)
	initiatives := 0
	for l := range x.labels {
		if strings.HasPrefix(l, "Project_") {
			initiatives++
		}
	}
	yes(n, "epic of two initiatives", initiatives == 2)
	for id := range x.sprints {
		s := k.accounts[id]
		yes(n, "created in a running sprint", s.running)
		yes(n, "ticket of another project in the sprint", s.crew.Key != x.project)
	}
}

// TestLikeness: the company looks like one. Sprints complete most of what they commit to, impediments take a part of
// the time, and no title comes twice.
func TestLikeness(t *testing.T) {
	if testing.Short() {
		t.Skip("makes several companies")
	}
	for seed := range uint64(10) {
		w := New(seed)
		for _, team := range w.Teams() {
			var shares, parts, n float64
			for _, s := range w.Books(team.Key, w.End, w.End).Sprints {
				if s.Closed && s.Commitment > 0 {
					shares, parts, n = shares+s.Completed/s.Commitment, parts+
						float64(s.Trouble.Seconds)/float64(s.Trouble.AllSeconds), n+1
				}
			}
			if team.Kanban {
				continue
			}
			if share, part := shares/n, parts/n; share < 0.6 || share > 1.1 || part < 0.05 || part > 0.25 {
				t.Errorf("seed %d, %s: on average %.0f %% completed, %.0f %% of the time for impediments", seed,
					team.Key, 100*share, 100*part)
			}
		}
		titles := map[string]int{}
		for _, x := range w.tickets {
			titles[x.summary]++
			if titles[x.summary] > 1 {
				t.Errorf("seed %d: two tickets are called %q", seed, x.summary)
			}
		}
	}
}
