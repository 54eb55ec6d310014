package check

import (
	"regexp"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/sorting"
)

// candidate is what could tell the nature of impediments, and how often it does.
type candidate struct {
	Nature string // as impediment.nature is written
	Name   string
	Filled int
	Of     int
	Share  float64 // Filled of Of
	Values tally   // of a field's options; what follows a label's prefix is not told
}

// personalFields are the fields whose options may be the names of people: they are no natures and not shown.
var personalFields = regexp.MustCompile(
	`(?i)assign|owner|reporter|author|creator|review|approv|tester|developer|engineer|` +
		`responsib|contact|lead\b|member|person|people|user|customer name`,
)

// notWhy are the fields that tell when, not why.
var notWhy = []string{"fixVersions", "versions"}

// valuesText writes the options with their counts, as the end of a sentence.
func (k candidate) valuesText() string {
	if len(k.Values) == 0 {
		return ""
	}
	return ": " + k.Values.rankedText(4)
}

// natureLabel names it, with how it is written where that differs.
func (k candidate) natureLabel() string {
	if k.Name == k.Nature {
		return k.Nature
	}
	return k.Name + " (" + k.Nature + ")"
}

// natureCandidates lists what could tell a nature, the most filled first.
func natureCandidates(fields document.Fieldset, conf agile.Team, among []*agile.Issue) []candidate {
	var out []candidate
	for _, f := range fields.Fields() {
		if !f.Option || personalFields.MatchString(f.Name) || slices.Contains(notWhy, f.ID) {
			continue
		}
		k := candidate{Nature: f.ID, Name: f.Name, Of: len(among), Values: tally{}}
		if f.ID == "components" {
			k.Nature, k.Name = "component", "component"
		}
		for _, i := range among {
			values := i.Options.Of(f.ID).Last()
			if len(values) > 0 {
				k.Filled++
			}
			for _, v := range values {
				k.Values[v]++
			}
		}
		out = append(out, k)
	}
	out = append(out, labelPrefixes(conf, among)...)
	for n := range out {
		out[n].Share = shareOf(out[n].Filled, out[n].Of)
	}
	out = slices.DeleteFunc(out, func(k candidate) bool { return k.Filled == 0 })
	sorting.By(out, func(a, b candidate) int {
		switch {
		case a.Filled != b.Filled:
			return b.Filled - a.Filled
		case a.Nature == "component": // it tells where, and only by habit why
			return 1
		case b.Nature == "component":
			return -1
		}
		return 0
	})
	return out
}

var labelPrefix = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9]*[_:/-])(.+)$`)

// labelPrefixes finds labels that share a beginning, as why_support and why_incident do.
func labelPrefixes(conf agile.Team, among []*agile.Issue) []candidate {
	found, words := map[string]*candidate{}, map[string]tally{}
	for _, i := range among {
		seen := map[string]bool{}
		for _, l := range i.Labels.Last() {
			m := labelPrefix.FindStringSubmatch(l)
			if m == nil || conf.Initiative.NameIn(l) != "" ||
				conf.Quarter.Label != nil && conf.Quarter.Label.MatchString(l) ||
				personalFields.MatchString(m[1]) {
				continue
			}
			k := found[m[1]]
			if k == nil {
				k = &candidate{Nature: "label:" + m[1], Name: "label:" + m[1], Of: len(among)}
				found[m[1]], words[m[1]] = k, tally{}
			}
			words[m[1]][m[2]]++
			if !seen[m[1]] {
				seen[m[1]] = true
				k.Filled++
			}
		}
	}
	var out []candidate
	for prefix, k := range found {
		if len(words[prefix]) > 1 || strings.EqualFold(k.Nature, conf.Impediment.Nature) {
			out = append(out, *k)
		}
	}
	sorting.By(out, func(a, b candidate) int { return strings.Compare(a.Nature, b.Nature) })
	return out
}
