package moved

import (
	"slices"
	"time"

	"jerem/agile"
)

// joinTimeline joins two tellings of one value: the former one up to the cut, the present one from then on. Where they
// do not meet the value changes at the cut; where the present one begins later, when it begins.
func joinTimeline[T any](former, present agile.Timeline[T], cut time.Time, equal func(a, b T) bool) agile.Timeline[T] {
	if len(former) == 0 || former[0].From.After(cut) {
		return present
	}
	out := make(agile.Timeline[T], 0, len(former)+len(present))
	for _, step := range former {
		if !step.From.After(cut) {
			out = append(out, step)
		}
	}
	last := func() agile.Step[T] { return out[len(out)-1] }
	if present.Began(cut) && !equal(last().Value, present.At(cut)) {
		order := 0
		if last().From.Equal(cut) {
			order = last().Order + 1
		}
		out = append(out, agile.Step[T]{From: agile.MomentOf(cut), Order: order, Value: present.At(cut)})
	}
	for _, step := range present {
		if step.From.After(cut) && !equal(last().Value, step.Value) {
			out = append(out, step)
		}
	}
	return out
}

// translateTimeline returns a timeline of other values.
func translateTimeline[T any](tl agile.Timeline[T], translate func(T) T) agile.Timeline[T] {
	if tl == nil {
		return nil
	}
	out := make(agile.Timeline[T], len(tl))
	for n, step := range tl {
		step.Value = translate(step.Value)
		out[n] = step
	}
	return out
}

func equalComparable[T comparable](a, b T) bool { return a == b }

func equalSlices[T comparable](a, b []T) bool { return slices.Equal(a, b) }

// translateIssue returns a former issue as if the present site told it.
func translateIssue(i *agile.Issue, ids identities) *agile.Issue {
	out := *i
	out.ID = ids.presentIssue(i.ID)
	out.Project = translateTimeline(i.Project, func(id string) string { return textID(ids.projects, id) })
	out.Type = translateTimeline(i.Type, func(id string) string { return textID(ids.types, id) })
	out.Status = translateTimeline(i.Status, func(id string) string { return textID(ids.statuses, id) })
	out.Sprints = translateTimeline(i.Sprints, func(list []int64) []int64 {
		now := make([]int64, len(list))
		for n, id := range list {
			now[n] = ids.presentSprint(id)
		}
		slices.Sort(now)
		return now
	})
	out.Parent = translateTimeline(i.Parent, ids.presentIssue)
	out.EpicLink = translateTimeline(i.EpicLink, ids.epicLink)
	out.FixVersions = translateTimeline(i.FixVersions, func(list []string) []string {
		now := make([]string, len(list))
		for n, id := range list {
			now[n] = textID(ids.versions, id)
		}
		slices.Sort(now)
		return now
	})
	out.Numbers, out.Options, out.Relatives = nil, nil, nil
	for field, tl := range i.Numbers.All() {
		out.Numbers.Put(ids.presentField(field), tl)
	}
	for field, tl := range i.Options.All() {
		out.Options.Put(ids.presentField(field), tl)
	}
	for id, key := range i.Relatives.All() {
		out.Relatives.Put(ids.presentIssue(id), key)
	}
	out.Broken = agile.Joints{}
	for field, n := range i.Broken {
		out.Broken[ids.presentField(field)] += n
	}
	return &out
}

// joinIssue joins one issue, the former telling of it in the present site's ids.
func joinIssue(former, present *agile.Issue, cut time.Time) *agile.Issue {
	if former.Created.After(cut) {
		return present
	}
	out := *present
	out.Created = former.Created
	out.Key = joinTimeline(former.Key, present.Key, cut, equalComparable)
	out.Summary = joinTimeline(former.Summary, present.Summary, cut, equalComparable)
	out.Project = joinTimeline(former.Project, present.Project, cut, equalComparable)
	out.Type = joinTimeline(former.Type, present.Type, cut, equalComparable)
	out.Status = joinTimeline(former.Status, present.Status, cut, equalComparable)
	out.Resolution = joinTimeline(former.Resolution, present.Resolution, cut, func(a, b string) bool {
		return (a == "") == (b == "") // their ids differ, and only whether there is one is asked
	})
	out.Sprints = joinTimeline(former.Sprints, present.Sprints, cut, equalSlices)
	out.Parent = joinTimeline(former.Parent, present.Parent, cut, equalComparable)
	out.EpicLink = joinTimeline(former.EpicLink, present.EpicLink, cut, equalComparable)
	out.Labels = joinTimeline(former.Labels, present.Labels, cut, equalSlices)
	out.FixVersions = joinTimeline(former.FixVersions, present.FixVersions, cut, equalSlices)
	out.Due = joinTimeline(former.Due, present.Due, cut, equalComparable)
	out.Flagged = joinTimeline(former.Flagged, present.Flagged, cut, equalComparable)
	out.Numbers = joinFields(former.Numbers, present.Numbers, cut, equalComparable)
	out.Options = joinFields(former.Options, present.Options, cut, equalSlices)
	out.Relatives = nil
	for _, named := range []agile.Relatives{former.Relatives, present.Relatives} {
		for id, key := range named.All() {
			out.Relatives.Put(id, key)
		}
	}
	if !out.Resolved.After(cut) {
		out.Resolved = former.Resolved
	}
	if !out.Recategorized.After(cut) {
		out.Recategorized = former.Recategorized
	}
	out.Broken = agile.Joints{}
	for _, joints := range []agile.Joints{former.Broken, present.Broken} {
		for field, n := range joints {
			out.Broken[field] += n
		}
	}
	return &out
}

// leaveBehind returns an issue that the present site does not have: what it was until the cut, and in no project of the
// present site since. One that was open can never be done, so it is in no sprint and of no epic any more; what was done
// stays in what it was done for.
func leaveBehind(former *agile.Issue, isDone bool, cut time.Time) *agile.Issue {
	left := &agile.Issue{ID: former.ID, Updated: former.Updated, Project: agile.Constant(cut, formerPrefix)}
	if !isDone {
		left.Sprints = agile.Constant(cut, []int64(nil))
		left.Parent = agile.Constant(cut, int64(0))
		left.EpicLink = agile.Constant(cut, "")
	}
	return joinIssue(former, left, cut)
}

// joinFields joins timelines that have a name or a number.
func joinFields[T any](former, present agile.Fields[T], cut time.Time, equal func(a, b T) bool) agile.Fields[T] {
	var out agile.Fields[T]
	for field, tl := range present.All() {
		out.Put(field, joinTimeline(former.Of(field), tl, cut, equal))
	}
	for field, tl := range former.All() {
		if !present.Has(field) {
			out.Put(field, joinTimeline(tl, nil, cut, equal))
		}
	}
	return out
}
