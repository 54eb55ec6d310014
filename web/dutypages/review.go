package dutypages

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/roster"
	"jerem/web/format"
	"jerem/web/frame"
)

var reviewTemplate = frame.ParsePage(files, "review.html", "parts.html")

// reviewBody is the page of what alert rules are worth.
type reviewBody struct {
	Visitor   *personsChoice
	Told      string
	Sentence  string
	MayDecide bool // in some team; which ones is decided as somebody does
	Teams     []teamRules
}

// teamRules are the rules of a team with an alert or a call-out in the last four weeks.
type teamRules struct {
	Team    string
	Roadmap string     // the address of the team's roadmap, which prices the unexpected
	Rules   []ruleLine // the one with the most pages first
}

// ruleLine is a rule with what it cost and was worth.
type ruleLine struct {
	Rule                                            string
	Alerts, Pages, OutOfHours, Useful, Noise, Unset int
	Actionability, Healed, Hours, Decision, Review  string
	IsDue                                           bool // the date to look again has come
}

// showReview tells what the alert rules of each team cost and were worth.
func showReview(w http.ResponseWriter, v *visit) error {
	body := reviewBody{Visitor: v.choice(), MayDecide: !v.pages.Off && (v.who.Handle != "" || v.who.Operator)}
	if v.URL.Query().Get("done") == "decided" {
		body.Told = "The decision was kept."
	}
	for _, t := range v.view.File.Teams {
		if !v.who.Sees(t.Name) {
			continue
		}
		today := calendar.DateOf(v.view.Now, t.Zone)
		span := civil.Span{Start: civil.Midnight(today.Add(-7*weeksBack), t.Zone),
			End: civil.Midnight(today.Add(1), t.Zone)}
		rules := teamRules{Team: t.Name, Roadmap: frame.TeamAddress(t.Name) + "/roadmap#oncall"}
		for _, r := range v.view.Rules(t.Name, span) {
			rules.Rules = append(rules.Rules, ruleLineOf(r, today))
		}
		slices.SortStableFunc(rules.Rules, func(a, b ruleLine) int { return b.Pages - a.Pages })
		body.Teams = append(body.Teams, rules)
	}
	body.Sentence = sentenceOfRules(body.Teams)
	return v.show(w, frame.View{Template: reviewTemplate, Title: "On call: alert rules", Body: body})
}

// sentenceOfRules is the headline: the rule that paged for nothing most often.
func sentenceOfRules(teams []teamRules) string {
	var worst ruleLine
	team := ""
	for _, t := range teams {
		for _, r := range t.Rules {
			if r.Noise > worst.Noise {
				worst, team = r, t.Team
			}
		}
	}
	if team == "" {
		return "No alert rule was noise in the last four weeks."
	}
	return fmt.Sprintf("%s of %s paged %s in four weeks, %d out of hours: %s noise, %d useful.", worst.Rule, team,
		format.Plural(worst.Pages, "time"), worst.OutOfHours, timesWere(worst.Noise), worst.Useful)
}

// timesWere is a number before what these times were.
func timesWere(n int) string {
	if n == 1 {
		return "1 was"
	}
	return fmt.Sprintf("%d were", n)
}

func ruleLineOf(r roster.RuleRow, today calendar.Date) ruleLine {
	line := ruleLine{Rule: r.Rule, Alerts: r.Alerts, Pages: r.Pages, OutOfHours: r.OutOfHours, Useful: r.Useful,
		Noise: r.Noise, Unset: r.Unset, Actionability: shareText(r.Actionability), Healed: shareText(r.Healed),
		Hours: fmt.Sprintf("%d:%02d", r.Seconds/3600, r.Seconds/60%60), Decision: string(r.Decision)}
	if r.Review != (calendar.Date{}) {
		line.Review, line.IsDue = r.Review.String(), r.Review.String() <= today.String()
	}
	return line
}

func shareText(share *float64) string {
	if share == nil {
		return "–"
	}
	return format.Percent(share)
}

// decideRule keeps what a team decided about a rule.
func decideRule(w http.ResponseWriter, v *visit) error {
	d := roster.Decision{Team: v.PostFormValue("team"), Rule: v.PostFormValue("rule"),
		Kind: roster.DecisionKind(v.PostFormValue("decision"))}
	if text := v.PostFormValue("review"); text != "" && d.Kind != roster.PageAlways {
		at, err := time.Parse(time.DateOnly, text)
		if err != nil {
			return &oncall.Refusal{Kind: oncall.Invalid, Message: fmt.Sprintf("%.40q is no date", text),
				Hint: "Write it like 2026-11-23."}
		}
		d.Review = calendar.DateOf(at, time.UTC)
	}
	err := v.decide(func(view *roster.View) (roster.Writes, error) {
		_, writes, err := roster.Decide(view, v.who, d)
		return writes, err
	})
	if err != nil {
		return err
	}
	return v.redirect(w, Home+"/review?done=decided")
}
