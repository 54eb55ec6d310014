package storytest

import (
	"slices"
	"strconv"
	"time"

	"pgregory.net/rapid"

	"jerem/agile"
)

var GeneratedStart = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// GenerateHistory draws a history of a few issues that enter and leave two sprints, change their
// estimates, states, types, parents, teams and projects, often at one and the same moment.
func GenerateHistory(t *rapid.T) *agile.History {
	h := NewHistory()
	h.Board.Estimate = rapid.SampledFrom([]string{EstimateField, "timeoriginalestimate", ""}).Draw(t, "estimate")
	end := GeneratedStart.Add(100 * time.Hour)
	h.Team.Quarter.FirstMonth = time.February // the fourth quarter begins amid the changes
	h.Sprints = []agile.Sprint{
		{ID: 1, Versions: []agile.SprintVersion{{Name: "S1", State: agile.Closed, Start: GeneratedStart, End: end,
			Complete: end}}},
		{ID: 2, Versions: []agile.SprintVersion{{Name: "S2", State: agile.Active,
			Start: GeneratedStart.Add(50 * time.Hour), End: end}}},
	}
	n := rapid.IntRange(1, 6).Draw(t, "issues")
	for id := int64(1); id <= int64(n); id++ {
		h.Issues = append(h.Issues, genIssue(t, id, int64(n)))
	}
	for id := range rapid.Int64Range(0, 6).Draw(t, "worklogs") {
		started := GeneratedStart.Add(time.Duration(rapid.IntRange(-20, 110).Draw(t, "started")) * time.Hour)
		log := agile.Worklog{ID: id, Issue: rapid.Int64Range(1, int64(n)).Draw(t, "issue"), Seconds: 100,
			Started: started, Created: started.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, "logged")) * time.Hour)}
		if created := h.Issues[log.Issue-1].Created; log.Created.Before(created) {
			log.Created = created // work may lie before the issue, its logging may not
		}
		h.Worklogs = append(h.Worklogs, log)
	}
	if rapid.IntRange(0, 3).Draw(t, "told by the Team field") == 0 {
		h.Team.Works = "Red"
	}
	if rapid.Bool().Draw(t, "filtered") {
		h.Matches = map[int64]bool{}
		for id := int64(1); id <= int64(n); id++ {
			h.Matches[id] = rapid.Bool().Draw(t, "matches")
		}
	}
	return h
}

func genIssue(t *rapid.T, id, n int64) *agile.Issue {
	hours := rapid.IntRange(-60, 90)
	created := GeneratedStart.Add(time.Duration(hours.Draw(t, "created")) * time.Hour)
	i := &agile.Issue{ID: id, Created: created}
	i.Key = agile.Constant(created, string(rune('A'+id)))
	var times []time.Time
	for range rapid.IntRange(0, 12).Draw(t, "changes") {
		at := GeneratedStart.Add(time.Duration(hours.Draw(t, "at")+rapid.IntRange(0, 20).Draw(t, "late")) * time.Hour)
		if at.Before(created) {
			at = created
		}
		times = append(times, at)
	}
	slices.SortFunc(times, time.Time.Compare)
	genField(t, &i.Sprints, created, times, rapid.SampledFrom([][]int64{nil, {1}, {2}, {1, 2}}))
	genField(t, &i.Status, created, times, rapid.SampledFrom([]string{"1", "3", "6", "77"}))
	genField(t, &i.Resolution, created, times, rapid.SampledFrom([]string{"", "r"}))
	genField(t, &i.Type, created, times, rapid.SampledFrom([]string{"story", "story", "sub", "epic"}))
	genField(t, &i.Project, created, times, rapid.SampledFrom([]string{"10", "10", "99"}))
	genField(t, &i.Labels, created, times, rapid.SampledFrom([][]string{nil, {"Q4-26"}, {"Q3-26", "Q4-26"}, {"Q3-26"},
		{"Q4-26", "impediment"}, {"Dependency"}}))
	genField(t, &i.Parent, created, times, rapid.Int64Range(0, n))
	genField(t, &i.EpicLink, created, times, rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"",
			strconv.FormatInt(rapid.Int64Range(1, n).Draw(t, "id"), 10)}).Draw(t, "link")
	}))
	number := rapid.Custom(func(t *rapid.T) agile.Number {
		return agile.Number{Value: float64(rapid.IntRange(0, 8).Draw(t, "half")) / 2,
			Known: rapid.Bool().Draw(t, "known")}
	})
	for _, field := range []string{EstimateField, "timeoriginalestimate"} {
		var tl agile.Timeline[agile.Number]
		genField(t, &tl, created, times, number)
		i.Numbers.Put(field, tl)
	}
	var works agile.Timeline[[]string]
	genField(t, &works, created, times,
		rapid.SampledFrom([][]string{nil, nil, {"Red", "8"}, {"Red", "8"}, {"Blue", "7"}}))
	i.Options.Put(agile.FieldTeam, works)
	return i
}

