package grade

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"jerem/measure/internal/impediment"
	"jerem/measure/internal/naming"
	"jerem/measure/words"
	"jerem/sorting"
)

// AddElsewhere adds that work which counts with impediments was logged while their issues stood elsewhere.
func (r *Reasons) AddElsewhere(on Basis, logs []impediment.Elsewhere) {
	if text := ElsewhereText(logs); text != "" {
		r.Add(on, Partial, "%s", text)
	}
}

// AddNotHere adds to figures of the time logged on the team's own issues that its impediments have more.
func (r *Reasons) AddNotHere(on Basis, logs []impediment.Elsewhere) {
	if sum, issues, places := sumElsewhere(logs); sum != "" {
		r.Add(on, Partial, "the team's impediments have %s more, logged while %s stood elsewhere: %s", sum, issues,
			places)
	}
}

// ElsewhereText says that time of impediments was logged while their issues stood elsewhere, and counts there too; ""
// where none was.
func ElsewhereText(logs []impediment.Elsewhere) string {
	sum, issues, places := sumElsewhere(logs)
	if sum == "" {
		return ""
	}
	return fmt.Sprintf("%s of the time of impediments was logged while %s stood elsewhere, and counts there too: %s",
		sum, issues, places)
}

// elsewherePlace is an issue and where it stood.
type elsewherePlace struct{ key, where string }

// sumElsewhere sums up work that was logged elsewhere, "" where there is none, and says how many issues it was logged
// on and which of them stood where.
func sumElsewhere(logs []impediment.Elsewhere) (time, issues, places string) {
	sum, keys, seconds := int64(0), map[string]bool{}, map[elsewherePlace]int64{}
	for _, l := range logs {
		if l.OtherProject || l.OtherTeam {
			sum, keys[l.Key] = sum+l.Log.Seconds, true
			seconds[elsewherePlace{l.Key, whereOf(l)}] += l.Log.Seconds
		}
	}
	if sum == 0 {
		return "", "", ""
	}
	var list []string
	all := slices.Collect(maps.Keys(seconds))
	sorting.By(all, func(a, b elsewherePlace) int {
		return cmp.Or(naming.CompareKeys(a.key, b.key), cmp.Compare(a.where, b.where))
	})
	for _, at := range all {
		list = append(list, at.key+" ("+words.Duration(float64(seconds[at]))+" "+at.where+")")
	}
	return words.Duration(float64(sum)), words.Count(len(keys), "issue"), listKeys(list)
}

// whereOf says where an issue stood.
func whereOf(l impediment.Elsewhere) string {
	switch {
	case l.Project != "":
		return "in project " + l.Project
	case l.OtherProject:
		return "in another project"
	case len(l.Teams) > 0:
		return "with the team " + l.Teams[0]
	}
	return "without a team"
}
