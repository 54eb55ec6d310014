package duty

import (
	"fmt"
	"strings"
)

// policies are what duty and call-outs are paid, in cents: the second one after an agreement of the autumn.
var policies = []policy{
	{from: dateOf(2026, 6, 1), flat: 15000,
		fees: map[string]int64{"day": 3000, "night": 6000, "weekend": 6000, "holiday": 8000}},
	{from: dateOf(2026, 10, 1), flat: 18000,
		fees: map[string]int64{"day": 3000, "night": 7000, "weekend": 7000, "holiday": 9000}},
}

// SecretOf returns the secret of a source: nobody else can reach it, as the demo listens on loopback.
func SecretOf(source string) string { return "made-up-secret-of-" + source }

// Section writes the section `oncall` as the company has it in its configuration.
func (c *Company) Section() string {
	var b strings.Builder
	b.WriteString("oncall:\n  people:\n")
	for _, t := range c.teams {
		for _, p := range t.people {
			fmt.Fprintf(&b, "    - {handle: %s, login: %s, payroll: %q, zone: %s", p.Handle, p.Login, p.Payroll, t.zone)
			switch {
			case t.region != "":
				fmt.Fprintf(&b, ", region: %s", t.region)
			case len(t.daysOff) > 0:
				fmt.Fprintf(&b, ", days_off: [%s]", strings.Join(t.daysOff, ", "))
			}
			if p.until != "" {
				fmt.Fprintf(&b, ", until: %s", p.until)
			}
			b.WriteString("}\n")
		}
	}
	b.WriteString("  rotas:\n")
	for _, t := range c.teams {
		writeRota(&b, t)
	}
	b.WriteString("  pay:\n")
	for _, p := range policies {
		fmt.Fprintf(&b, "    - {from: %s, currency: EUR, flat: {1: %s}, callout: {day: %s, night: %s, weekend: %s, "+
			"holiday: %s}}\n", p.from, formatCents(p.flat), formatCents(p.fees["day"]), formatCents(p.fees["night"]),
			formatCents(p.fees["weekend"]), formatCents(p.fees["holiday"]))
	}
	b.WriteString("  sources:\n")
	for _, source := range []struct{ name, kind string }{{"prometheus", "alertmanager"}, {"pager", "generic"}} {
		fmt.Fprintf(&b, "    - {name: %s, kind: %s, secret: %s, team: {label: team}}\n", source.name, source.kind,
			SecretOf(source.name))
	}
	return b.String()
}

func formatCents(cents int64) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

func writeRota(b *strings.Builder, t *team) {
	fmt.Fprintf(b, "    - name: %s\n      team: %s\n      zone: %s\n", t.rota, t.name, t.zone)
	if t.region != "" {
		fmt.Fprintf(b, "      region: %s\n", t.region)
	}
	b.WriteString("      versions:\n")
	for _, v := range t.versions {
		coverage := "always"
		if v.nights {
			coverage = `[{days: Mon-Fri, from: "18:00", to: "09:00"}, {days: "Sat,Sun,holidays", from: "09:00", ` +
				`to: "09:00"}]`
		}
		every := fmt.Sprintf("%dd", v.days)
		if v.days%7 == 0 {
			every = fmt.Sprintf("%dw", v.days/7)
		}
		fmt.Fprintf(b, "        - {from: %s, handover: \"%02d:00\", every: %s, people: [%s], coverage: %s}\n", v.from,
			v.handover, every, strings.Join(v.people, ", "), coverage)
	}
}
