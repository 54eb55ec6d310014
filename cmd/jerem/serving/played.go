package serving

import (
	"context"
	"fmt"
	"strings"
	"time"

	"jerem/access/rules"
	"jerem/cmd/jerem/dutyplayer"
	"jerem/config"
	"jerem/config/rotas"
	"jerem/oncall/roster"
	"jerem/sim/world"
	"jerem/sim/world/duty"
	kept "jerem/store/oncall"
	"jerem/web/persona"
)

// playEvery is how often the simulated company does on call what its clock has come to.
const playEvery = time.Second

// playedSection is the section on call as the company wrote it, read as any file is.
func playedSection(company *world.World, shift *duty.Company) (rotas.Section, error) {
	text := "jira: {url: 'http://127.0.0.1', username: u, password: p}\nprojects:\n"
	for _, t := range company.Teams() {
		text += fmt.Sprintf("  - {name: %s, label: %s, calendar.time_zone: %s}\n", t.Key, t.Name, t.Zone)
	}
	c, err := config.Load("demo.yml", []byte(text+shift.Section()), func(string) string { return "" })
	if err != nil {
		return rotas.Section{}, err
	}
	return c.Oncall, nil
}

// planPlayedOnCall has the company's on-call played: its past at once, and what follows as its clock runs.
func planPlayedOnCall(company *world.World, shift *duty.Company, clock func() time.Time) onCallPlan {
	var teams []string
	for _, t := range company.Teams() {
		teams = append(teams, t.Name)
	}
	return onCallPlan{now: clock, persons: personsOf(shift, company.Clock),
		play: func(ctx context.Context, r *roster.Roster, records *kept.Store) (goOn func(), err error) {
			p := dutyplayer.New(shift.Acts(), r, records, teams)
			if _, err := p.PlayPast(ctx, shift.Begin, company.Clock); err != nil {
				return nil, err
			}
			return func() { playOn(ctx, p, clock) }, nil
		}}
}

// playOn plays what the clock has come to, until the context ends. What is refused is left out: a visitor may have been
// faster.
func playOn(ctx context.Context, p *dutyplayer.Player, clock func() time.Time) {
	ticker := time.NewTicker(playEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if _, err := p.PlayUntil(ctx, clock()); err != nil {
				return // the store is closed
			}
		}
	}
}

// personsOf are whom a visitor may choose to be: those who act for others, and the people of the rotas.
func personsOf(shift *duty.Company, at time.Time) persona.Choice {
	before := at.AddDate(0, 0, -at.Day()).Format("2006-01")
	out := persona.Choice{
		{Login: duty.Operator, Name: "The operator, who acts for others", Group: "The company",
			Roles: []rules.Role{rules.Viewer, rules.Operator}, Home: "/oncall"},
		{Login: duty.Treasurer, Name: "Who pays, and sees all statements", Group: "The company",
			Roles: []rules.Role{rules.Viewer, rules.Pay}, Home: "/oncall/statements/" + before},
	}
	for _, p := range shift.People() {
		out = append(out, persona.Person{Login: p.Login, Name: strings.ToUpper(p.Handle[:1]) + p.Handle[1:],
			Group: p.Team,
			Roles: []rules.Role{rules.Viewer}, Home: "/oncall/me"})
	}
	return out
}
