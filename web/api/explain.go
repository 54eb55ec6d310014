package api

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/explain/onpage"
	"jerem/measure/flow"
	"jerem/measure/grade"
	"jerem/measure/investment"
	"jerem/measure/outlook"
	"jerem/measure/sprintreport"
	"jerem/measure/words"
	"jerem/problem"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/source"
)

// explainAnswer is an explanation for programs: numbers as the API writes them.
type explainAnswer struct {
	Figure  string         `json:"figure"`
	Value   any            `json:"value"` // a number, a date, or null where it cannot be told
	Unit    string         `json:"unit"`
	At      time.Time      `json:"at"`
	Formula explainFormula `json:"formula"`
	Inputs  []explainInput `json:"inputs"`
	Beside  []explainInput `json:"beside"` // numbers that stand beside it in its answer, and do not count
	Notes   []string       `json:"notes"`
	JQL     *string        `json:"jql"`
	Quality grade.Quality  `json:"quality"`
}

type explainFormula struct {
	Words      string `json:"words"`
	Numbers    string `json:"numbers"`    // as people read them: hours where estimates are time
	Expression string `json:"expression"` // over the terms of the inputs
}

type explainInput struct {
	Term  *string    `json:"term"` // null for what does not count
	Time  *time.Time `json:"time"`
	Date  *string    `json:"date"`
	Issue string     `json:"issue"` // or the name of a sprint, a team, a nature
	What  string     `json:"what"`
	Value *float64   `json:"value"`
}

// subjects are the parameters that name what a figure is one of.
var subjects = []string{"sprint", "quarter", "epic", "initiative", "remaining"}

// oldNames are the names that figures had before they were named by their paths, by what they are one of.
var oldNames = map[catalogue.Subject]map[string]string{
	catalogue.OfSprint: {
		"remaining":   "ledger.remaining",
		"commitment":  "ledger.commitment",
		"impediments": "impediments.seconds",
		"unplanned":   "impediments.unplanned",
	},
	catalogue.OfQuarter: {"velocity": "velocity.median"},
}

// Explain opens a figure: of a sprint, a quarter, an epic, an initiative, a forecast or the flow; without a subject, of
// the present quarter or the flow.
func (s *Answers) Explain(r *http.Request) (any, error) {
	e, err := s.Explanation(r)
	if err != nil {
		return nil, err
	}
	return answerOf(e), nil
}

// Explanation opens the figure that a request names, as [Answers.Explain] tells it to programs.
func (s *Answers) Explanation(r *http.Request) (explanation.Explanation, error) {
	query := r.URL.Query()
	var named []string
	for _, name := range subjects {
		within := name == "quarter" && (query.Get("initiative") != "" || query.Get("epic") != "")
		if query.Get(name) != "" && !within {
			named = append(named, name)
		}
	}
	if len(named) > 1 {
		return explanation.Explanation{}, frame.NewProblem(http.StatusBadRequest, "bad_figure",
			"Name one of "+strings.Join(subjects, ", ")+".",
			"%s are both named", strings.Join(named, " and "))
	}
	figure := query.Get("figure")
	if figure == "" {
		return explanation.Explanation{}, frame.NewProblem(http.StatusBadRequest, "bad_question",
			"Write figure=NAME; an answer names those that it has under explain.", "no figure is named")
	}
	if s.OfPortfolio != nil {
		if e, ok, err := s.OfPortfolio(r); ok || err != nil {
			return e, err
		}
	}
	if query.Get("initiative") != "" && !isOfTeamsInitiative(query) {
		list, err := explainInitiative(s, r, query.Get("initiative"))
		return findFigure(list, figure, nil, err)
	}
	if query.Get("team") == "" {
		return explanation.Explanation{}, frame.NewProblem(http.StatusBadRequest, "bad_question",
			"Write team=NAME, or initiative=NAME for a figure over all teams.", "no team is named")
	}
	team, err := s.Teams.Team(r.Context(), query.Get("team"))
	if err != nil {
		return explanation.Explanation{}, err
	}
	at, err := asked.KnownMoment(r, team)
	if err != nil {
		return explanation.Explanation{}, err
	}
	q := figureQuestion{team: team, at: at, query: query}
	q.figure, q.ofForecast = strings.CutPrefix(figure, explanation.OfForecast)
	if recent, ok := strings.CutPrefix(figure, explanation.OfFourWeeks); ok {
		q.figure = recent
		list, err := explainRecent(&q)
		for n := range list {
			list[n].Figure.Name = explanation.OfFourWeeks + list[n].Figure.Name
		}
		e, err := findFigure(list, figure, nil, err)
		e.Figure.Name = strings.TrimPrefix(e.Figure.Name, explanation.OfFourWeeks)
		return e, err
	}
	if e, isRow, err := q.explainRow(r); isRow || err != nil {
		return e, err
	}
	list, err := q.explanationsOf(r)
	return findFigure(list, q.figure, q.others, err)
}

