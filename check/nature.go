package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/measure"
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

// few is below how many impediments the team's other issues say more of its fields.
const few = 5

// personal are the fields whose options may be the names of people: they are no natures and not shown.
var personal = regexp.MustCompile(`(?i)assign|owner|reporter|author|creator|review|approv|tester|developer|engineer|responsib|contact|lead\b|member|person|people|user|customer name`)

// notWhy are the fields that tell when, not why.
var notWhy = []string{"fixVersions", "versions"}

// checkNature says what tells the nature of impediments, and what could.
func (c *checker) checkNature() {
	among, what, rest := c.impeded, "impediments", ""
	if len(among) < few {
		among, what, rest = c.sample, "issues", "; there are few impediments, so all issues are looked at"
	}
	list := c.candidates(among)
	details := []map[string]any{}
	for _, k := range list {
		details = append(details, map[string]any{"nature": k.Nature, "name": k.Name, "filled": k.Filled, "of": k.Of, "share": k.Share, "values": k.Values})
	}
	f := Finding{OK: true, Details: map[string]any{"candidates": details}}
	id, now := c.presentNature()
	f.Details["nature"] = id
	at := slices.IndexFunc(list, func(k candidate) bool { return strings.EqualFold(k.Nature, id) })
	switch {
	case id != "" && now == "":
		f.OK, f.Found, f.Hint = false, fmt.Sprintf("impediment.nature is %q, and no field that holds options is called so", id), "Set it to a field's id or name, component, or label:PREFIX."
	case id != "" && at >= 0:
		f.Found = fmt.Sprintf("%s, filled in %s %s%s", now, of(list[at].Filled, list[at].Of), what, list[at].values())
	case id != "":
		f.Found = fmt.Sprintf("%s, filled in none of %d %s", now, len(among), what)
	default:
		f.Found = "not configured: all impediments count as " + measure.UnknownNature
	}
	f.Found += rest
	if at < 0 || list[at].Filled*2 < list[at].Of {
		c.suggestNature(&f, list, at)
	}
	c.say("nature", f)
	c.tellCandidates(list, at, what)
}

// suggestNature proposes the fullest candidate where it is fuller than what is used.
func (c *checker) suggestNature(f *Finding, list []candidate, at int) {
	if len(list) == 0 {
		f.Hint = "No field of options, component or label prefix is filled: a select field \"Nature\" in Jira tells why the unexpected came."
		if c.fields.LeftOut() > 0 { // one that is not read may be
			f.Hint = "No field of options that is read, component or label prefix is filled: name the field that tells why the unexpected came, it is read then."
		}
		return
	}
	if best := list[0]; at != 0 && best.Share >= 0.3 {
		f.Settings = []Setting{{"impediment.nature", yamlText(best.Nature), fmt.Sprintf("%s, filled in %s", best.Name, of(best.Filled, best.Of))}}
		return
	}
	if f.Hint == "" {
		f.Hint = "Fill it in Jira: what has none counts as " + measure.UnknownNature + "."
	}
}

// tellCandidates shows what else could be used.
func (c *checker) tellCandidates(list []candidate, at int, what string) {
	n := 0
	for k, one := range list {
		if k == at || n == 5 {
			continue
		}
		n++
		found := fmt.Sprintf("could be used: %s, filled in %.0f %% (%s %s)%s", label(one), 100*one.Share, of(one.Filled, one.Of), what, one.values())
		c.say("nature", Finding{OK: true, Found: found, Details: map[string]any{"candidate": one.Nature, "filled": one.Filled, "of": one.Of, "share": one.Share}})
	}
}

// values writes the options with their counts, as the end of a sentence.
func (k candidate) values() string {
	if len(k.Values) == 0 {
		return ""
	}
	return ": " + k.Values.text(4)
}

func label(k candidate) string {
	if k.Name == k.Nature {
		return k.Nature
	}
	return k.Name + " (" + k.Nature + ")"
}

// presentNature returns what is used as nature now: as configured, else the older bot's field where
// the site has it. name is "" for one that cannot be found.
func (c *checker) presentNature() (id, name string) {
	conf := c.conf.Impediment.Nature
	switch {
	case conf == "" && c.site.fields[c.conf.Impediment.DefaultNature].Option:
		byDefault := c.site.fields[c.conf.Impediment.DefaultNature]
		return byDefault.ID, named(byDefault) + ", by default"
	case conf == "":
		return "", ""
	case strings.HasPrefix(conf, "label:"):
		return conf, conf
	case strings.EqualFold(conf, "component"), strings.EqualFold(conf, "components"):
		return "component", "component"
	case c.site.fields[conf].Option:
		return conf, named(c.site.fields[conf])
	}
	for _, f := range c.fields.Fields() {
		if f.Option && strings.EqualFold(f.Name, conf) {
			return f.ID, named(f)
		}
	}
	return conf, ""
}

// candidates lists what could tell a nature, the most filled first.
func (c *checker) candidates(among []*agile.Issue) []candidate {
	var out []candidate
	for _, f := range c.fields.Fields() {
		if !f.Option || personal.MatchString(f.Name) || slices.Contains(notWhy, f.ID) {
			continue
		}
		k := candidate{Nature: f.ID, Name: f.Name, Of: len(among), Values: tally{}}
		if f.ID == "components" {
			k.Nature, k.Name = "component", "component"
		}
		for _, i := range among {
			values := i.Options[f.ID].Last()
			if len(values) > 0 {
				k.Filled++
			}
			for _, v := range values {
				k.Values[v]++
			}
		}
		out = append(out, k)
	}
	out = append(out, c.prefixes(among)...)
	for n := range out {
		out[n].Share = share(out[n].Filled, out[n].Of)
	}
	out = slices.DeleteFunc(out, func(k candidate) bool { return k.Filled == 0 })
	slices.SortStableFunc(out, func(a, b candidate) int {
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

var prefixed = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9]*[_:/-])(.+)$`)

// prefixes finds labels that share a beginning, as why_support and why_incident do.
func (c *checker) prefixes(among []*agile.Issue) []candidate {
	found, words := map[string]*candidate{}, map[string]tally{}
	for _, i := range among {
		seen := map[string]bool{}
		for _, l := range i.Labels.Last() {
			m := prefixed.FindStringSubmatch(l)
			if m == nil || c.conf.Initiative.NameIn(l) != "" || c.conf.Quarter.Label != nil && c.conf.Quarter.Label.MatchString(l) || personal.MatchString(m[1]) {
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
		if len(words[prefix]) > 1 || strings.EqualFold(k.Nature, c.conf.Impediment.Nature) {
			out = append(out, *k)
		}
	}
	slices.SortFunc(out, func(a, b candidate) int { return strings.Compare(a.Nature, b.Nature) })
	return out
}
