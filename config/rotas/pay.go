package rotas

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v4"

	"jerem/calendar"
	"jerem/config/schema"
	"jerem/oncall"
	"jerem/oncall/pay"
)

var payTable = schema.NewTable([]key{
	schema.DateKey("from", func(t *target) *calendar.Date { return &t.policy.From }),
	currencyKey("currency"),
	flatKey(1), flatKey(2), flatKey(3),
	feeKey(pay.BandHours), feeKey(pay.BandDay), feeKey(pay.BandNight), feeKey(pay.BandWeekend), feeKey(pay.BandHoliday),
	nightKey("night"),
	schema.DurationKey("merge", 0, func(t *target) *time.Duration { return &t.policy.Merge }),
})

const payExample = "write `- {from: 2026-01-01, currency: EUR, flat: {1: 150.00}, callout: {night: 60.00}}`"

var currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)

func currencyKey(name string) key {
	return key{Name: name, What: "text", Filled: true, Set: func(t *target, v schema.Value, bad schema.Report) {
		if !currencyForm.MatchString(v.Text) {
			bad(v, schema.QuoteValue(v)+" is no currency", "write its three capital letters: EUR")
			return
		}
		t.policy.Currency = v.Text
	}}
}

func flatKey(level int) key {
	return moneyKey("flat."+strconv.Itoa(level), func(t *target, cents int64) { t.policy.Flat[level] = cents })
}

func feeKey(band pay.Band) key {
	return moneyKey("callout."+string(band), func(t *target, cents int64) { t.policy.Callout[band] = cents })
}

var moneyForm = regexp.MustCompile(`^(\d{1,9})(?:\.(\d{1,2}))?$`)

// moneyKey is an amount of the policy's currency, kept in cents.
func moneyKey(name string, set func(*target, int64)) key {
	return key{Name: name, What: "an amount", Set: func(t *target, v schema.Value, bad schema.Report) {
		m := moneyForm.FindStringSubmatch(strings.TrimSpace(v.Text))
		if m == nil {
			bad(v, schema.QuoteValue(v)+" is no amount",
				"write it with a point and two digits at most, not negative: 150.00")
			return
		}
		cents, err := strconv.ParseInt(m[1]+(m[2] + "00")[:2], 10, 64)
		if err != nil {
			bad(v, schema.QuoteValue(v)+" is no amount", "write 150.00")
			return
		}
		set(t, cents)
	}}
}

// nightKey is a time from an evening to a morning, or within one day.
func nightKey(name string) key {
	return key{Name: name, What: "text", Set: func(t *target, v schema.Value, bad schema.Report) {
		from, to, ok := schema.ParseHours(v.Text)
		if !ok {
			bad(v, schema.QuoteValue(v)+" is not a range of hours", "write 22:00-07:00")
			return
		}
		switch {
		case from < 0 || to < 0:
			bad(v, schema.QuoteValue(v)+" holds a time that no day has", "from 00:00 to 24:00")
		case from == to:
			bad(v, schema.QuoteValue(v)+" ends when it begins", "write 22:00-07:00")
		default:
			t.policy.Night = oncall.Window{From: int(from / time.Second), To: int(to / time.Second)}
		}
	}}
}

// readPolicies reads the entries of oncall.pay.
func readPolicies(l *schema.Loader, c *reader) {
	from := map[string]int{}
	for i, n := range c.file.Lists("oncall.pay", payExample) {
		p := pay.Policy{Flat: map[int]int64{}, Callout: map[pay.Band]int64{}, Merge: time.Hour,
			Night: oncall.Window{From: 22 * 60 * 60, To: 7 * 60 * 60}}
		to := &target{section: c.section, policy: &p}
		t := schema.ReadEntryKeys(l, payTable, fmt.Sprintf("oncall.pay[%d]", i), n, to, payExample)
		if t == nil {
			continue
		}
		schema.RequireKeys(l, t, "from", "the first day on which it is in force",
			"currency", "its three letters, as in EUR")
		if p.From != (calendar.Date{}) {
			schema.CheckTwice(l, t, "from", p.From.String(), from, i)
		}
		c.section.Policies = append(c.section.Policies, p)
	}
}

var sourceTable = schema.NewTable([]key{
	schema.FilledKey("name", func(t *target) *string { return &t.source.Name }),
	{Name: "kind", What: "text", Filled: true, Set: setSourceKind},
	{Name: "secret", What: "a text or a list of texts"},
	{Name: "team", What: "a team or {label: NAME}"},
})

