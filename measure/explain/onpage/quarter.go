package onpage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/outlook"
	"jerem/measure/words"
)

// UsualPace opens what a quarter would have done by its end at the usual pace.
func UsualPace(team *measure.Team, q *measure.Quarter) explanation.Explanation {
	w, name := explanation.WordsOf(team), quarterNamed(q)
	_, last := team.Dates(name)
	e := explanation.BeginOnPage(catalogue.OfQuarter, "usual_pace", "At the usual pace",
		"done + velocity × working days left",
		"done + velocity * days")
	e.At, e.Quality, e.Unit = q.At, q.QualityOf(e.Figure.Name), string(q.Unit)
	if q.Velocity == nil {
		e.Numbers, e.Shown.Value = measure.WhyNoVelocity(team), "–"
		return e
	}
	reached := q.Done + q.Velocity.Median*float64(q.WorkingDaysLeft)
	e.Value, e.Shown.Value, e.Shown.Unit = &reached, w.FormatRounded(reached), w.UnitName()+" by "+
		explanation.DateWord(last)
	e.Numbers = fmt.Sprintf("%s + %s × %d = %s", w.FormatPart(q.Done), w.FormatRate(q.Velocity.Median),
		q.WorkingDaysLeft, w.FormatPart(reached)) + w.RoundedRate(q.Velocity.Median)
	e.Inputs = []explanation.Input{{Term: "done", What: "done", Value: explanation.Number(q.Done)},
		{Term: "velocity", What: "velocity", Value: explanation.Number(q.Velocity.Median)},
		{Term: "days", What: "working days left", Value: explanation.Number(float64(q.WorkingDaysLeft))}}
	e.Notes = []string{"It is no forecast: it knows one pace, and holds it."}
	return e
}

func quarterNamed(q *measure.Quarter) measure.QuarterName {
	name, _ := measure.ParseQuarter(q.Quarter) // a quarter's own name
	return name
}

// mostIssuesListed is how many issues of an epic an explanation lists one by one; where the rest stands its page says.
const mostIssuesListed = 40

// EpicRow is the name of an epic as a row of a table shows it.
const EpicRow = "epic"

// Epic opens an epic of a quarter as one figure, as a row of a table shows it: its issues by state, which add up
// to done, doing and to do. An epic that does not belong to the quarter has no issues.
func Epic(team *measure.Team, q *measure.Quarter, epic measure.QuarterEpic) explanation.Explanation {
	w := explanation.WordsOf(team)
	e := explanation.BeginOnPage(catalogue.OfEpic, EpicRow, epic.Key+" "+epic.Summary,
		"done + doing + to do = total, over the issues of the epic; done ÷ total is its share", "done")
	e.At, e.Unit, e.Value = q.At, string(q.Unit), &epic.Done
	e.Shown.Value, e.Shown.Unit = w.FormatAmount(epic.Done), "of "+w.CountAmount(epic.Total)
	e.Numbers = fmt.Sprintf("%s + %s + %s = %s", w.FormatPart(epic.Done), w.FormatPart(epic.Doing),
		w.FormatPart(epic.ToDo), w.FormatPart(epic.Total))
	if epic.Progression != nil {
		e.Numbers += fmt.Sprintf("; %s ÷ %s = %s", w.FormatPart(epic.Done), w.FormatPart(epic.Total),
			words.Percent(epic.Progression))
	}
	issues, _, against, _ := measure.EpicIssues(team, epic.Key, quarterNamed(q), q.At)
	e.Quality = measure.QualityOfEpic(against, "total")
	for n, i := range issues {
		e.Inputs = append(e.Inputs, explanation.Input{Term: stateTerms[i.State], Issue: i.Key,
			What: stateWords[i.State] + ": " + i.Summary, Value: explanation.Number(i.Estimate),
			Shown:  w.FormatPart(i.Estimate),
			Listed: n < mostIssuesListed})
	}
	e.Issues = []string{epic.Key}
	e.Notes = notesOfEpic(epic)
	return e
}

var (
	stateTerms = map[measure.State]string{measure.Done: "done", measure.Doing: "doing", measure.ToDo: "todo"}
	stateWords = map[measure.State]string{measure.Done: "done", measure.Doing: "doing", measure.ToDo: "to do"}
)

