package api

import (
	"net/http"
	"slices"
	"strings"

	"jerem/measure/catalogue"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/flow"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/source"
)

// explainRow opens a figure of which there are several, where its rows are made one by one; isRow is false for any
// other.
func (q *figureQuestion) explainRow(r *http.Request) (e explanation.Explanation, isRow bool, err error) {
	rows, figure, err := q.figureRows(r)
	if err != nil || figure.Name == "" {
		return e, false, err
	}
	parameters := strings.Fields(figure.Row)
	n := slices.IndexFunc(rows, func(row explain.Row) bool { return q.namesRow(row, parameters) })
	if n >= 0 {
		return rows[n].Open(), true, nil
	}
	var known []string
	for _, row := range rows {
		known = append(known, strings.Join(row.Names, " "))
	}
	status, hint := http.StatusNotFound, "There is none as of that moment."
	if len(known) > 0 {
		const most = 20
		status, hint = http.StatusBadRequest, "Name one by "+strings.Join(parameters, "= and ")+"=: "+
			strings.Join(known[:min(len(known), most)], ", ")+"."
	}
	return e, true, frame.NewProblem(status, "bad_figure", hint, "there is no such row of %s", q.figure)
}

// namesRow tells whether an address names a row: each of its parameters, or none. A rule without a name is that of
// call-outs without an alert.
func (q *figureQuestion) namesRow(row explain.Row, parameters []string) bool {
	for n, parameter := range parameters {
		isNamed := q.query.Get(parameter) != "" || parameter == "rule" && q.query.Has(parameter)
		if isNamed && q.query.Get(parameter) != row.Names[n] {
			return false
		}
	}
	return true
}

// figureRows lists the rows of the figure that is asked for, and the figure; no name where its rows are not made one by
// one.
func (q *figureQuestion) figureRows(r *http.Request) (rows []explain.Row, figure catalogue.Figure, err error) {
	for _, of := range []catalogue.Subject{catalogue.OfForecast, catalogue.OfOnCallPrice, catalogue.OfFlow,
		catalogue.OfOnCall} {
		one, ok := catalogue.Find(of, q.figure)
		if !ok || one.Row == "" || slices.Contains(rowsTogether, q.figure) {
			continue
		}
		switch of {
		case catalogue.OfFlow:
			from, to, err := asked.FlowDates(r, q.team, q.at)
			if err != nil {
				return nil, one, err
			}
			return explain.FlowRows(q.team, flow.Measure(q.team, q.at, from, to), q.figure), one, nil
		case catalogue.OfOnCall:
			sp, err := source.SprintOf(q.team, q.query.Get("sprint"), q.at)
			if err != nil {
				return nil, one, err
			}
			return explain.OnCallRows(sp, q.figure), one, nil
		}
		if err := q.nameSubject(); err != nil {
			return nil, one, err
		}
		f, err := q.askForecast(r)
		if err != nil {
			return nil, one, err
		}
		if of == catalogue.OfOnCallPrice {
			return explain.OnCallPriceRows(f, q.figure), one, nil
		}
		return explain.ForecastRows(q.team, f, q.figure), one, nil
	}
	return nil, figure, nil
}

// rowsTogether are the figures of several rows that are opened with all others of their subject.
var rowsTogether = []string{"column_pace.p85", "oncall.by_rule.counted_seconds", "price.oncall.by_rule.days"}

// nameSubject has an address that names nothing of a forecast mean the present quarter.
func (q *figureQuestion) nameSubject() error {
	for _, parameter := range []string{"quarter", "epic", "sprint", "remaining", "by"} {
		if q.query.Get(parameter) != "" {
			return nil
		}
	}
	name, err := q.quarterName()
	q.query.Set("quarter", name.String())
	return err
}
