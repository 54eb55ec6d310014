package dutypages

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/risk"
	"jerem/oncall/roster"
	"jerem/web/frame"
)

var absencesTemplate = frame.ParsePage(files, "absences.html", "parts.html")

// absencesBody is the page of who is away: one's own dates, for operators everybody's.
type absencesBody struct {
	Visitor *personsChoice
	Told    string
	IsAll   bool     // the visitor is an operator
	People  []string // whom an operator may enter
	Lines   []absenceLine
}

// absenceLine is an absence.
type absenceLine struct {
	ID               int64
	Person, From, To string
}

// showAbsences shows who is away from now on.
func showAbsences(w http.ResponseWriter, v *visit) error {
	body := absencesBody{Visitor: personsToChoose(v), IsAll: v.who.Operator,
		Told: map[string]string{"entered": "It was entered. A duty that meets it is warned of: ask for a cover.",
			"ended": "It was taken back."}[v.URL.Query().Get("done")]}
	for _, x := range roster.AbsencesFor(v.view, v.who) {
		if x.To.String() >= calendar.DateOf(v.view.Now, zoneOf(v.view, x.Person)).String() {
			body.Lines = append(body.Lines, absenceLine{x.ID, x.Person, dayText(x.From), dayText(x.To)})
		}
	}
	if v.who.Operator {
		body.People = roster.SeenPeople(v.view, v.who)
	}
	return v.showPage(w, frame.View{Template: absencesTemplate, Title: "On call: absences", Body: body})
}

func dayText(d calendar.Date) string {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Format("Mon 2 Jan 2006")
}

// addAbsence enters when somebody is away.
func addAbsence(w http.ResponseWriter, v *visit) error {
	q := risk.Absence{Person: v.PostFormValue("person")}
	for _, field := range []struct {
		name string
		into *calendar.Date
	}{{"from", &q.From}, {"to", &q.To}} {
		day, err := dayIn(v.PostFormValue(field.name))
		if err != nil {
			return err
		}
		*field.into = day
	}
	err := v.keepDecision(func(view *roster.View) (roster.Writes, error) {
		_, writes, err := roster.AddAbsence(view, v.who, q)
		return writes, err
	})
	if err != nil {
		return err
	}
	return v.redirect(w, Home+"/absences?done=entered")
}

// dayIn reads a date of a form.
func dayIn(text string) (calendar.Date, error) {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return calendar.Date{}, &oncall.Refusal{Kind: oncall.Invalid, Message: fmt.Sprintf("%.40q is no date", text),
			Hint: "Write it like 2026-11-23."}
	}
	return calendar.DateOf(at, time.UTC), nil
}

// endAbsence takes an absence back.
func endAbsence(w http.ResponseWriter, v *visit) error {
	id, err := strconv.ParseInt(v.PathValue("id"), 10, 64)
	if err != nil {
		v.pages.Tell(w, v.Request, noPage())
		return nil
	}
	err = v.keepDecision(func(view *roster.View) (roster.Writes, error) { return roster.EndAbsence(view, v.who, id) })
	if err != nil {
		return err
	}
	return v.redirect(w, Home+"/absences?done=ended")
}
