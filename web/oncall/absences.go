package oncall

import (
	"net/http"

	"jerem/oncall/risk"
	"jerem/oncall/roster"
)

// absenceRow is an absence as answers have it: dates, both included.
type absenceRow struct {
	ID     int64  `json:"id"`
	Person string `json:"person"`
	From   string `json:"from"`
	To     string `json:"to"`
}

func absenceRowOf(a risk.Absence) absenceRow {
	return absenceRow{a.ID, a.Person, a.From.String(), a.To.String()}
}

// answerAbsences lists the absences that overlap a span: one's own, for operators all of them.
func answerAbsences(q *question) (answer, error) {
	v, err := q.view()
	if err != nil {
		return answer{}, err
	}
	span, err := q.spanIn(v.File.Zone)
	if err != nil {
		return answer{}, err
	}
	rows := []absenceRow{}
	for _, a := range roster.AbsencesFor(v, q.visitor.Actor) {
		zone := v.File.Zone
		if person, isKnown := v.Board.People[a.Person]; isKnown {
			zone = person.Zone
		}
		if a.Span(zone).Meets(span) {
			rows = append(rows, absenceRowOf(a))
		}
	}
	return answer{value: rows}, nil
}

// addAbsence enters when somebody is away.
func addAbsence(q *question) (answer, error) {
	var body struct {
		Person string `json:"person"`
		From   string `json:"from"`
		To     string `json:"to"`
	}
	if err := q.readBody(&body); err != nil {
		return answer{}, err
	}
	absence := risk.Absence{Person: body.Person}
	var err error
	if absence.From, err = dateIn("from", body.From); err != nil {
		return answer{}, err
	}
	if absence.To, err = dateIn("to", body.To); err != nil {
		return answer{}, err
	}
	err = q.api.Roster.Decide(q.Context(), q.now, func(v *roster.View) (writes roster.Writes, err error) {
		absence, writes, err = roster.AddAbsence(v, q.visitor.Actor, absence)
		return writes, err
	})
	return answer{status: http.StatusCreated, value: absenceRowOf(absence)}, err
}

// endAbsence takes an absence back.
func endAbsence(q *question) (answer, error) {
	id, err := q.idIn("absence")
	if err != nil {
		return answer{}, err
	}
	err = q.api.Roster.Decide(q.Context(), q.now, func(v *roster.View) (roster.Writes, error) {
		return roster.EndAbsence(v, q.visitor.Actor, id)
	})
	return answer{value: map[string]int64{"id": id}}, err
}
