package moved

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/sorting"
)

// Move is what the configuration says of a team that moved.
type Move struct {
	At     time.Time         // from when on the present site tells
	Fields map[string]string // ids of fields of the present site by those of the former one, where names do not tell
}

// Joiner joins one team's former history with the present one, time after time. It is not safe for concurrent use.
type Joiner struct {
	former *agile.History
	move   Move
	cut    time.Time

	ids    identities
	joined map[int64]joinedIssue // by present id
	alone  []*agile.Issue        // former issues that the present site does not have
}

// joinedIssue is a present issue and what it was joined to.
type joinedIssue struct{ present, former, out *agile.Issue }

// NewJoiner returns the joiner of a team's former history.
func NewJoiner(former *agile.History, move Move) *Joiner {
	cut := move.At
	if former.Until.Before(cut) {
		cut = former.Until
	}
	return &Joiner{former: former, move: move, cut: cut}
}

// Counts tell what a join found on both sites, and what on the former one alone.
type Counts struct {
	Issues, IssuesAlone   int
	Sprints, SprintsAlone int
	FieldsAlone           []string // names of fields that only the former site has, in order
	StatusesAlone         []string // and of statuses
}

// Join returns the present history with the past of the former one. whole tells that it may differ in more than in the
// issues in which the present history differs from the one before: the present site has other ids now, or this is the
// first time.
func (j *Joiner) Join(present *agile.History) (out *agile.History, whole bool) {
	ids := identifyAll(j.former, present, j.move.Fields, j.cut)
	if whole = j.joined == nil || !ids.equal(j.ids); whole {
		j.translateFormer(ids)
	}
	joined := *present
	joined.Statuses = joinStatuses(j.former, present, ids)
	joined.Types = joinTypes(j.former, present, ids)
	joined.Versions = joinVersions(j.former, present, ids)
	joined.Fields = joinFieldNames(j.former, present, ids)
	joined.Sprints = joinSprints(j.former, present, ids, j.cut)
	joined.Issues = j.joinIssues(present)
	joined.Worklogs = joinWorklogs(j.former, present, ids, j.cut)
	joined.Matches = joinMatches(j.former, present, ids)
	joined.Impeded = joinImpeded(j.former, present, ids, j.cut)
	joined.DaysOff = joinDaysOff(j.former, present, j.cut)
	joined.Gaps = joinGaps(j.former, present)
	joined.PastChanges = joinPastChanges(j.former, present, ids, j.cut)
	return &joined, whole
}

// Counts tells what was found on both sites by the last join; before the first one all stands alone.
func (j *Joiner) Counts() Counts {
	var c Counts
	for _, i := range j.former.Issues {
		if j.ids.presentIssue(i.ID) > 0 {
			c.Issues++
		} else {
			c.IssuesAlone++
		}
	}
	for _, s := range j.former.Sprints {
		if j.ids.presentSprint(s.ID) > 0 {
			c.Sprints++
		} else {
			c.SprintsAlone++
		}
	}
	for id, field := range j.former.Fields {
		if j.ids.presentField(id) == formerPrefix+id {
			c.FieldsAlone = append(c.FieldsAlone, field.Name)
		}
	}
	for id, status := range j.former.Statuses {
		if textID(j.ids.statuses, id) == formerPrefix+id {
			c.StatusesAlone = append(c.StatusesAlone, status.Name)
		}
	}
	slices.Sort(c.FieldsAlone)
	slices.Sort(c.StatusesAlone)
	return c
}

// translateFormer translates the former issues into other ids.
func (j *Joiner) translateFormer(ids identities) {
	j.ids, j.joined, j.alone = ids, map[int64]joinedIssue{}, nil
	for _, i := range j.former.Issues {
		if i.Created.After(j.cut) {
			continue // made on the former site after the team had left it
		}
		former := translateIssue(i, ids)
		if former.ID < 0 {
			isDone := j.former.Statuses[i.Status.At(j.cut)].Category == agile.CategoryDone
			j.alone = append(j.alone, leaveBehind(former, isDone, j.cut))
			continue
		}
		j.joined[former.ID] = joinedIssue{former: former}
	}
}

