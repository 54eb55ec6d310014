package translate

import (
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/jira/document"
)

// rewindDue rewinds the date at which an issue is due. A change tells the date as id and, with an hour that means
// nothing, as text; a side that holds anything else counts as a joint that does not fit.
func (t *translator) rewindDue(v document.Value) agile.Timeline[calendar.Date] {
	current := t.readDue(v.Text)
	return rewindField(t, agile.FieldDue, agile.FieldDue, current, func(c change) (from, to calendar.Date) {
		return t.dueSide(c.item.From, c.item.FromString), t.dueSide(c.item.To, c.item.ToString)
	})
}

// dueSide reads one side of a change.
func (t *translator) dueSide(id, text string) calendar.Date {
	if id == "" {
		id = text
	}
	return t.readDue(id)
}

// readDue reads a date, or the beginning of a date with an hour; nothing is the zero date, and so is what cannot be
// read.
func (t *translator) readDue(text string) calendar.Date {
	if text == "" {
		return calendar.Date{}
	}
	day, err := time.Parse(time.DateOnly, text[:min(len(text), len(time.DateOnly))])
	if err != nil {
		t.addBroken(agile.FieldDue, 1)
		return calendar.Date{}
	}
	return calendar.Date{Year: day.Year(), Month: day.Month(), Day: day.Day()}
}
