package dutypages

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/roster"
	"jerem/sorting"
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

// teamRules are the rules of a team with an alert or a call-out in this month or the one before: of whole months the
// time of call-outs is told.
type teamRules struct {
	Team    string
	Roadmap string     // the address of the team's roadmap, which prices the unexpected
	All     string     // the address of all rules
	Why     string     // why starts out of hours and time are not told of all days, "" where they are
	Rules   []ruleLine // the one with the most pages first; those that are to be looked at again always
	More    *moreRules // nil where all rules are listed
}

// moreRules is what the rules that are not listed were together.
type moreRules struct {
	Count                               string // how many they are
	Alerts, Pages, Useful, Noise, Unset int
	OutOfHours, Hours                   string // "–" where they are not told
}

// mostRules is how many alert rules of a team are listed beside those that are to be looked at again.
const mostRules = 20

// ruleLine is a rule with what it cost and was worth.
type ruleLine struct {
	Rule                                string
	Alerts, Pages, Useful, Noise, Unset int
	OutOfHours, Hours                   string // "–" where they are not told
	Actionability, Healed               string
	Decision, Review                    string
	IsDue                               bool // the date to look again has come
	outOfHours                          *int
	seconds                             *int64
}

// showReview tells what the alert rules of each team cost and were worth.
func showReview(w http.ResponseWriter, v *visit) error {
	body := reviewBody{Visitor: personsToChoose(v), MayDecide: !v.pages.Off && (v.who.Handle != "" || v.who.Operator)}
	if v.URL.Query().Get("done") == "decided" {
		body.Told = "The decision was kept."
	}
	for _, t := range v.view.File.Teams {
		if !v.who.Sees(t.Name) {
			continue
		}
		today := calendar.DateOf(v.view.Now, t.Zone)
		since := civil.MonthOf(v.view.Now, t.Zone).Previous().First()
		span := civil.Span{Start: civil.Midnight(since, t.Zone), End: civil.Midnight(today.Add(1), t.Zone)}
		rules := teamRules{Team: t.Name, Roadmap: frame.TeamAddress(t.Name) + "/roadmap#oncall",
			All: "/api/v1/oncall/rules?" + url.Values{"team": {t.Name}, "from": {since.String()},
				"to": {today.Add(1).String()}}.Encode()}
		rows, why := v.view.RulesFor(v.who, t.Name, span)
		for _, r := range rows {
			rules.Rules = append(rules.Rules, ruleLineOf(r, today))
		}
		if len(rows) > 0 {
			rules.Why = why
		}
		sorting.By(rules.Rules, func(a, b ruleLine) int { return b.Pages - a.Pages })
		body.Teams = append(body.Teams, rules)
	}
	body.Sentence = sentenceOfRules(body.Teams)
	for n := range body.Teams {
		body.Teams[n].limitRules()
	}
	return v.showPage(w, frame.View{Template: reviewTemplate, Title: "On call: alert rules", Body: body})
}

// limitRules leaves out rules beyond [mostRules] but for those that are to be looked at again, and adds them up: a
// source may tell of thousands.
func (t *teamRules) limitRules() {
	listed := []ruleLine{}
	var more moreRules
	outOfHours, seconds := new(int), new(int64)
	for n, r := range t.Rules {
		if n < mostRules || r.IsDue {
			listed = append(listed, r)
			continue
		}
		more.Alerts += r.Alerts
		more.Pages += r.Pages
		more.Useful += r.Useful
		more.Noise += r.Noise
		more.Unset += r.Unset
		outOfHours, seconds = addTold(outOfHours, r.outOfHours), addTold(seconds, r.seconds)
	}
	if left := len(t.Rules) - len(listed); left > 0 {
		more.Count, more.OutOfHours = format.Plural(left, "more rule"), format.OrDash(outOfHours, strconv.Itoa)
		more.Hours = format.OrDash(seconds, wholeMinutes)
		t.More = &more
	}
	t.Rules = listed
}

// addTold adds to a sum what is told; nil where either is not.
func addTold[N int | int64](sum, n *N) *N {
	if sum == nil || n == nil {
		return nil
	}
	total := *sum + *n
	return &total
}

// wholeMinutes writes seconds as hours and minutes, rounded to the nearest minute.
func wholeMinutes(seconds int64) string { return format.Duration((seconds + 30) / 60 * 60) }

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
		return "No alert rule was noise in these months."
	}
	outOfHours := ""
	if worst.outOfHours != nil {
		outOfHours = fmt.Sprintf(", %d out of hours", *worst.outOfHours)
	}
	return fmt.Sprintf("%s of %s paged %s in these months%s: %d %s noise, %d useful.",
		worst.Rule, team, format.Plural(worst.Pages, "time"), outOfHours, worst.Noise,
		format.Agree(fmt.Sprint(worst.Noise), "was", "were"), worst.Useful)
}

func ruleLineOf(r roster.RuleRow, today calendar.Date) ruleLine {
	line := ruleLine{Rule: r.Rule, Alerts: r.Alerts, Pages: r.Pages, Useful: r.Useful, Noise: r.Noise,
		Unset: r.Unset, Actionability: format.Percent(r.Actionability), Healed: format.Percent(r.Healed),
		OutOfHours: format.OrDash(r.OutOfHours, strconv.Itoa), outOfHours: r.OutOfHours,
		Hours: format.OrDash(r.Seconds, wholeMinutes), seconds: r.Seconds,
		Decision: string(r.Decision)}
	if r.Review != (calendar.Date{}) {
		line.Review, line.IsDue = format.DateWord(r.Review), !today.Before(r.Review)
		if r.Review.Year != today.Year {
			line.Review += fmt.Sprintf(" %d", r.Review.Year)
		}
	}
	return line
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
	err := v.keepDecision(func(view *roster.View) (roster.Writes, error) {
		_, writes, err := roster.Decide(view, v.who, d)
		return writes, err
	})
	if err != nil {
		return err
	}
	return v.redirect(w, Home+"/review?done=decided")
}
