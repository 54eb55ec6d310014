package oncall

import (
	"fmt"
	"net/http"
	"slices"

	"jerem/calendar"
	"jerem/oncall/civil"
	"jerem/oncall/intake"
	"jerem/oncall/roster"
	"jerem/sorting"
	"jerem/web/format"
)

// alertRow is an alert as answers have it. Its times are null but to those concerned and operators.
type alertRow struct {
	ID          int64  `json:"id"`
	Source      string `json:"source"`
	Fingerprint string `json:"fingerprint"`
	Rule        string `json:"rule"`
	Service     orNull `json:"service"`
	Severity    orNull `json:"severity"`
	Team        string `json:"team"`
	State       string `json:"state"` // open or resolved
	First       moment `json:"first"`
	Last        moment `json:"last"`
	Resolved    moment `json:"resolved"`
}

// The states of an alert.
const (
	alertOpen     = "open"
	alertResolved = "resolved"
)

func stateOf(a intake.Alert) string {
	if a.Resolved.IsZero() {
		return alertOpen
	}
	return alertResolved
}

// answerAlerts lists the alerts that began on the days of a span, by their ID: to others than those concerned as they
// stood at the moment up to which call-outs are told, for the moments of an alert are those of a call-out.
func answerAlerts(q *question) (answer, error) {
	v, err := q.view()
	if err != nil {
		return answer{}, err
	}
	state := q.URL.Query().Get("state")
	if !slices.Contains([]string{"", alertOpen, alertResolved}, state) {
		return answer{}, invalidRequest(fmt.Sprintf("%q is no state", format.OneLine(state)),
			"state is open or resolved.")
	}
	concerned, concerning := q.visitor.alertsConcerning(v), map[string]bool{}
	for _, a := range v.State.Alerts {
		concerning[a.Team] = concerning[a.Team] || concerned[a.ID]
	}
	teams, err := q.teamsAsked(concerning)
	if err != nil {
		return answer{}, err
	}
	rows := []alertRow{}
	for _, t := range teams {
		span, err := q.daysIn(t.Zone)
		if err != nil {
			return answer{}, err
		}
		for _, a := range v.State.Alerts {
			until := v.ToldUntil(q.visitor.Actor, t.Name)
			isSeen := concerned[a.ID] || q.visitor.Sees(t.Name) && !a.First.After(until)
			shown := stateOf(a)
			if !concerned[a.ID] && until.Before(v.Now) && a.Resolved.After(until) {
				shown = alertOpen
			}
			if a.Team != t.Name || !isSeen || !span.Holds(a.First) || state != "" && shown != state {
				continue
			}
			row := alertRow{ID: a.ID, Source: a.Source, Fingerprint: a.Fingerprint, Rule: a.Rule,
				Service: orNull(a.Service), Severity: orNull(a.Severity), Team: a.Team, State: shown}
			if q.visitor.Operator || concerned[a.ID] {
				row.First, row.Last, row.Resolved = moment{a.First}, moment{a.Last}, moment{a.Resolved}
			}
			rows = append(rows, row)
		}
	}
	sorting.By(rows, func(a, b alertRow) int { return int(a.ID - b.ID) })
	return answer{value: rows}, nil
}

// alertsConcerning are the alerts by which the visitor was called.
func (v visitor) alertsConcerning(view *roster.View) map[int64]bool {
	out := map[int64]bool{}
	for _, c := range view.State.Callouts {
		for _, id := range c.Alerts {
			out[id] = out[id] || v.Is(c.Person)
		}
	}
	return out
}

// ruleRow is what an alert rule cost and was worth.
type ruleRow struct {
	Rule          string              `json:"rule"`
	Alerts        int                 `json:"alerts"`
	Pages         int                 `json:"pages"`
	OutOfHours    *int                `json:"out_of_hours"` // null where it would be one person's load
	Useful        int                 `json:"useful"`
	Noise         int                 `json:"noise"`
	Unset         int                 `json:"unset"`
	Actionability *float64            `json:"actionability"`
	Healed        *float64            `json:"healed_share"`
	Seconds       *int64              `json:"seconds"` // null as OutOfHours is
	Decision      roster.DecisionKind `json:"decision"`
	Review        orNull              `json:"review"`
	Why           string              `json:"why,omitempty"` // why something is not told
}

func reviewText(d calendar.Date) orNull {
	if d == (calendar.Date{}) {
		return ""
	}
	return orNull(d.String())
}

// answerRules tells of each alert rule of a team what it cost and was worth over a span of days.
func answerRules(q *question) (answer, error) {
	v, err := q.view()
	if err != nil {
		return answer{}, err
	}
	team, err := q.teamIn()
	if err != nil {
		return answer{}, err
	}
	span, err := q.daysIn(team.Zone)
	if err != nil {
		return answer{}, err
	}
	if q.URL.Query().Get("from") == "" { // what some days took is told of whole months
		span.Start = civil.MonthOf(span.Start, team.Zone).Span(team.Zone).Start
	}
	rows := []ruleRow{}
	rules, why := v.RulesFor(q.visitor.Actor, team.Name, span)
	for _, r := range rules {
		rows = append(rows, ruleRow{r.Rule, r.Alerts, r.Pages, r.OutOfHours, r.Useful, r.Noise, r.Unset,
			r.Actionability, r.Healed, r.Seconds, r.Decision, reviewText(r.Review), why})
	}
	return answer{value: rows}, nil
}

// decideRule keeps what a team decided about a rule.
func decideRule(q *question) (answer, error) {
	var body struct {
		Team     string              `json:"team"`
		Rule     string              `json:"rule"`
		Decision roster.DecisionKind `json:"decision"`
		Review   string              `json:"review"`
	}
	if err := q.readBody(&body); err != nil {
		return answer{}, err
	}
	decision := roster.Decision{Team: body.Team, Rule: body.Rule, Kind: body.Decision}
	if body.Review != "" {
		review, err := dateIn("review", body.Review)
		if err != nil {
			return answer{}, err
		}
		decision.Review = review
	}
	err := q.api.Roster.Decide(q.Context(), q.now, func(v *roster.View) (writes roster.Writes, err error) {
		decision, writes, err = roster.Decide(v, q.visitor.Actor, decision)
		return writes, err
	})
	return answer{status: http.StatusCreated, value: map[string]any{"id": decision.ID, "team": decision.Team,
		"rule": decision.Rule, "decision": decision.Kind, "review": reviewText(decision.Review),
		"at": moment{decision.At}, "by": decision.By}}, err
}

// dateIn reads a date.
func dateIn(name, text string) (calendar.Date, error) {
	m, err := calendar.ParseMoment(text)
	if err != nil || !m.IsDate() {
		return calendar.Date{}, invalidRequest(fmt.Sprintf("%s %q is no date", name, format.OneLine(text)),
			"Write it like 2026-11-23.")
	}
	return m.Date(), nil
}