const (
	sourceExample = "write `- {name: prod, kind: alertmanager, secret: \"${HOOK_SECRET}\", team: …}`"
	secretHint    = "16 letters or more, best by ${NAME} of a variable; the sender puts it into Authorization: Bearer"
	teamHint      = "a team of this file, or {label: NAME} where a label of each alert names it"
	shortest      = 16 // letters of a source's secret
)

func setSourceKind(t *target, v schema.Value, bad schema.Report) {
	switch v.Text {
	case SourceAlertmanager, SourceGeneric:
		t.source.Kind = v.Text
	case "pagerduty", "goalert":
		bad(v, schema.QuoteValue(v)+" is not read yet", "join it by kind generic: "+
			"post {id, state, rule, at, person} for each page")
	default:
		bad(v, schema.QuoteValue(v)+" is not one of alertmanager, generic",
			"Grafana's alerting sends what alertmanager does")
	}
}

// sourceNameForm is what may stand in the address /hooks/NAME.
var sourceNameForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)

// readSources reads the entries of oncall.sources.
func readSources(l *schema.Loader, c *reader) {
	names := map[string]int{}
	for i, n := range c.file.Lists("oncall.sources", sourceExample) {
		var s Source
		to := &target{section: c.section, source: &s}
		t := schema.ReadEntryKeys(l, sourceTable, fmt.Sprintf("oncall.sources[%d]", i), n, to, sourceExample)
		if t == nil {
			continue
		}
		schema.RequireKeys(l, t, "name", "a word: alerts are posted to /hooks/NAME", "kind", "alertmanager or generic",
			"secret", secretHint, "team", teamHint)
		at := t.Given["name"]
		switch {
		case s.Name == "jira":
			l.AddError(at, t.Prefix+"name", "is the address of Jira's own hook", "give the source another name")
		case s.Name != "" && !sourceNameForm.MatchString(s.Name):
			l.AddError(at, t.Prefix+"name", schema.QuoteText(s.Name)+" cannot stand in an address",
				"write at most 40 letters, digits, dots and dashes")
		}
		schema.CheckTwice(l, t, "name", s.Name, names, i)
		s.Secrets = readSecrets(l, t, c)
		readTeamOfSource(l, t, &s, c)
		c.section.Sources = append(c.section.Sources, s)
	}
}

// readSecrets reads the secret of a source, or the list of them; none is shown.
func readSecrets(l *schema.Loader, t *tree, c *reader) []schema.Secret {
	e, ok := t.Entries["secret"]
	if !ok || schema.IsNull(e.Value) {
		return nil
	}
	nodes := []*yaml.Node{e.Value}
	if e.Value.Kind == yaml.SequenceNode {
		nodes = schema.ReadListNodes(l, t, "secret", secretHint)
		if len(nodes) == 0 {
			l.AddError(schema.PositionOf(e.Value), t.Prefix+"secret", "is empty", secretHint)
		}
	}
	var out []schema.Secret
	for i, n := range nodes {
		named := t.Prefix + "secret"
		if e.Value.Kind == yaml.SequenceNode {
			named += fmt.Sprintf("[%d]", i)
		}
		v, ok := l.ScalarValue(named, "text", n)
		switch {
		case !ok:
			continue
		case len([]rune(v.Text)) < shortest:
			l.AddError(v.At, named, fmt.Sprintf("is shorter than %d letters", shortest), secretHint)
			continue
		case strings.ContainsFunc(v.Text, unicode.IsControl):
			l.AddError(v.At, named, "holds a line break or another control character",
				"remove it; often it stands at the end")
			continue
		}
		c.section.SecretInFile = c.section.SecretInFile || v.Text == v.Shown
		out = append(out, schema.NewSecret(v.Text))
	}
	return out
}

// readTeamOfSource reads whose alerts a source sends: a team, or the label that names it.
func readTeamOfSource(l *schema.Loader, t *tree, s *Source, c *reader) {
	e, ok := t.Entries["team"]
	if !ok || schema.IsNull(e.Value) {
		return
	}
	named := t.Prefix + "team"
	if e.Value.Kind != yaml.MappingNode {
		if v, ok := l.ScalarValue(named, "a team or {label: NAME}", e.Value); ok {
			s.Team = v.Text
			schema.CheckTeamKnown(l, v.At, named, v.Text, c.file.Teams)
		}
		return
	}
	if len(e.Value.Content) != 2 || e.Value.Content[0].Value != "label" {
		l.AddError(schema.PositionOf(e.Value), named, "must hold label alone", teamHint)
		return
	}
	v, ok := l.ScalarValue(named+".label", "text", schema.FollowAliases(e.Value.Content[1]))
	if ok && v.Text == "" {
		l.AddError(v.At, v.Key, "is empty", teamHint)
	}
	s.Label = v.Text
}
