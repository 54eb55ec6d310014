package config

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v4"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/pay"
)

var payTable = newTable([]key{
	dateKey("from", func(t *target) *calendar.Date { return &t.oncall.policy.From }),
	currencyKey("currency"),
	flatKey(1), flatKey(2), flatKey(3),
	feeKey(pay.BandHours), feeKey(pay.BandDay), feeKey(pay.BandNight), feeKey(pay.BandWeekend), feeKey(pay.BandHoliday),
	nightKey("night"),
	durationKey("merge", 0, func(t *target) *time.Duration { return &t.oncall.policy.Merge }),
})

const payExample = "write `- {from: 2026-01-01, currency: EUR, flat: {1: 150.00}, callout: {night: 60.00}}`"

var currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)

func currencyKey(name string) key {
	return key{name: name, what: "text", filled: true, set: func(t *target, v value, bad say) {
		if !currencyForm.MatchString(v.text) {
			bad(v, quoteValue(v)+" is no currency", "write its three capital letters: EUR")
			return
		}
		t.oncall.policy.Currency = v.text
	}}
}

func flatKey(level int) key {
	return moneyKey("flat."+strconv.Itoa(level), func(t *target, cents int64) { t.oncall.policy.Flat[level] = cents })
}

func feeKey(band pay.Band) key {
	return moneyKey("callout."+string(band), func(t *target, cents int64) { t.oncall.policy.Callout[band] = cents })
}

var moneyForm = regexp.MustCompile(`^(\d{1,9})(?:\.(\d{1,2}))?$`)

// moneyKey is an amount of the policy's currency, kept in cents.
func moneyKey(name string, set func(*target, int64)) key {
	return key{name: name, what: "an amount", set: func(t *target, v value, bad say) {
		m := moneyForm.FindStringSubmatch(strings.TrimSpace(v.text))
		if m == nil {
			bad(v, quoteValue(v)+" is no amount", "write it with a point and two digits at most, not negative: 150.00")
			return
		}
		cents, err := strconv.ParseInt(m[1]+(m[2] + "00")[:2], 10, 64)
		if err != nil {
			bad(v, quoteValue(v)+" is no amount", "write 150.00")
			return
		}
		set(t, cents)
	}}
}

// nightKey is a time from an evening to a morning, or within one day.
func nightKey(name string) key {
	return key{name: name, what: "text", set: func(t *target, v value, bad say) {
		m := hoursForm.FindStringSubmatch(strings.TrimSpace(v.text))
		if m == nil {
			bad(v, quoteValue(v)+" is not a range of hours", "write 22:00-07:00")
			return
		}
		from, to := timeOfDay(m[1], m[2]), timeOfDay(m[3], m[4])
		switch {
		case from < 0 || to < 0:
			bad(v, quoteValue(v)+" holds a time that no day has", "from 00:00 to 24:00")
		case from == to:
			bad(v, quoteValue(v)+" ends when it begins", "write 22:00-07:00")
		default:
			t.oncall.policy.Night = oncall.Window{From: int(from / time.Second), To: int(to / time.Second)}
		}
	}}
}

// readPolicies reads the entries of oncall.pay.
func readPolicies(l *loader, top *tree, c *Config) {
	from := map[string]int{}
	for i, n := range readListNodes(l, top, "oncall.pay", payExample) {
		p := pay.Policy{Flat: map[int]int64{}, Callout: map[pay.Band]int64{}, Merge: time.Hour,
			Night: oncall.Window{From: 22 * 60 * 60, To: 7 * 60 * 60}}
		to := &target{config: c, oncall: &oncallEntry{policy: &p}}
		t := readEntryKeys(l, payTable, fmt.Sprintf("oncall.pay[%d]", i), n, to, payExample)
		if t == nil {
			continue
		}
		requireKeys(l, t, "from", "the first day on which it is in force",
			"currency", "its three letters, as in EUR")
		if p.From != (calendar.Date{}) {
			checkTwice(l, t, "from", p.From.String(), from, i)
		}
		c.Oncall.Policies = append(c.Oncall.Policies, p)
	}
}

var sourceTable = newTable([]key{
	filledKey("name", func(t *target) *string { return &t.oncall.source.Name }),
	{name: "kind", what: "text", filled: true, set: setSourceKind},
	{name: "secret", what: "a text or a list of texts"},
	{name: "team", what: "a team or {label: NAME}"},
})