// figureQuestion is what an explanation is asked.
type figureQuestion struct {
	team   *measure.Team
	at     time.Time
	query  url.Values
	figure string

	others func() []string // names what can be opened beside the figures that were; nil where nothing can

	ofForecast bool // the figure of a forecast is meant, and not that of its name of a sprint, a quarter or an epic
}

// isOf tells whether the figure is one of a subject.
func (q *figureQuestion) isOf(of catalogue.Subject) bool {
	_, ok := catalogue.Find(of, q.figure)
	return ok
}

// isOfForecast tells whether the figure is one of a forecast, the price of on-call among them, and none of a subject
// that has a forecast.
func (q *figureQuestion) isOfForecast(of catalogue.Subject) bool {
	return q.ofForecast || (q.isOf(catalogue.OfForecast) || q.isOf(catalogue.OfOnCallPrice)) && !q.isOf(of)
}

// acceptFormerName takes the name of before for the one of today.
func (q *figureQuestion) acceptFormerName(of catalogue.Subject) {
	if name := oldNames[of][q.figure]; name != "" {
		q.figure = name
	}
}

// explanationsOf opens the figures among which the one that is asked for stands.
func (q *figureQuestion) explanationsOf(r *http.Request) ([]explanation.Explanation, error) {
	sprint, epic := q.query.Get("sprint"), q.query.Get("epic")
	switch {
	case q.isOf(catalogue.OfMix) && sprint == "" && epic == "":
		return q.explainMix()
	case (q.isOf(catalogue.OfFlow) || onpage.IsOfFlow(q.figure)) && sprint == "" && epic == "":
		return q.explainFlow(r)
	case sprint != "":
		return q.explainSprint(r, sprint)
	case epic != "":
		return q.explainEpic(r, epic)
	case q.query.Get("remaining") != "" || q.query.Get("by") != "" && q.query.Get("quarter") == "":
		return q.explainForecast(r)
	}
	return q.explainQuarter(r)
}

func (q *figureQuestion) explainSprint(r *http.Request, id string) ([]explanation.Explanation, error) {
	sp, err := source.SprintOf(q.team, id, q.at)
	if err != nil {
		return nil, err
	}
	if !q.ofForecast {
		q.acceptFormerName(catalogue.OfSprint)
	}
	switch {
	case q.isOfForecast(catalogue.OfSprint):
		return q.explainForecast(r)
	case q.isOf(catalogue.OfDifferences):
		d, err := sprintreport.Compare(q.team, sp.ID, q.at)
		if err != nil {
			return nil, err
		}
		return explain.Differences(q.team, d, sp.QualityOf("ledger.completed")), nil
	}
	if onpage.IsOfSprint(q.figure) && !q.ofForecast {
		if e, isTold := onpage.Sprint(q.team, sp, q.figure); isTold {
			return []explanation.Explanation{e}, nil
		}
	}
	q.others = func() []string { return onpage.FiguresOfSprint(q.team, sp) }
	list := append(explain.Sprint(q.team, sp), explain.OnCall(sp)...)
	explain.TellNoAmounts(sp, list)
	list = append(append(list, explain.SprintDays(q.team, sp)...), explain.OnCallParts(sp)...)
	if list, err = q.rowsOf(list, "nature", explain.Natures(q.team, sp)); err != nil {
		return nil, err
	}
	return q.rowsOf(list, "rule", explain.OnCallRules(sp))
}

