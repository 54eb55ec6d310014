package oncall

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
	"jerem/sorting"
	"jerem/web/format"
)

// calloutRow is a call-out as answers have it. Who was called and when is null to others: a time beside a public rota
// names the person.
type calloutRow struct {
	ID           int64                `json:"id"`
	Team         string               `json:"team"`
	Day          string               `json:"day"` // of the start, in the team's zone
	Rota         orNull               `json:"rota"`
	Level        *int                 `json:"level"`
	Person       orNull               `json:"person"`
	Started      moment               `json:"started"`
	Acknowledged moment               `json:"acknowledged"`
	Ended        moment               `json:"ended"`
	Alerts       []int64              `json:"alerts"`
	Issue        orNull               `json:"issue"`
	Verdict      interruption.Verdict `json:"verdict"`
	Reason       orNull               `json:"reason"`
	Origin       interruption.Origin  `json:"origin"`
	Assumed      bool                 `json:"assumed"`
}

// calloutRowOf is a call-out as a visitor sees it.
func (v visitor) calloutRowOf(c roster.CalloutRow, zone *time.Location) calloutRow {
	out := calloutRow{ID: c.ID, Team: c.Team, Day: calendar.DateOf(c.Started, zone).String(), Rota: orNull(c.Rota),
		Alerts: append([]int64{}, c.Alerts...), Issue: orNull(c.Issue), Verdict: c.Verdict, Reason: orNull(c.Reason),
		Origin: c.Origin, Assumed: c.Assumed}
	if c.Level > 0 {
		out.Level = &c.Level
	}
	if v.Operator || v.Pay || v.Is(c.Person) {
		out.Person, out.Started = orNull(c.Person), moment{c.Started}
		out.Acknowledged, out.Ended = moment{c.Acknowledged}, moment{c.Ended}
	}
	return out
}

// teamsAsked returns the team that the query names, else all: of those that the visitor may see, and of those in which
// something concerns them themself.
func (q *question) teamsAsked(concerning map[string]bool) ([]plan.Team, error) {
	name := q.URL.Query().Get("team")
	if name != "" && !concerning[name] {
		t, err := q.seenTeam(name)
		return []plan.Team{t}, err
	}
	var out []plan.Team
	for _, t := range q.api.Roster.File.Teams {
		if (name == "" || name == t.Name) && (concerning[t.Name] || q.visitor.Sees(t.Name)) {
			out = append(out, t)
		}
	}
	return out, nil
}

// seenTeam returns a team that the visitor may see; to them another one does not exist.
func (q *question) seenTeam(name string) (plan.Team, error) {
	t, isKnown := q.api.Roster.File.TeamNamed(name)
	if !isKnown || !q.visitor.Sees(name) {
		return plan.Team{}, notFound(fmt.Sprintf("there is no team %q", format.OneLine(name)), "See /api/v1/teams.")
	}
	return t, nil
}

// teamIn returns the team that the query has to name.
func (q *question) teamIn() (plan.Team, error) {
	name := q.URL.Query().Get("team")
	if name == "" {
		return plan.Team{}, invalidRequest("team is missing", "Name one: ?team=…; see /api/v1/teams.")
	}
	return q.seenTeam(name)
}

// answerCallouts lists the call-outs that started on the days of a span, by their start.
func answerCallouts(q *question) (answer, error) {
	v, err := q.view()
	if err != nil {
		return answer{}, err
	}
	all, own := v.CalloutRows(), map[string]bool{}
	for _, c := range all {
		own[c.Team] = own[c.Team] || q.visitor.Is(c.Person)
	}
	teams, err := q.teamsAsked(own)
	if err != nil {
		return answer{}, err
	}
	type startedRow struct {
		calloutRow
		at time.Time
	}
	var list []startedRow
	for _, t := range teams {
		span, err := q.daysIn(t.Zone)
		if err != nil {
			return answer{}, err
		}
		for _, c := range all {
			isTold := v.IsToldOf(q.visitor.Actor, c.Team, c.Person, c.Started)
			if c.Team == t.Name && span.Holds(c.Started) && isTold {
				c.Alerts = v.SeenAlerts(q.visitor.Actor, c)
				list = append(list, startedRow{q.visitor.calloutRowOf(c, t.Zone), c.Started})
			}
		}
	}
	// Within a day the order would tell others of the times.
	sorting.By(list, func(a, b startedRow) int { return int(a.ID - b.ID) })
	sorting.By(list, func(a, b startedRow) int {
		if q.visitor.Operator || q.visitor.Pay {
			return a.at.Compare(b.at)
		}
		return cmp.Compare(a.Day, b.Day)
	})
	rows := make([]calloutRow, len(list))
	for i, row := range list {
		rows[i] = row.calloutRow
	}
	return answer{value: rows}, nil
}

// addCallout enters a call-out by hand. One that was entered before is answered as it is.
func addCallout(q *question) (answer, error) {
	var body struct {
		Team    string        `json:"team"`
		Person  string        `json:"person"`
		Started string        `json:"started"`
		Ended   string        `json:"ended"`
		Issue   string        `json:"issue"`
		Because oncall.Reason `json:"because"`
		Long    bool          `json:"long"` // that it was longer than a day is meant
	}
	if err := q.readBody(&body); err != nil {
		return answer{}, err
	}
	c := intake.Callout{Team: body.Team, Person: body.Person, Issue: body.Issue}
	var err error
	zone := q.api.Roster.File.ZoneOfTeam(body.Team)
	if c.Started, err = momentOrNone("started", body.Started, zone); err != nil {
		return answer{}, err
	}
	if c.Ended, err = momentOrNone("ended", body.Ended, zone); err != nil {
		return answer{}, err
	}
	isNew := false
	out, err := q.decideCallout(http.StatusCreated, func(v *roster.View) (intake.Callout, roster.Writes, error) {
		entered, writes, err := roster.AddCallout(v, q.visitor.Actor, c, body.Because, body.Long)
		isNew = len(writes.Callouts) > 0
		return entered, writes, err
	})
	if !isNew {
		out.status = http.StatusOK
	}
	return out, err
}