const (
	sourceExample = "write `- {name: prod, kind: alertmanager, secret: \"${HOOK_SECRET}\", team: …}`"
	secretHint    = "16 letters or more, best by ${NAME} of a variable; the sender puts it into Authorization: Bearer"
	teamHint      = "a team of this file, or {label: NAME} where a label of each alert names it"
	shortest      = 16 // letters of a source's secret
)

func setSourceKind(t *target, v value, bad say) {
	switch v.text {
	case SourceAlertmanager, SourceGeneric:
		t.oncall.source.Kind = v.text
	case "pagerduty", "goalert":
		bad(v, quoteValue(v)+" is not read yet", "join it by kind generic: "+
			"post {id, state, rule, at, person} for each page")
	default:
		bad(v, quoteValue(v)+" is not one of alertmanager, generic", "Grafana's alerting sends what alertmanager does")
	}
}

// sourceNameForm is what may stand in the address /hooks/NAME.
var sourceNameForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)

// readSources reads the entries of oncall.sources.
func readSources(l *loader, top *tree, c *Config) {
	names := map[string]int{}
	for i, n := range readListNodes(l, top, "oncall.sources", sourceExample) {
		var s OncallSource
		to := &target{config: c, oncall: &oncallEntry{source: &s}}
		t := readEntryKeys(l, sourceTable, fmt.Sprintf("oncall.sources[%d]", i), n, to, sourceExample)
		if t == nil {
			continue
		}
		requireKeys(l, t, "name", "a word: alerts are posted to /hooks/NAME", "kind", "alertmanager or generic",
			"secret", secretHint, "team", teamHint)
		at := t.given["name"]
		switch {
		case s.Name == "jira":
			l.addError(at, t.prefix+"name", "is the address of Jira's own hook", "give the source another name")
		case s.Name != "" && !sourceNameForm.MatchString(s.Name):
			l.addError(at, t.prefix+"name", quoteText(s.Name)+" cannot stand in an address",
				"write at most 40 letters, digits, dots and dashes")
		}
		checkTwice(l, t, "name", s.Name, names, i)
		s.Secrets = readSecrets(l, t, c)
		readTeamOfSource(l, t, &s, c)
		c.Oncall.Sources = append(c.Oncall.Sources, s)
	}
}

// readSecrets reads the secret of a source, or the list of them; none is shown.
func readSecrets(l *loader, t *tree, c *Config) []Secret {
	e, ok := t.entries["secret"]
	if !ok || isNull(e.value) {
		return nil
	}
	nodes := []*yaml.Node{e.value}
	if e.value.Kind == yaml.SequenceNode {
		nodes = readListNodes(l, t, "secret", secretHint)
		if len(nodes) == 0 {
			l.addError(placeOf(e.value), t.prefix+"secret", "is empty", secretHint)
		}
	}
	var out []Secret
	for i, n := range nodes {
		named := t.prefix + "secret"
		if e.value.Kind == yaml.SequenceNode {
			named += fmt.Sprintf("[%d]", i)
		}
		v, ok := l.scalarValue(named, "text", n)
		switch {
		case !ok:
			continue
		case len([]rune(v.text)) < shortest:
			l.addError(v.place, named, fmt.Sprintf("is shorter than %d letters", shortest), secretHint)
			continue
		case strings.ContainsFunc(v.text, unicode.IsControl):
			l.addError(v.place, named, "holds a line break or another control character",
				"remove it; often it stands at the end")
			continue
		}
		c.SecretInFile = c.SecretInFile || v.text == v.shown
		out = append(out, NewSecret(v.text))
	}
	return out
}

// readTeamOfSource reads whose alerts a source sends: a team, or the label that names it.
func readTeamOfSource(l *loader, t *tree, s *OncallSource, c *Config) {
	e, ok := t.entries["team"]
	if !ok || isNull(e.value) {
		return
	}
	named := t.prefix + "team"
	if e.value.Kind != yaml.MappingNode {
		if v, ok := l.scalarValue(named, "a team or {label: NAME}", e.value); ok {
			s.Team = v.text
			checkTeamKnown(l, v.place, named, v.text, c)
		}
		return
	}
	if len(e.value.Content) != 2 || e.value.Content[0].Value != "label" {
		l.addError(placeOf(e.value), named, "must hold label alone", teamHint)
		return
	}
	v, ok := l.scalarValue(named+".label", "text", followAliases(e.value.Content[1]))
	if ok && v.text == "" {
		l.addError(v.place, v.key, "is empty", teamHint)
	}
	s.Label = v.text
}