// rowsOf adds the row that a parameter names to a list of figures; a figure of which there are several needs one.
func (q *figureQuestion) rowsOf(
	list []explanation.Explanation, parameter string, rows []explanation.Explanation,
) ([]explanation.Explanation, error) {
	name := q.query.Get(parameter)
	names := []string{}
	for _, row := range rows {
		if row.Row == name && q.query.Has(parameter) {
			list = append(list, row)
		}
		if row.Figure.Name == q.figure {
			names = append(names, row.Row)
		}
	}
	known := slices.ContainsFunc(list, func(e explanation.Explanation) bool { return e.Figure.Name == q.figure })
	if known || len(names) == 0 {
		return list, nil
	}
	return nil, frame.NewProblem(http.StatusBadRequest, "bad_figure",
		"Name one: "+parameter+"= one of "+strings.Join(names, ", ")+".", "there is no %s %q here", parameter, name)
}

// quarterName is the quarter that is asked for, else the present one.
func (q *figureQuestion) quarterName() (measure.QuarterName, error) {
	if text := q.query.Get("quarter"); text != "" {
		return asked.QuarterOf(text)
	}
	return q.team.QuarterAt(q.at), nil
}

func (q *figureQuestion) explainQuarter(r *http.Request) ([]explanation.Explanation, error) {
	name, err := q.quarterName()
	if err != nil {
		return nil, err
	}
	q.acceptFormerName(catalogue.OfQuarter)
	if q.isOfForecast(catalogue.OfQuarter) { // of a quarter without an epic it tells why it is not known
		q.query.Set("quarter", name.String())
		return q.explainForecast(r)
	}
	figures, err := knownQuarter(q.team, name, q.at)
	if err != nil {
		return nil, err
	}
	if isOnRoadmap(q.figure) && !q.ofForecast {
		if list, err := explainOnRoadmap(q, figures); err != nil || len(list) > 0 {
			return list, err
		}
	}
	q.others = func() []string { return onpage.FiguresOfQuarter(q.team, figures) }
	return explain.Quarter(q.team, figures), nil
}

func (q *figureQuestion) explainEpic(r *http.Request, key string) ([]explanation.Explanation, error) {
	if q.isOfForecast(catalogue.OfEpic) {
		return q.explainForecast(r)
	}
	name, ok := measure.QuarterOfEpic(q.team, key, q.at)
	if q.query.Get("quarter") != "" {
		one, err := q.quarterName()
		if err != nil {
			return nil, err
		}
		name, ok = one, true
	}
	if !ok {
		list, known := explain.EpicAlone(q.team, key, q.at)
		if !known {
			return nil, unknownWork(fmt.Errorf("%s is no epic that is known of team %s at that moment", key,
				q.team.History().Team.Name))
		}
		return list, nil
	}
	if e, known := explainEpicRow(q, key, name); known {
		return []explanation.Explanation{e}, nil
	}
	q.others = func() []string { return []string{onpage.EpicRow} }
	list, ok := explain.Epic(q.team, key, name, q.at)
	if !ok {
		return nil, frame.NewProblem(
			http.StatusNotFound,
			"unknown_epic",
			"Ask as of a moment at which it "+words.OfQuarters(q.team.History().Team.Quarter).One+".",
			"%q is no epic of team %s in %s at that moment",
			key,
			q.team.History().Team.Name,
			name,
		)
	}
	return list, nil
}

// explainForecast opens the forecast of what is asked for; what if is read as the forecast itself reads it.
func (q *figureQuestion) explainForecast(r *http.Request) ([]explanation.Explanation, error) {
	f, err := q.askForecast(r)
	if err != nil {
		return nil, err
	}
	list := append(explain.Forecast(q.team, f), explain.ForecastParts(q.team, f)...)
	prices, rows := explanation.DivideRows(explain.OnCallPrice(f))
	list = append(append(list, explain.OnCallPriceParts(f)...), prices...)
	if q.query.Get("epic") != "" {
		onpage.TellEpicOrder(list)
	}
	return q.rowsOf(list, "rule", rows)
}

// askForecast asks the forecast that an address names; that of the present quarter where it names none.
func (q *figureQuestion) askForecast(r *http.Request) (*outlook.Forecast, error) {
	question, err := forecastQuestion(r, q.query, q.team, q.at)
	if err != nil {
		return nil, err
	}
	f, err := outlook.Ask(q.team, question, q.at)
	if err != nil {
		return nil, unknownWork(err)
	}
	return f, nil
}