// notesOfEpic says what the sums of an epic leave out.
func notesOfEpic(epic measure.QuarterEpic) []string {
	waiting := fmt.Sprint(epic.Dependency)
	notes := []string{fmt.Sprintf("Of its %s, %s %s on another team.", words.Count(epic.Issues, "issue"), waiting,
		words.Agree(waiting, "waits", "wait"))}
	if epic.Unestimated != nil {
		notes = append(notes, words.Count(*epic.Unestimated, "issue")+
			" without an estimate: they count 0 in every sum, so the sums are lower bounds.")
	}
	if epic.CarriedOver {
		notes = append(notes, "Carried over: what was done before the quarter and still is, is left out.")
	}
	return notes
}

// EpicForecast opens the forecast of an epic: its dates and odds include what stands before it.
func EpicForecast(team *measure.Team, f *outlook.Forecast) []explanation.Explanation {
	list := explain.Dates(team, f)
	TellEpicOrder(list)
	return list
}

// TellEpicOrder says of odds and dates among the figures of an epic's forecast what stands before the epic.
func TellEpicOrder(list []explanation.Explanation) {
	for i := range list {
		if first, _, _ := strings.Cut(list[i].Figure.Name, "."); first == "odds" || first == "dates" ||
			first == "working_days" || first == "pace_alone" {
			list[i].Notes = append(list[i].Notes, "Epics are taken one after the other: those begun by the start of "+
				"their first issue, then the others by key. What remains of those before it comes first.")
		}
	}
}

// EpicsDone opens how many epics of a quarter are done.
func EpicsDone(q *measure.Quarter) explanation.Explanation {
	e := explanation.BeginOnPage(catalogue.OfQuarter, "epics_done", "Epics done",
		"epics of the quarter that have issues, all of which are done", "epic")
	e.At, e.Quality, e.Unit = q.At, q.QualityOf(e.Figure.Name), "epics"
	count := 0
	for _, epic := range q.Epics {
		one := 0.0
		if epic.IsDone() {
			one = 1
			count++
		}
		e.Inputs = append(e.Inputs, explanation.Input{Term: "epic", Issue: epic.Key, What: epic.Summary, Value: &one,
			Listed: true, Shown: fmt.Sprintf("%d of %s", epic.Issues-epic.Open, words.Count(epic.Issues, "issue"))})
	}
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&count), strconv.Itoa(count),
		"of "+words.Count(len(q.Epics), "epic")
	e.Numbers, e.Issues = fmt.Sprintf("%d of %d", count, len(q.Epics)), explanation.KeysOf(e.Inputs)
	return e
}

// EpicOdds are the odds that the forecast tells of an epic, nil where it tells none.
type EpicOdds struct {
	Epic measure.QuarterEpic
	Odds *float64
}

// IsLate tells whether the epic is more likely than not to come after the quarter.
func (e EpicOdds) IsLate() bool { return e.Odds != nil && *e.Odds < 0.5 }

// ForecastEpics asks by when each epic of a quarter is likely done; epics are taken one after the other.
func ForecastEpics(team *measure.Team, q *measure.Quarter) map[string]*outlook.Forecast {
	out, inquiry := map[string]*outlook.Forecast{}, outlook.About(team)
	for _, e := range q.Epics {
		if f, err := inquiry.AskDates(outlook.EpicOf(team, e.Key, quarterNamed(q), q.At), q.At); err == nil {
			out[e.Key] = f
		}
	}
	return out
}

// OpenEpics are the epics of a quarter that have work in it and are not done, with the odds of their forecasts, in the
// order of the quarter; known is false where the odds of none are told.
func OpenEpics(q *measure.Quarter, forecasts map[string]*outlook.Forecast) (open []EpicOdds, known bool) {
	for _, epic := range q.Epics {
		if f := forecasts[epic.Key]; f != nil && epic.Issues > 0 && !epic.IsDone() {
			open, known = append(open, EpicOdds{Epic: epic, Odds: f.Odds}), known || f.Odds != nil
		}
	}
	return open, known
}

// EpicsLate opens how many epics that are not done are more likely than not to come after the quarter, due in words.
func EpicsLate(q *measure.Quarter, open []EpicOdds, due string) explanation.Explanation {
	e := explanation.BeginOnPage(catalogue.OfQuarter, "epics_late", "Epics after "+due,
		"epics that are not done whose odds by the end of the quarter are under 50 %", "epic")
	e.At, e.Quality, e.Unit = q.At, q.QualityOf(e.Figure.Name), "epics"
	count := 0
	for _, one := range open {
		late := 0
		if one.IsLate() {
			late = 1
		}
		count += late
		e.Inputs = append(e.Inputs, explanation.Input{Term: "epic", Issue: one.Epic.Key, What: one.Epic.Summary,
			Value: explanation.Count(&late), Listed: true, Shown: explanation.OddsInWords(one.Odds)})
	}
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&count), strconv.Itoa(count),
		"of "+words.Count(len(open), "epic")
	e.Numbers, e.Issues = fmt.Sprintf("%d of %d", count, len(open)), explanation.KeysOf(e.Inputs)
	return e
}

