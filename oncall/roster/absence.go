package roster

import (
	"fmt"
	"slices"

	"jerem/oncall"
	"jerem/oncall/risk"
)

// AddAbsence enters when a person is away. The person does, or an operator; nobody says why.
func AddAbsence(v *View, a Actor, q risk.Absence) (risk.Absence, Writes, error) {
	if q.Person == "" {
		q.Person = a.Handle
	}
	_, isPerson := v.Board.People[q.Person]
	switch {
	case q.Person == "":
		return q, Writes{}, refuse(oncall.Invalid, "person is missing", "Name who is away, by their handle.")
	case q.Person != a.Handle && !a.Operator:
		return q, Writes{}, refuse(oncall.Forbidden, "it is somebody else's", "An operator may enter it.")
	case !isPerson:
		return q, Writes{}, refuse(oncall.Invalid, fmt.Sprintf("%.100q is nobody of on-call", q.Person),
			"Use a handle of the file.")
	case q.To.Before(q.From):
		return q, Writes{}, refuse(oncall.Invalid, "to is before from", "Both dates are included.")
	}
	q.ID = v.State.LastAbsence + 1
	return q, Writes{Absences: []risk.Absence{q},
		Journal: []Entry{a.entry(v.Now, "absence entered", "%d of %s, %s to %s",
			q.ID, q.Person, q.From, q.To)}}, nil
}

// EndAbsence takes an absence back.
func EndAbsence(v *View, a Actor, id int64) (Writes, error) {
	i := slices.IndexFunc(v.State.Absences, func(x risk.Absence) bool { return x.ID == id })
	if i < 0 || !a.mayKnowAbsence(v.State.Absences[i]) {
		return Writes{}, refuse(oncall.NotFound, fmt.Sprintf("there is no absence %d", id),
			"See /api/v1/oncall/absences.")
	}
	return Writes{AbsencesEnded: []int64{id}, Journal: []Entry{a.entry(v.Now, "absence taken back", "%d of %s", id,
		v.State.Absences[i].Person)}}, nil
}

// mayKnowAbsence tells whether the actor may see an absence: their own, an operator all of them.
func (a Actor) mayKnowAbsence(x risk.Absence) bool {
	return a.Operator || a.Handle != "" && a.Handle == x.Person
}

// AbsencesFor returns the absences that an actor may see.
func (v *View) AbsencesFor(a Actor) []risk.Absence {
	var out []risk.Absence
	for _, x := range v.State.Absences {
		if a.mayKnowAbsence(x) {
			out = append(out, x)
		}
	}
	return out
}