func (q *figureQuestion) explainFlow(r *http.Request) ([]explanation.Explanation, error) {
	from, to, err := asked.FlowDates(r, q.team, q.at)
	if err != nil {
		return nil, err
	}
	f := flow.Measure(q.team, q.at, from, to)
	if onpage.IsOfFlow(q.figure) {
		return listOf(onpage.Flow(q.team, f, q.figure)), nil
	}
	list := explain.Flow(q.team, f, flow.Late(q.team, q.at))
	return q.rowsOf(list, "column", explain.ColumnPaces(q.team, f))
}

func (q *figureQuestion) explainMix() ([]explanation.Explanation, error) {
	name, err := q.quarterName()
	if err != nil {
		return nil, err
	}
	now := q.team.QuarterAt(q.at)
	back := (now.Year-name.Year)*4 + now.Number - name.Number
	if back < 0 || back >= mostMixQuarters {
		return nil, frame.NewProblem(
			http.StatusNotFound,
			"unknown_quarter",
			"The mix tells the last "+strconv.Itoa(mostMixQuarters)+" quarters.",
			"nothing is told of %s",
			name,
		)
	}
	return explain.Mix(q.team, investment.Of(q.team, q.at, back+1)[0], q.at), nil
}

func explainInitiative(s *Answers, r *http.Request, initiative string) ([]explanation.Explanation, error) {
	questions, _, err := askedOfAll(s, r)
	if err != nil {
		return nil, err
	}
	if len(questions) == 0 {
		return nil, s.noTeamRead()
	}
	name, err := quarterOr(r, questions[0])
	if err != nil {
		return nil, err
	}
	list, ok := explain.Initiative(questions, initiative, name)
	if !ok {
		return nil, unknownInitiative(initiative, name)
	}
	return list, nil
}

// findFigure finds the explanation of a figure; others names what can be opened too.
func findFigure(
	list []explanation.Explanation, figure string, others func() []string, err error,
) (explanation.Explanation, error) {
	if err != nil {
		return explanation.Explanation{}, err
	}
	i := slices.IndexFunc(list, func(e explanation.Explanation) bool { return e.Figure.Name == figure })
	if i >= 0 {
		return list[i], nil
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Figure.Name)
	}
	if others != nil {
		names = append(names, others()...)
	}
	return explanation.Explanation{}, frame.NewProblem(http.StatusNotFound, "unknown_figure",
		subjectOf(figure)+problem.Suggest(figure, names)+"The figures that can be explained here are: "+
			format.OrElse(strings.Join(names, ", "), "none, before the start")+
			". Those of everything else are listed in openapi.json, under figure.", "there is no figure %q here",
		figure)
}

// subjectOf says what has to be named beside a figure that another subject has; "" where none has it.
func subjectOf(figure string) string {
	for _, of := range []catalogue.Subject{catalogue.OfSprint, catalogue.OfEpic, catalogue.OfQuarter} {
		if _, ok := catalogue.Find(of, figure); ok {
			return fmt.Sprintf("A %s has it: name one by %s. ", of, of)
		}
	}
	return ""
}

// answerOf writes an explanation for programs.
func answerOf(e explanation.Explanation) explainAnswer {
	if e.Quality.Reasons == nil {
		e.Quality.Reasons = []string{}
	}
	a := explainAnswer{
		Figure:  e.Figure.Name,
		Unit:    e.Unit,
		At:      e.At,
		Quality: e.Quality,
		Notes:   append([]string{}, e.Notes...),
		Formula: explainFormula{e.Figure.Formula, e.Numbers, e.Figure.Expression},
	}
	switch {
	case e.Date != nil:
		a.Value = *e.Date
	case e.Value != nil:
		a.Value = *e.Value
	}
	a.Inputs, a.Beside = answerInputs(e.Inputs), answerInputs(e.Beside)
	if len(e.Issues) > 0 {
		jql := "key in (" + strings.Join(e.Issues, ", ") + ")"
		a.JQL = &jql
	}
	return a
}

// answerInputs writes inputs for programs.
func answerInputs(inputs []explanation.Input) []explainInput {
	out := []explainInput{}
	for _, i := range inputs {
		out = append(out, explainInput{orNull(i.Term), i.Time, orNull(i.Date), i.Issue, i.What, i.Value})
	}
	return out
}

// orNull is a text, nil where there is none.
func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
