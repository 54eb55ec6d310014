package oncall

import (
	"jerem/calendar"
	"jerem/oncall/civil"
	"jerem/oncall/risk"
	"jerem/oncall/roster"
)

// warningRow is a warning as answers have it.
type warningRow struct {
	Kind     risk.WarningKind `json:"kind"`
	Severity string           `json:"severity"`
	Rota     orNull           `json:"rota"`
	Person   orNull           `json:"person"`
	Change   *int64           `json:"change"`
	Start    moment           `json:"start"`
	End      moment           `json:"end"`
	Text     string           `json:"text"`
}

// answerWarnings tells what of the plan is allowed and bears a risk: about rotas to all, about a person to them and
// operators; to operators also what of sources is set aside.
func answerWarnings(q *question) (answer, error) {
	v, err := q.view()
	if err != nil {
		return answer{}, err
	}
	rows := []warningRow{}
	for _, w := range roster.WarningsFor(v, q.visitor.Actor) {
		row := warningRow{w.Kind, "warning", orNull(w.Rota), orNull(w.Person), nilIfZero(w.Change), moment{w.Start},
			moment{w.End}, w.Text}
		if w.IsError {
			row.Severity = "error"
		}
		rows = append(rows, row)
	}
	aside, err := q.api.Roster.SetAsideFor(q.Context(), q.visitor.Actor, q.api.Events)
	for _, s := range aside {
		rows = append(rows, warningRow{Kind: risk.WarnSetAside, Severity: "warning", Text: s.Text()})
	}
	return answer{value: rows}, err
}

// loadAnswer is what on-call asks of a team, without handles.
type loadAnswer struct {
	Interruptions    *int64   `json:"interruptions"`
	OutOfHours       *int64   `json:"out_of_hours"`
	DisturbedNights  *int64   `json:"disturbed_nights"`
	RestSeconds      *int64   `json:"rest_seconds"`
	LargestDutyShare *float64 `json:"largest_duty_share"`
	Per12h           *float64 `json:"per_12h"`
	People           int      `json:"people"`
}

// answerLoad tells the load of a team in a month, up to now where it is not over; without one that of the last that is.
func answerLoad(q *question) (answer, error) {
	v, err := q.view()
	if err != nil {
		return answer{}, err
	}
	team, err := q.teamIn()
	if err != nil {
		return answer{}, err
	}
	month := monthBefore(q.now, team.Zone)
	if text := q.URL.Query().Get("month"); text != "" {
		if month, err = roster.ParseMonth(text); err != nil {
			return answer{}, err
		}
	}
	span := month.Span(team.Zone)
	span = civil.Span{Start: span.Start, End: calendar.EarlierOf(span.End, v.ToldUntil(q.visitor.Actor, team.Name))}
	if span.Empty() { // the first day of a month is not over
		span.End = span.Start
	}
	l := v.Load(team.Name, span)
	return answer{value: loadAnswer{l.Interruptions, l.OutOfHours, l.DisturbedNights, l.RestSeconds,
		l.LargestDutyShare, l.Per12h, l.People}}, nil
}