func (j *Joiner) joinIssues(present *agile.History) []*agile.Issue {
	out := make([]*agile.Issue, 0, len(present.Issues)+len(j.alone))
	out = append(out, j.alone...)
	for _, i := range present.Issues {
		with, has := j.joined[i.ID]
		if !has {
			out = append(out, i)
			continue
		}
		if with.present != i {
			with.present, with.out = i, joinIssue(with.former, i, j.cut)
			j.joined[i.ID] = with
		}
		out = append(out, with.out)
	}
	slices.SortFunc(out, func(a, b *agile.Issue) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

func joinStatuses(former, present *agile.History, ids identities) map[string]agile.Status {
	out := maps.Clone(present.Statuses)
	for id, status := range former.Statuses {
		now := ids.statuses[id]
		is, has := out[now]
		if !has {
			status.ID = now
			out[now] = status
			continue
		}
		for _, name := range status.Names {
			if !slices.Contains(is.Names, name) {
				is.Names = append(slices.Clone(is.Names), name)
			}
		}
		out[now] = is
	}
	return out
}

func joinTypes(former, present *agile.History, ids identities) map[string]agile.Type {
	out := maps.Clone(present.Types)
	for id, of := range former.Types {
		if now := ids.types[id]; out[now].ID == "" {
			of.ID = now
			out[now] = of
		}
	}
	return out
}

func joinVersions(former, present *agile.History, ids identities) map[string]string {
	out := map[string]string{}
	for id, name := range former.Versions {
		out[ids.versions[id]] = name
	}
	maps.Copy(out, present.Versions)
	return out
}

func joinFieldNames(former, present *agile.History, ids identities) map[string]agile.Field {
	out := map[string]agile.Field{}
	for id, field := range former.Fields {
		field.ID = ids.presentField(id)
		out[field.ID] = field
	}
	maps.Copy(out, present.Fields)
	return out
}

// joinMatches adds which of the issues that the present site does not have matched the filter at the last reading of
// the former one.
func joinMatches(former, present *agile.History, ids identities) map[int64]bool {
	if present.Matches == nil {
		return nil
	}
	out := maps.Clone(present.Matches)
	for id, matched := range former.Matches {
		if now := ids.presentIssue(id); now < 0 {
			out[now] = matched
		}
	}
	return out
}

func joinImpeded(former, present *agile.History, ids identities, cut time.Time) map[int64]agile.Timeline[bool] {
	if len(former.Impeded) == 0 {
		return present.Impeded
	}
	was := map[int64]agile.Timeline[bool]{}
	for id, tl := range former.Impeded {
		was[ids.presentIssue(id)] = tl
	}
	out := make(map[int64]agile.Timeline[bool], len(present.Impeded))
	for id, tl := range present.Impeded {
		out[id] = joinTimeline(was[id], tl, cut, equalComparable)
	}
	for id, tl := range was {
		if _, has := present.Impeded[id]; !has {
			out[id] = joinTimeline(tl, nil, cut, equalComparable)
		}
	}
	return out
}

// joinGaps is what either history lacks: what the former one lacks is lacking for good.
func joinGaps(former, present *agile.History) []agile.Gap {
	out := slices.Clone(present.Gaps)
	for _, gap := range former.Gaps {
		n := slices.IndexFunc(out, func(g agile.Gap) bool {
			return g.Source == gap.Source && g.Code == gap.Code && g.Subject == gap.Subject &&
				(!g.Subject.IsRule() || g.From.Equal(gap.From) && g.Since.Equal(gap.Since))
		})
		if n < 0 {
			out = append(out, gap)
			continue
		}
		both := out[n]
		if both.Issues != nil && gap.Issues != nil {
			both.Issues = slices.Compact(slices.Sorted(slices.Values(slices.Concat(both.Issues, gap.Issues))))
		} else {
			both.Issues = nil
		}
		if gap.Since.Before(both.Since) {
			both.Since = gap.Since
		}
		out[n] = both
	}
	sorting.By(out, func(a, b agile.Gap) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Code, b.Code), a.Subject.Compare(b.Subject))
	})
	return out
}
