package shifts

import (
	"fmt"
	"slices"
	"time"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/intake"
	"jerem/oncall/roster"
)

// Outcome is what a table comes to.
type Outcome struct {
	roster.Writes
	Outside []string // what of its shifts their rotas do not cover, a sentence for each rota
}

// entry is a row without a fault, with its time.
type entry struct {
	Row
	Span civil.Span
}

// Writes makes what is to be kept of rows: corrections of the rotas, and call-outs by hand. Nobody is told of them by
// message, for they are over. The faults name their lines; with any of them nothing should be kept.
func Writes(v *roster.View, operator roster.Actor, rows []Row) (out Outcome, faults []Fault) {
	var entries []entry
	for _, row := range rows {
		if handle := v.File.HandleOf(row.Person); handle != "" { // tables of other tools name people by their logins
			row.Person = handle
		}
		span, wrong := checkRow(v, row)
		for _, text := range wrong {
			faults = append(faults, faultAt(row.Line, text))
		}
		if wrong == nil {
			entries = append(entries, entry{row, span})
		}
	}
	faults = append(faults, contradictionsIn(v, entries)...)
	out.Outside = outsideOf(v, entries)
	for _, e := range entries {
		enter := correctShift
		if e.Kind == Callout {
			enter = addCallout
		}
		after, err := enter(v, operator, e, &out.Writes)
		if err != nil {
			faults = append(faults, faultAt(e.Line, err.Error()))
			continue
		}
		v = after
	}
	return out, faults
}

// longShift is how long a shift is at most unless the table says that it was longer: one that is longer is a mistyped
// date more often than not.
const longShift = 31 * 24 * time.Hour

// checkRow returns the time of a row, or all that is wrong with it.
func checkRow(v *roster.View, row Row) (span civil.Span, wrong []string) {
	wrong = slices.Clone(row.Faults)
	s, err := v.Schedule(row.Rota)
	if err != nil && row.Rota != "" {
		wrong = append(wrong, fmt.Sprintf("there is no rota %.40q in the file", row.Rota))
	}
	if _, isKnown := v.Board.People[row.Person]; !isKnown && row.Person != "" {
		wrong = append(wrong, fmt.Sprintf("%.40q is no handle and no login of oncall.people", row.Person))
	}
	if wrong != nil {
		return span, wrong
	}
	zone := s.ZoneAt(v.Now)
	span = civil.Span{Start: row.Start.First(zone).Truncate(time.Second),
		End: row.End.First(zone).Truncate(time.Second)}
	if fault := faultOfSpan(s, row, span, v.Now); fault != "" {
		wrong = []string{fault}
	}
	return span, wrong
}

// faultOfSpan tells what is wrong with the time of a row, "" where nothing is.
func faultOfSpan(s *oncall.Schedule, row Row, span civil.Span, now time.Time) string {
	length := span.End.Sub(span.Start)
	switch {
	case span.Empty():
		return "end is not after start"
	case span.End.After(now):
		return "it is not over: what lies ahead is changed by consent"
	case row.Kind == Callout:
		return ""
	case length > longShift && !row.IsLong:
		return fmt.Sprintf("it would last %d days, more than %d: see whether the dates are right; if they are, write "+
			"yes in a column long", int(length.Hours()/24), int(longShift.Hours()/24))
	case len(s.Covered(span)) == 0:
		return fmt.Sprintf("rota %s does not cover this time: give its first version an earlier from before the "+
			"program is first started with it", row.Rota)
	}
	return ""
}

// correctShift sets who was on duty wherever the schedule says somebody else, and returns the view with it.
func correctShift(v *roster.View, operator roster.Actor, e entry, out *roster.Writes) (*roster.View, error) {
	s, err := v.Schedule(e.Rota)
	if err != nil {
		return v, err
	}
	for _, part := range partsOfOthers(s, e.Person, e.Span) {
		rows, writes, err := roster.AskChange(v, operator, oncall.Request{Kind: oncall.Take, Rota: e.Rota,
			Span: part.Span, From: part.from, To: e.Person, Reason: oncall.Correction})
		if err != nil {
			return v, err
		}
		out.Changes, out.Journal = append(out.Changes, writes.Changes...), append(out.Journal, writes.Journal...)
		v = v.WithChanges(rows)
	}
	return v, nil
}

// part is time in which one other person is followed.
type part struct {
	civil.Span
	from string
}

// partsOfOthers returns the time of a span in which somebody else than a person is followed, joined over what nobody
// covers.
func partsOfOthers(s *oncall.Schedule, person string, span civil.Span) []part {
	var out []part
	isBroken := true
	for _, g := range s.Segments(span) {
		d, _ := s.At(g.Start)
		last := len(out) - 1
		switch {
		case d.Followed == person:
			isBroken = true
			continue
		case !isBroken && last >= 0 && out[last].from == d.Followed:
			out[last].End = g.End
		default:
			out = append(out, part{g.Span, d.Followed})
		}
		isBroken = false
	}
	return out
}

// addCallout enters a call-out by hand, unless it is there already, and returns the view with it.
func addCallout(v *roster.View, operator roster.Actor, e entry, out *roster.Writes) (*roster.View, error) {
	s, err := v.Schedule(e.Rota)
	if err != nil {
		return v, err
	}
	team, _ := s.TeamAt(e.Span.Start)
	c, writes, err := roster.AddCallout(v, operator, intake.Callout{Team: team, Person: e.Person, Started: e.Span.Start,
		Ended: e.Span.End}, oncall.Correction, e.IsLong)
	if err != nil {
		return v, err
	}
	if len(writes.Callouts) == 0 { // it is there already
		return v, nil
	}
	out.Callouts, out.Journal = append(out.Callouts, c), append(out.Journal, writes.Journal...)
	state := v.State
	state.Callouts = append(slices.Clone(state.Callouts), c)
	return roster.NewView(state, v.File, v.Now), nil
}
