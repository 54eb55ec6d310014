package dutypages

import (
	"fmt"
	"net/http"
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
	MayDecide bool // in some team; which ones is decided as somebody does
	Teams     []teamRules
}

// teamRules are the rules of a team with an alert or a call-out in the last four weeks.
type teamRules struct {
	Team  string
	Rules []ruleLine
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
		rules := teamRules{Team: t.Name}
		for _, r := range v.view.Rules(t.Name, span) {
			rules.Rules = append(rules.Rules, ruleLineOf(r, today))
		}
		body.Teams = append(body.Teams, rules)
	}
	return v.show(w, frame.View{Template: reviewTemplate, Title: "On call: alert rules", Body: body})
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
