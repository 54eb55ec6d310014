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
	"jerem/sorting"
	"jerem/web/dutypages/clocks"
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
	Clocks   []string // the zones in one of which it is entered
	IsTwice  bool     // an hour came twice in one of these in the weeks that are listed
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
	Started, Ended        string // in words, with the place of the clock; Ended of one that runs says so
	Zone                  string // on whose clocks the fields are
	StartedIn, EndedIn    string // as the fields of the form hold them
	IsTwice               bool   // an hour comes twice about its time
	Rules, Issue, Verdict string
	IsUnset, IsRunning    bool
	NeedsReason           bool // it is another's
	IsFrozen              bool // its month is frozen, and the visitor is no operator
}

// mostCallouts bounds how many call-outs the page lists.
const mostCallouts = 60

// showCallouts shows the call-outs of the last twelve weeks, the latest first.
func showCallouts(w http.ResponseWriter, v *visit) error {
	body := calloutsBody{Visitor: personsToChoose(v), IsAll: v.who.Operator, Verdicts: verdictButtons,
		Told: map[string]string{"set": "It was kept.", "entered": "It was entered."}[v.URL.Query().Get("done")]}
	since := weeksLater(v.view.Now, -weeksOfRota, v.view.File.Zone)
	rows := v.view.CalloutRows()
	sorting.By(rows, func(a, b roster.CalloutRow) int { return b.Started.Compare(a.Started) })
	rules := rulesOfAlerts(v)
	for _, c := range rows {
		isSeen := v.who.Is(c.Person) || v.who.Operator && v.who.Sees(c.Team)
		if isSeen && c.Started.After(since) && len(body.Lines) < mostCallouts {
			body.Lines = append(body.Lines, calloutLineOf(v, c, rules))
		}
	}
	for _, t := range v.view.File.Teams {
		if v.who.Sees(t.Name) {
			body.Teams = append(body.Teams, t.Name)
		}
	}
	zones := entryClocks(v)
	body.Clocks = clocks.Names(zones)
	for _, zone := range zones {
		body.IsTwice = body.IsTwice || clocks.ComesTwice(zone, since, v.view.Now)
	}
	if v.who.Operator {
		body.People = roster.SeenPeople(v.view, v.who)
	}
	return v.showPage(w, frame.View{Template: calloutsTemplate, Title: "On call: call-outs", Body: body})
}

// rulesOfAlerts are the rules of all alerts, by their ID.
func rulesOfAlerts(v *visit) map[int64]string {
	out := map[int64]string{}
	for _, a := range v.view.State.Alerts {
		out[a.ID] = a.Rule
	}
	return out
}

// twiceReach is how far from a call-out an hour that comes twice is asked for.
const twiceReach = 7 * 24 * time.Hour

func calloutLineOf(v *visit, c roster.CalloutRow, rules map[int64]string) calloutLine {
	zone := zoneOf(v.view, c.Person)
	line := calloutLine{ID: c.ID, Person: c.Person, Team: c.Team, Rota: c.Rota,
		Started: clocks.PlacedText(c.Started, zone), Zone: zone.String(),
		IsTwice:   clocks.ComesTwice(zone, c.Started.Add(-twiceReach), c.Started.Add(twiceReach)),
		StartedIn: c.Started.In(zone).Format(clocks.FieldForm), Issue: c.Issue, Verdict: verdictText(c),
		IsUnset: c.Verdict == interruption.Unset, IsRunning: c.Ended.IsZero(), NeedsReason: c.Person != v.who.Handle}
	if !line.NeedsReason {
		line.Person = ""
	}
	line.Ended = "still running"
	if !line.IsRunning {
		line.Ended, line.EndedIn = clocks.PlacedText(c.Ended, zone), c.Ended.In(zone).Format(clocks.FieldForm)
	}
	if c.Assumed {
		line.Ended += ", assumed"
	}
	line.IsFrozen = !v.who.Operator && isMonthFrozen(v, c.Started, zone)
	var names []string
	for _, id := range v.view.SeenAlerts(v.who, c) {
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
	zone, err := entryClock(v)
	if err != nil {
		return err
	}
	if c.Started, c.Ended, err = clocks.ReadTimes(v.Request, zone); err != nil {
		return err
	}
	err = v.keepDecision(func(view *roster.View) (roster.Writes, error) {
		_, writes, err := roster.AddCallout(view, v.who, c, oncall.Reason(v.PostFormValue("because")),
			v.PostFormValue("long") != "")
		return writes, err
	})
	if err != nil {
		return err
	}
	return v.redirect(w, Home+"/callouts?done=entered")
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
		change.Started, change.Ended, err = v.timesOfCallout(id)
	case act == roster.SetIssue:
		change.Issue = strings.TrimSpace(v.PostFormValue("issue"))
	case act == roster.AcknowledgeCallout, act == roster.EndCallout:
	default:
		err = &oncall.Refusal{Kind: oncall.Invalid, Message: fmt.Sprintf("%.40q is nothing to do to a call-out", act),
			Hint: "Press one of the buttons on the page."}
	}
	if err == nil {
		err = v.keepDecision(func(view *roster.View) (roster.Writes, error) {
			_, writes, err := roster.ChangeCallout(view, v.who, act, id, change)
			return writes, err
		})
	}
	if err != nil {
		return err
	}
	return v.redirect(w, Home+"/callouts?done=set")
}

// timesOfCallout reads the times that a form sets of a call-out, on its person's clock; what was not changed stays.
func (v *visit) timesOfCallout(id int64) (started, ended time.Time, err error) {
	for _, c := range v.view.CalloutRows() {
		if c.ID == id && v.view.IsToldOf(v.who, c.Team, c.Person, c.Started) {
			return clocks.ReadTimesOfFields(v.Request, zoneOf(v.view, c.Person),
				clocks.Field{Name: "started", Was: c.Started}, clocks.Field{Name: "ended", Was: c.Ended})
		}
	}
	return clocks.ReadTimes(v.Request, v.view.File.Zone)
}

// entryClocks are the zones in one of which a call-out is entered: one's own, for operators those of the teams that
// they may see.
func entryClocks(v *visit) []*time.Location {
	if !v.who.Operator {
		return []*time.Location{zoneOf(v.view, v.who.Handle)}
	}
	var out []*time.Location
	for _, t := range v.view.File.Teams {
		isListed := slices.ContainsFunc(out, func(z *time.Location) bool { return z.String() == t.Zone.String() })
		if v.who.Sees(t.Name) && !isListed {
			out = append(out, t.Zone)
		}
	}
	return out
}

// entryClock is the zone in which the times of a new call-out are read: the one that the form names.
func entryClock(v *visit) (*time.Location, error) {
	zones, name := entryClocks(v), v.PostFormValue("clock")
	for _, zone := range zones {
		if zone.String() == name || name == "" && len(zones) == 1 {
			return zone, nil
		}
	}
	return nil, &oncall.Refusal{Kind: oncall.Invalid, Message: "it is not said whose clock the times are of",
		Hint: "Choose one of the zones beside the times."}
}
