package dutypages

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/roster"
	"jerem/web/frame"
)

var calloutsTemplate = frame.ParsePage(files, "callouts.html", "parts.html")

// calloutsBody is the page of call-outs: one's own, for operators those of all teams that they may see.
type calloutsBody struct {
	Visitor  *personsChoice
	Told     string
	IsAll    bool // the visitor is an operator, who gives a reason for what they set for others
	Verdicts []verdictButton
	Teams    []string
	People   []string // for whom an operator may enter one
	Lines    []calloutLine
}

// verdictButton is a verdict that one click gives.
type verdictButton struct{ Value, Text string }

// verdictButtons are the verdicts, noise by its reason.
var verdictButtons = []verdictButton{
	{"useful", "Useful"}, {"no_action", "Noise: nothing to do"}, {"duplicate", "Noise: a duplicate"},
	{"heals_itself", "Noise: it heals itself"}, {"wrong_threshold", "Noise: wrong threshold"},
	{"not_ours", "Noise: not ours"}, {"test", "A test"},
}

// calloutLine is a call-out.
type calloutLine struct {
	ID                    int64
	Person, Team, Rota    string // Person is "" where it is the visitor
	Started, Ended        string // in words; Ended of one that runs says so
	StartedIn, EndedIn    string // as the fields of the form hold them
	Rules, Issue, Verdict string
	IsUnset, IsRunning    bool
	NeedsReason           bool // it is another's
	IsFrozen              bool // its month is frozen, and the visitor is no operator
}

// mostCallouts bounds how many call-outs the page lists.
const mostCallouts = 60

// showCallouts shows the call-outs of the last twelve weeks, the latest first.
func showCallouts(w http.ResponseWriter, v *visit) error {
	body := calloutsBody{Visitor: v.choice(), IsAll: v.who.Operator, Verdicts: verdictButtons,
		Told: map[string]string{"set": "It was kept.", "entered": "It was entered."}[v.URL.Query().Get("done")]}
	since := weeksLater(v.view.Now, -weeksOfRota, v.view.File.Zone)
	rows := v.view.CalloutRows()
	slices.SortStableFunc(rows, func(a, b roster.CalloutRow) int { return b.Started.Compare(a.Started) })
	rules := rulesOfAlerts(v)
	for _, c := range rows {
		isSeen := c.Person == v.who.Handle && c.Person != "" || v.who.Operator && v.who.Sees(c.Team)
		if isSeen && c.Started.After(since) && len(body.Lines) < mostCallouts {
			body.Lines = append(body.Lines, calloutLineOf(v, c, rules))
		}
	}
	for _, t := range v.view.File.Teams {
		if v.who.Sees(t.Name) {
			body.Teams = append(body.Teams, t.Name)
		}
	}
	if v.who.Operator {
		body.People = v.view.SeenPeople(v.who)
	}
	return v.show(w, frame.View{Template: calloutsTemplate, Title: "On call: call-outs", Body: body})
}

// rulesOfAlerts are the rules of all alerts, by their ID.
func rulesOfAlerts(v *visit) map[int64]string {
	out := map[int64]string{}
	for _, a := range v.view.State.Alerts {
		out[a.ID] = a.Rule
	}
	return out
}

// fieldForm is how a field of a form holds a time.
const fieldForm = "2006-01-02T15:04"

