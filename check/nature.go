package check

import (
	"fmt"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/measure"
)

// fewImpediments is below how many impediments the team's other issues say more of its fields.
const fewImpediments = 5

// checkNature says what tells the nature of impediments, and what could.
func (c *checker) checkNature() {
	among, what, rest := c.sample.impeded, "impediments", ""
	if len(among) < fewImpediments {
		among, what, rest = c.sample.tasks, "issues", "; there are few impediments, so all issues are looked at"
	}
	list := natureCandidates(c.fields, c.conf, among)
	details := []map[string]any{}
	for _, k := range list {
		details = append(
			details,
			map[string]any{
				"nature": k.Nature,
				"name":   k.Name,
				"filled": k.Filled,
				"of":     k.Of,
				"share":  k.Share,
				"values": k.Values,
			},
		)
	}
	f := Finding{OK: true, Details: map[string]any{"candidates": details}}
	id, now := c.site.natureNow(c.conf.Impediment)
	f.Details["nature"] = id
	at := slices.IndexFunc(list, func(k candidate) bool { return strings.EqualFold(k.Nature, id) })
	switch {
	case id != "" && now == "":
		f.OK, f.Found, f.Hint = false, fmt.Sprintf(
			"impediment.nature is %q, and no field that holds options is called so",
			id,
		), "Set it to a field's id or name, component, or label:PREFIX."
	case id != "" && at >= 0:
		f.Found = fmt.Sprintf(
			"%s, filled in %s %s%s",
			now,
			ofAll(list[at].Filled, list[at].Of),
			what,
			list[at].valuesText(),
		)
	case id != "":
		f.Found = fmt.Sprintf("%s, filled in none of %d %s", now, len(among), what)
	default:
		f.Found = "not configured: all impediments count as " + measure.UnknownNature
	}
	f.Found += rest
	switch {
	case id != "" && now != "" && len(list) == 0:
		f.Hint = "Fill it in Jira: it tells why the unexpected came, and what has none counts as " +
			measure.UnknownNature + "."
	case at < 0 || list[at].Filled*2 < list[at].Of:
		suggestNature(&f, list, at, c.fields.LeftOut() > 0)
	}
	c.found.addFinding("nature", f)
	for _, other := range otherCandidates(list, at, what) {
		c.found.addFinding("nature", other)
	}
}

// suggestNature proposes the fullest candidate where it is fuller than what is used.
func suggestNature(f *Finding, list []candidate, at int, leftOut bool) {
	if len(list) == 0 {
		f.Hint = "No field of options, component or label prefix is filled: a select field \"Nature\" in Jira " +
			"tells why the unexpected came."
		if leftOut { // one that is not read may be
			f.Hint = "No field of options that is read, component or label prefix is filled: name the field " +
				"that tells why the unexpected came, it is read then."
		}
		return
	}
	if best := list[0]; at != 0 && best.Share >= 0.3 {
		f.Settings = []Setting{
			{
				"impediment.nature",
				yamlText(best.Nature),
				fmt.Sprintf("%s, filled in %s", best.Name, ofAll(best.Filled, best.Of)),
			},
		}
		return
	}
	if f.Hint == "" {
		f.Hint = "Fill it in Jira: what has none counts as " + measure.UnknownNature + "."
	}
}

// otherCandidates tell what else could be used.
func otherCandidates(list []candidate, at int, what string) (out []Finding) {
	n := 0
	for k, one := range list {
		if k == at || n == 5 {
			continue
		}
		n++
		found := fmt.Sprintf(
			"could be used: %s, filled in %.0f %% (%s %s)%s",
			one.natureLabel(),
			100*one.Share,
			ofAll(one.Filled, one.Of),
			what,
			one.valuesText(),
		)
		out = append(
			out,
			Finding{
				OK:    true,
				Found: found,
				Details: map[string]any{
					"candidate": one.Nature,
					"filled":    one.Filled,
					"of":        one.Of,
					"share":     one.Share,
				},
			},
		)
	}
	return out
}

// natureNow returns what is used as nature now: as configured, else the older bot's field where
// the site has it. name is "" for one that cannot be found.
func (s *site) natureNow(rule agile.ImpedimentRule) (id, name string) {
	conf := rule.Nature
	switch {
	case conf == "" && s.fields[rule.DefaultNature].Option:
		return rule.DefaultNature, fieldLabel(s.fields[rule.DefaultNature]) + ", by default"
	case conf == "":
		return "", ""
	case strings.HasPrefix(conf, "label:"):
		return conf, conf
	case strings.EqualFold(conf, "component"), strings.EqualFold(conf, "components"):
		return "component", "component"
	case s.fields[conf].Option:
		return conf, fieldLabel(s.fields[conf])
	}
	for _, f := range s.fieldset.Fields() {
		if f.Option && strings.EqualFold(f.Name, conf) {
			return f.ID, fieldLabel(f)
		}
	}
	return conf, ""
}