func momentOrNone(name, text string, zone *time.Location) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return momentIn(name, text, zone)
}

// calloutBody is what is sent to change a call-out; each act reads its own fields.
type calloutBody struct {
	At      string               `json:"at"`
	Started string               `json:"started"`
	Ended   string               `json:"ended"`
	Verdict interruption.Verdict `json:"verdict"`
	Reason  intake.NoiseReason   `json:"reason"`
	Issue   *string              `json:"issue"`
	Because oncall.Reason        `json:"because"`
	Long    bool                 `json:"long"` // that it was longer than a day is meant
}

// readsOf are the fields that an act reads; nil for no act.
func readsOf(act roster.CalloutAct) []string {
	switch act {
	case roster.AcknowledgeCallout:
		return []string{"at", "because"}
	case roster.EndCallout:
		return []string{"at", "long", "because"}
	case roster.SetTimes:
		return []string{"started", "ended", "long", "because"}
	case roster.SetVerdict:
		return []string{"verdict", "reason", "because"}
	case roster.SetIssue:
		return []string{"issue", "because"}
	}
	return nil
}

// refuseOthers tells of a field that the act does not read.
func (b calloutBody) refuseOthers(reads []string) error {
	for name, isGiven := range map[string]bool{"at": b.At != "", "started": b.Started != "", "ended": b.Ended != "",
		"verdict": b.Verdict != "", "reason": b.Reason != "", "issue": b.Issue != nil, "long": b.Long} {
		if isGiven && !slices.Contains(reads, name) {
			return invalidRequest(name+" is not read here", bodyHint)
		}
	}
	if slices.Contains(reads, "issue") && b.Issue == nil {
		return invalidRequest("issue is missing", `Give the key of an issue, or "" for none.`)
	}
	if slices.Contains(reads, "verdict") && b.Verdict == "" {
		return invalidRequest("verdict is missing", "verdict is one of useful, noise, test, unset.")
	}
	return nil
}

// changeCallout acknowledges or ends a call-out, or sets its times, verdict or issue.
func changeCallout(q *question) (answer, error) {
	id, err := q.idIn("call-out")
	if err != nil {
		return answer{}, err
	}
	act := roster.CalloutAct(q.PathValue("act"))
	reads := readsOf(act)
	if reads == nil {
		return answer{}, notFound(fmt.Sprintf("there is no %q of a call-out", format.OneLine(string(act))),
			"There are acknowledge, end, times, verdict and issue.")
	}
	var body calloutBody
	if err := q.readBody(&body); err != nil {
		return answer{}, err
	}
	if err := body.refuseOthers(reads); err != nil {
		return answer{}, err
	}
	return q.decideCallout(http.StatusOK, func(v *roster.View) (intake.Callout, roster.Writes, error) {
		change, err := q.changeOf(v, id, body)
		if err != nil {
			return intake.Callout{}, roster.Writes{}, err
		}
		return roster.ChangeCallout(v, q.visitor.Actor, act, id, change)
	})
}

// changeOf reads the times of a body in the zone of the call-out's team.
func (q *question) changeOf(v *roster.View, id int64, body calloutBody) (roster.CalloutChange, error) {
	out := roster.CalloutChange{Verdict: body.Verdict, Reason: body.Reason, Because: body.Because, IsLong: body.Long}
	if body.Issue != nil {
		out.Issue = *body.Issue
	}
	zone := v.File.Zone
	for _, c := range v.State.Callouts {
		if c.ID == id {
			zone = q.api.Roster.File.ZoneOfTeam(c.Team)
		}
	}
	for _, part := range []struct {
		name, text string
		into       *time.Time
	}{{"at", body.At, &out.At}, {"started", body.Started, &out.Started}, {"ended", body.Ended, &out.Ended}} {
		at, err := momentOrNone(part.name, part.text, zone)
		if err != nil {
			return out, err
		}
		*part.into = at
	}
	return out, nil
}

// decideCallout keeps what a decision about a call-out returns and answers with it.
func (q *question) decideCallout(status int,
	decide func(*roster.View) (intake.Callout, roster.Writes, error)) (answer, error) {
	var row calloutRow
	err := q.api.Roster.Decide(q.Context(), q.now, func(v *roster.View) (roster.Writes, error) {
		c, writes, err := decide(v)
		if err == nil {
			shown := v.CalloutRow(c)
			shown.Alerts = v.SeenAlerts(q.visitor.Actor, shown)
			row = q.visitor.calloutRowOf(shown, q.api.Roster.File.ZoneOfTeam(c.Team))
		}
		return writes, err
	})
	return answer{status: status, value: row}, err
}

// monthBefore returns the last month that is over in a zone.
func monthBefore(now time.Time, zone *time.Location) civil.Month {
	return civil.MonthOf(civil.Midnight(civil.MonthOf(now, zone).First(), zone).Add(-time.Second), zone)
}