func calloutLineOf(v *visit, c roster.CalloutRow, rules map[int64]string) calloutLine {
	zone := zoneOf(v.view, c.Person)
	line := calloutLine{ID: c.ID, Person: c.Person, Team: c.Team, Rota: c.Rota, Started: clockText(c.Started, zone),
		StartedIn: c.Started.In(zone).Format(fieldForm), Issue: c.Issue, Verdict: verdictText(c),
		IsUnset: c.Verdict == interruption.Unset, IsRunning: c.Ended.IsZero(), NeedsReason: c.Person != v.who.Handle}
	if !line.NeedsReason {
		line.Person = ""
	}
	line.Ended = "still running"
	if !line.IsRunning {
		line.Ended, line.EndedIn = clockText(c.Ended, zone), c.Ended.In(zone).Format(fieldForm)
	}
	if c.Assumed {
		line.Ended += ", assumed"
	}
	line.IsFrozen = !v.who.Operator && isMonthFrozen(v, c.Started, zone)
	var names []string
	for _, id := range c.Alerts {
		if name := rules[id]; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	line.Rules = strings.Join(names, ", ")
	return line
}

// isMonthFrozen tells whether the month of a moment is frozen, on the clocks of a zone.
func isMonthFrozen(v *visit, t time.Time, zone *time.Location) bool {
	month := civil.MonthOf(t, zone)
	return slices.ContainsFunc(v.view.State.Frozen, func(f roster.FrozenMonth) bool { return f.Month == month })
}

func verdictText(c roster.CalloutRow) string {
	if c.Verdict == interruption.Unset {
		return "no verdict yet"
	}
	for _, b := range verdictButtons {
		if b.Value == string(c.Reason) || c.Reason == "" && b.Value == string(c.Verdict) {
			return b.Text
		}
	}
	return string(c.Verdict)
}

// enterCallout enters a call-out by hand.
func enterCallout(w http.ResponseWriter, v *visit) error {
	c := intake.Callout{Team: v.PostFormValue("team"), Person: v.PostFormValue("person"),
		Issue: strings.TrimSpace(v.PostFormValue("issue"))}
	person := c.Person
	if person == "" {
		person = v.who.Handle
	}
	var err error
	if c.Started, c.Ended, err = v.timesOfForm(zoneOf(v.view, person)); err != nil {
		return err
	}
	err = v.decide(func(view *roster.View) (roster.Writes, error) {
		_, writes, err := roster.AddCallout(view, v.who, c, oncall.Reason(v.PostFormValue("because")),
			v.PostFormValue("long") != "")
		return writes, err
	})
	if err != nil {
		return err
	}
	return v.redirect(w, Home+"/callouts?done=entered")
}

// timesOfForm reads start and end of a form in a zone.
func (v *visit) timesOfForm(zone *time.Location) (started, ended time.Time, err error) {
	return v.timesOfFields(zone, "started", "ended")
}

// timesOfFields reads two times of a form on a clock.
func (v *visit) timesOfFields(zone *time.Location, first, last string) (started, ended time.Time, err error) {
	for _, field := range []struct {
		name string
		into *time.Time
	}{{first, &started}, {last, &ended}} {
		text := v.PostFormValue(field.name)
		at, err := time.Parse(fieldForm, text)
		if err != nil {
			return started, ended, &oncall.Refusal{Kind: oncall.Invalid,
				Message: fmt.Sprintf("%s %.40q is no time", field.name, text), Hint: "Write it like 2026-11-23T02:40."}
		}
		date, second := civil.ClockOf(at, time.UTC)
		*field.into = civil.Instant(date, second, zone).UTC()
	}
	return started, ended, nil
}

// changeCallout sets something of a call-out: its verdict, its times, its issue, that it is acknowledged or over.
func changeCallout(w http.ResponseWriter, v *visit) error {
	id, err := strconv.ParseInt(v.PathValue("id"), 10, 64)
	if err != nil {
		v.pages.Tell(w, v.Request, noPage())
		return nil
	}
	change := roster.CalloutChange{Because: oncall.Reason(v.PostFormValue("because")),
		IsLong: v.PostFormValue("long") != ""}
	act := roster.CalloutAct(v.PostFormValue("act"))
	verdict := v.PostFormValue("verdict")
	switch {
	case verdict != "":
		act = roster.SetVerdict
		change.Verdict = interruption.Verdict(verdict)
		if reason := intake.NoiseReason(verdict); intake.IsNoiseReason(reason) {
			change.Verdict, change.Reason = interruption.Noise, reason
		}
	case act == roster.SetTimes:
		change.Started, change.Ended, err = v.timesOfForm(zoneOfCallout(v, id))
	case act == roster.SetIssue:
		change.Issue = strings.TrimSpace(v.PostFormValue("issue"))
	case act == roster.AcknowledgeCallout, act == roster.EndCallout:
	default:
		err = &oncall.Refusal{Kind: oncall.Invalid, Message: fmt.Sprintf("%.40q is nothing to do to a call-out", act),
			Hint: "Press one of the buttons on the page."}
	}
	if err == nil {
		err = v.decide(func(view *roster.View) (roster.Writes, error) {
			_, writes, err := roster.ChangeCallout(view, v.who, act, id, change)
			return writes, err
		})
	}
	if err != nil {
		return err
	}
	return v.redirect(w, Home+"/callouts?done=set")
}

// zoneOfCallout returns the zone of the person of a call-out.
func zoneOfCallout(v *visit, id int64) *time.Location {
	for _, c := range v.view.State.Callouts {
		if c.ID == id {
			return zoneOf(v.view, c.Person)
		}
	}
	return v.view.File.Zone
}