// WeekPace is what a week of a quarter added, beside what the velocity would hold on its working days.
type WeekPace struct {
	Name           string
	Gain, Capacity float64 // estimates
}

// IsBelow tells whether the week added less than the velocity would hold.
func (w WeekPace) IsBelow() bool { return w.Gain < w.Capacity }

// WeekPaces are the weeks of a quarter that are over beside its velocity; none where it has none.
func WeekPaces(team *measure.Team, q *measure.Quarter) []WeekPace {
	if q.Velocity == nil {
		return nil
	}
	cal, before := team.History().Team.Calendar, 0.0
	var over []WeekPace
	for n, week := range q.Weekly {
		from, to := WeekDates(q, n)
		if !measure.HasEnded(team, to, q.At) {
			break
		}
		over = append(over, WeekPace{Name: week.Week[5:], Gain: week.Done - before,
			Capacity: q.Velocity.Median * float64(cal.Dates(from, to))})
		before = week.Done
	}
	return over
}

// WeeksBelow opens how many weeks that are over added less than the velocity would hold on their working days.
func WeeksBelow(team *measure.Team, q *measure.Quarter, weeks []WeekPace) explanation.Explanation {
	w := explanation.WordsOf(team)
	e := explanation.BeginOnPage(catalogue.OfQuarter, "weeks_below", "Weeks below the velocity",
		"weeks that are over whose gain is under velocity × their working days", "week")
	e.At, e.Quality, e.Unit = q.At, q.QualityOf(e.Figure.Name), "weeks"
	count := 0
	for _, one := range weeks {
		below := 0
		if one.IsBelow() {
			below = 1
		}
		count += below
		e.Inputs = append(e.Inputs, explanation.Input{Term: "week", Issue: one.Name, Value: explanation.Count(&below),
			What:  w.FormatAmount(one.Gain) + " gained, " + w.FormatAmount(one.Capacity) + " at the velocity",
			Shown: strconv.Itoa(below), Listed: true})
	}
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&count), strconv.Itoa(count),
		"of "+words.Count(len(weeks), "week")
	e.Numbers = fmt.Sprintf("%d of %d", count, len(weeks))
	return e
}

// EpicsTogether opens what is done in some epics of a quarter, which keys name.
func EpicsTogether(team *measure.Team, q *measure.Quarter, keys []string) explanation.Explanation {
	e := explanation.BeginOnPage(catalogue.OfQuarter, EpicsChosen, "Done in the chosen epics",
		"Σ done over the chosen epics", "epic")
	return sumEpics(e, team, q, keys)
}

// InitiativeDone opens what is done in the epics of an initiative in a quarter, "" for those of none; its row is the
// initiative. It is false where it has no epic there.
func InitiativeDone(team *measure.Team, q *measure.Quarter, name string) (e explanation.Explanation, ok bool) {
	var keys []string
	for _, epic := range q.Epics {
		if InitiativeOf(epic) == name {
			keys = append(keys, epic.Key)
		}
	}
	title := "Done in " + name
	if name == "" {
		title = "Done in epics of no initiative"
	}
	e = explanation.BeginOnPage(catalogue.OfQuarter, DoneOfInitiative, title,
		"Σ done over the epics of the initiative in the quarter", "epic")
	e.Row = name
	return sumEpics(e, team, q, keys), len(keys) > 0
}

// InitiativesDone opens what is done in the epics of each initiative that has one in a quarter, those of none among
// them.
func InitiativesDone(team *measure.Team, q *measure.Quarter) (list []explanation.Explanation) {
	known := map[string]bool{}
	for _, epic := range q.Epics {
		name := InitiativeOf(epic)
		if !known[name] {
			e, _ := InitiativeDone(team, q, name) // it has this epic
			list = append(list, e)
		}
		known[name] = true
	}
	return list
}

// InitiativeOf is the initiative of an epic, "" for none.
func InitiativeOf(epic measure.QuarterEpic) string {
	if epic.Initiative == nil {
		return ""
	}
	return *epic.Initiative
}