// genField draws a timeline that changes at some of the given moments; the place in the list is the
// order of the change.
func genField[T any](t *rapid.T, tl *agile.Timeline[T], created time.Time, times []time.Time,
	values *rapid.Generator[T]) {
	*tl = agile.Constant(created, values.Draw(t, "first"))
	for n, at := range times {
		if rapid.IntRange(0, 2).Draw(t, "here") == 0 {
			*tl = append(*tl, agile.Step[T]{From: agile.MomentOf(at), Order: n + 1, Value: values.Draw(t, "value")})
		}
	}
}

// KnownAt returns a history without what came after a moment.
func KnownAt(h *agile.History, at time.Time) *agile.History {
	known := *h
	known.Issues = nil
	for _, i := range h.Issues {
		if !i.Created.After(at) {
			known.Issues = append(known.Issues, issueKnownAt(i, at))
		}
	}
	known.Worklogs = slices.DeleteFunc(slices.Clone(h.Worklogs),
		func(w agile.Worklog) bool { return w.Created.After(at) })
	return &known
}

func issueKnownAt(i *agile.Issue, at time.Time) *agile.Issue {
	c := *i
	c.Sprints, c.Status, c.Resolution = upTo(i.Sprints, at), upTo(i.Status, at), upTo(i.Resolution, at)
	c.Labels, c.EpicLink = upTo(i.Labels, at), upTo(i.EpicLink, at)
	c.Type, c.Project, c.Parent = upTo(i.Type, at), upTo(i.Project, at), upTo(i.Parent, at)
	c.Numbers = agile.FieldsOf(map[string]agile.Timeline[agile.Number]{})
	for f, tl := range i.Numbers.All() {
		c.Numbers.Put(f, upTo(tl, at))
	}
	c.Options = agile.FieldsOf(map[string]agile.Timeline[[]string]{})
	for f, tl := range i.Options.All() {
		c.Options.Put(f, upTo(tl, at))
	}
	return &c
}

func upTo[T any](tl agile.Timeline[T], at time.Time) agile.Timeline[T] {
	var out agile.Timeline[T]
	for _, s := range tl {
		if !s.From.After(at) {
			out = append(out, s)
		}
	}
	return out
}

// Shuffled returns a history whose lists came in another order.
func Shuffled(t *rapid.T, h *agile.History) *agile.History {
	other := *h
	other.Issues = rapid.Permutation(h.Issues).Draw(t, "order of issues")
	other.Worklogs = rapid.Permutation(h.Worklogs).Draw(t, "order of worklogs")
	other.Sprints = rapid.Permutation(h.Sprints).Draw(t, "order of sprints")
	return &other
}

// InScope tells whether an issue of a generated history is in the team's own scope at a moment, by the letter: by its
// project, the filter and the Team field, which a sub-task without a value has of its parent.
func InScope(h *agile.History, i *agile.Issue, at time.Time) bool {
	team := i.Options.Of(agile.FieldTeam).At(at)
	if len(team) == 0 && h.Types[i.Type.At(at)].Level < 0 {
		for _, p := range h.Issues {
			if p.ID == i.Parent.At(at) && !p.Created.After(at) {
				team = p.Options.Of(agile.FieldTeam).At(at)
			}
		}
	}
	return i.Project.At(at) == "10" && (h.Matches == nil || h.Matches[i.ID]) &&
		(h.Team.Works == "" || slices.Contains(team, h.Team.Works))
}
