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
	switch {
	case q.Person == "":
		return q, Writes{}, newRefusal(oncall.Invalid, "person is missing", "Name who is away, by their handle.")
	case q.Person != a.Handle && !a.Operator:
		return q, Writes{}, newRefusal(oncall.Forbidden, "it is somebody else's", "An operator may enter it.")
	case q.To.Before(q.From):
		return q, Writes{}, newRefusal(oncall.Invalid, "to is before from", "Both dates are included.")
	}
	if err := checkPersonSeen(v, a, q.Person); err != nil {
		return q, Writes{}, err
	}
	q.ID = v.State.LastAbsence + 1
	return q, Writes{Absences: []risk.Absence{q},
		Journal: []Entry{a.journalEntry(v.Now, "absence entered", "%d of %s, %s to %s",
			q.ID, q.Person, q.From, q.To)}}, nil
}

// EndAbsence takes an absence back.
func EndAbsence(v *View, a Actor, id int64) (Writes, error) {
	i := slices.IndexFunc(v.State.Absences, func(x risk.Absence) bool { return x.ID == id })
	if i < 0 || !seesAbsence(v, a, v.State.Absences[i]) {
		return Writes{}, newRefusal(oncall.NotFound, fmt.Sprintf("there is no absence %d", id),
			"See /api/v1/oncall/absences.")
	}
	return Writes{AbsencesEnded: []int64{id}, Journal: []Entry{a.journalEntry(v.Now, "absence taken back",
		"%d of %s", id,
		v.State.Absences[i].Person)}}, nil
}

// seesAbsence tells whether an actor may see an absence: their own, an operator those of all whom they may see.
func seesAbsence(v *View, a Actor, x risk.Absence) bool {
	return a.Operator && SeesPerson(v, a, x.Person) || a.Is(x.Person)
}

// AbsencesFor returns the absences that an actor may see.
func AbsencesFor(v *View, a Actor) []risk.Absence {
	var out []risk.Absence
	for _, x := range v.State.Absences {
		if seesAbsence(v, a, x) {
			out = append(out, x)
		}
	}
	return out
}