// sumEpics fills in what is done in some epics of a quarter.
func sumEpics(e explanation.Explanation, team *measure.Team, q *measure.Quarter, keys []string) (
	sum explanation.Explanation) {
	w, done, total := explanation.WordsOf(team), 0.0, 0.0
	for _, epic := range q.Epics {
		if !slices.Contains(keys, epic.Key) {
			continue
		}
		done, total = done+epic.Done, total+epic.Total
		e.Inputs = append(e.Inputs, explanation.Input{Term: "epic", Issue: epic.Key, What: epic.Summary,
			Value: &epic.Done,
			Shown: w.FormatPart(epic.Done), Listed: true})
	}
	e.At, e.Quality, e.Unit = q.At, q.QualityOf(e.Figure.Name), string(q.Unit)
	e.Value, e.Issues = &done, explanation.KeysOf(e.Inputs)
	e.Shown.Value, e.Shown.Unit = w.FormatAmount(done), "of "+w.CountAmount(total)
	e.Numbers = explanation.Sum(explanation.ShownOf(e.Inputs), w.FormatPart(done))
	return e
}

// EpicsLacking opens what the epics of a quarter lack: issues without an estimate, and those that wait on another team.
func EpicsLacking(q *measure.Quarter) (unestimated, waiting explanation.Explanation) {
	unestimated = explanation.BeginOnPage(catalogue.OfQuarter, "epics_unestimated", "Without an estimate",
		"issues of the epics without an estimate", "epic")
	waiting = explanation.BeginOnPage(catalogue.OfQuarter, "epics_waiting", "Waiting on another team",
		"issues of the epics that carry the label of a dependency", "epic")
	none, waits, known := 0, 0, false
	for _, epic := range q.Epics {
		if epic.Unestimated != nil {
			known = true
			none += *epic.Unestimated
			unestimated.Inputs = append(unestimated.Inputs, countOfEpic(epic, *epic.Unestimated))
		}
		waits += epic.Dependency
		waiting.Inputs = append(waiting.Inputs, countOfEpic(epic, epic.Dependency))
	}
	unestimated.Shown.Value, unestimated.Numbers = "–", "this team counts issues: none needs an estimate"
	if known {
		unestimated.Value, unestimated.Shown.Value = explanation.Count(&none), strconv.Itoa(none)
		unestimated.Numbers = explanation.Sum(explanation.ShownOf(unestimated.Inputs), strconv.Itoa(none))
	}
	waiting.Value, waiting.Shown.Value = explanation.Count(&waits), strconv.Itoa(waits)
	waiting.Numbers = explanation.Sum(explanation.ShownOf(waiting.Inputs), strconv.Itoa(waits))
	for _, e := range []*explanation.Explanation{&unestimated, &waiting} {
		e.At, e.Quality, e.Unit, e.Shown.Unit = q.At, q.QualityOf(e.Figure.Name), "issues", "issues"
		e.Issues = explanation.KeysOf(e.Inputs)
	}
	return unestimated, waiting
}

// countOfEpic is a count of issues of an epic as an input.
func countOfEpic(epic measure.QuarterEpic, n int) explanation.Input {
	return explanation.Input{Term: "epic", Issue: epic.Key, What: fmt.Sprintf("%s, of %s", epic.Summary,
		words.Count(epic.Issues, "issue")), Value: explanation.Count(&n), Shown: strconv.Itoa(n), Listed: true}
}

// WeekGain opens what a week of a quarter added: done at its end less what was done at the end of the week before.
func WeekGain(team *measure.Team, q *measure.Quarter, n, workingDays int) explanation.Explanation {
	w, week := explanation.WordsOf(team), q.Weekly[n]
	before := 0.0
	if n > 0 {
		before = q.Weekly[n-1].Done
	}
	gain := week.Done - before
	e := explanation.BeginOnPage(catalogue.OfQuarter, "week_gain", "Week "+week.Week,
		"done at the end of the week − done at the end of the week before = gained; done ÷ total is the share",
		"done - before")
	e.At, e.Quality, e.Unit, e.Value = q.At, q.QualityOf(e.Figure.Name), string(q.Unit), &gain
	e.Shown.Value, e.Shown.Unit = w.FormatSigned(gain), w.UnitName()
	e.Inputs = []explanation.Input{{Term: "done", What: "done at its end", Value: &week.Done},
		{Term: "before", What: "done at the end of the week before", Value: &before}}
	e.Numbers = fmt.Sprintf("%s − %s = %s", w.FormatPart(week.Done), w.FormatPart(before), w.FormatPart(gain))
	if week.Total > 0 {
		share := week.Done / week.Total
		e.Numbers += fmt.Sprintf("; %s ÷ %s = %s", w.FormatPart(week.Done), w.FormatPart(week.Total),
			words.Percent(&share))
	}
	e.Notes = []string{words.Count(workingDays, "working day") +
		". A week that took more back than it did gains less than 0."}
	return e
}
