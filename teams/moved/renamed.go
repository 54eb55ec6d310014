package moved

import (
	"time"

	"jerem/agile"
)

// identifyRenamed finds statuses, types and versions that have other names on the present site than they ever had on
// the former one.
func (ids identities) identifyRenamed(former, present *agile.History, cut time.Time) {
	for _, of := range []struct {
		known   map[string]string
		valueAt func(*agile.Issue) string
	}{
		{ids.statuses, func(i *agile.Issue) string { return i.Status.At(cut) }},
		{ids.types, func(i *agile.Issue) string { return i.Type.At(cut) }},
		{ids.versions, func(i *agile.Issue) string { return onlyOne(i.FixVersions.At(cut)) }},
	} {
		ids.identifyByIssues(of.known, former, present, of.valueAt)
	}
}

// identifyByIssues finds, for each former id that no name tells, the present one that all issues on both sites have in
// its place, where they have it in the place of no other.
func (ids identities) identifyByIssues(known map[string]string, former, present *agile.History,
	valueAt func(*agile.Issue) string) {
	var nameless []string
	taken := map[string]bool{}
	for id, now := range known {
		if now == formerPrefix+id {
			nameless = append(nameless, id)
		} else {
			taken[now] = true
		}
	}
	if len(nameless) == 0 {
		return
	}
	there, back := votes[string]{}, votes[string]{}
	for _, i := range former.Issues {
		n, has := agile.PlaceOf(present.Issues, ids.issues[i.ID])
		if !has {
			continue
		}
		if was, is := valueAt(i), valueAt(present.Issues[n]); was != "" && is != "" {
			there.add(was, is)
			back.add(is, was)
		}
	}
	for _, id := range nameless {
		if now := there.onlyVote(id); now != "" && back.onlyVote(now) == id && !taken[now] {
			known[id] = now
		}
	}
}

// votes count the issues that have an id of one site in the place of one of the other.
type votes[ID comparable] map[ID]map[ID]int

func (v votes[ID]) add(id, other ID) {
	if v[id] == nil {
		v[id] = map[ID]int{}
	}
	v[id][other]++
}

// onlyVote is the one id in the place of another; the zero id where there is none, or more than one.
func (v votes[ID]) onlyVote(id ID) (other ID) {
	if len(v[id]) == 1 {
		for other = range v[id] {
		}
	}
	return other
}

// isMost tells whether most issues have an id in the place of another.
func (v votes[ID]) isMost(id, other ID) bool {
	all := 0
	for _, n := range v[id] {
		all += n
	}
	return 2*v[id][other] > all
}

func onlyOne(ids []string) string {
	if len(ids) != 1 {
		return ""
	}
	return ids[0]
}
