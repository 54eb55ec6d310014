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

// Writes makes what is to be kept of rows: corrections of the rotas, and call-outs by hand. Nobody is told of them by
// message, for they are over. The faults name their lines; with any of them nothing should be kept.
func Writes(v *roster.View, operator roster.Actor, rows []Row) (out roster.Writes, faults []string) {
	for _, row := range rows {
		if len(faults) >= mostFaults {
			break
		}
		if handle := v.File.HandleOf(row.Person); handle != "" { // tables of other tools name people by their logins
			row.Person = handle
		}
		span, err := spanOf(v, row)
		if err == nil && row.Kind == Callout {
			v, err = addCallout(v, operator, row, span, &out)
		} else if err == nil {
			v, err = correctShift(v, operator, row, span, &out)
		}
		if err != nil {
			faults = append(faults, fmt.Sprintf("line %d: %s", row.Line, err))
		}
	}
	return out, faults
}

// spanOf returns the time of a row, which must be over.
func spanOf(v *roster.View, row Row) (civil.Span, error) {
	s, err := v.Schedule(row.Rota)
	if err != nil {
		return civil.Span{}, fmt.Errorf("there is no rota %.40q in the file", row.Rota)
	}
	if _, isKnown := v.Board.People[row.Person]; !isKnown {
		return civil.Span{}, fmt.Errorf("%.40q is no handle and no login of oncall.people", row.Person)
	}
	zone := s.ZoneAt(v.Now)
	span := civil.Span{Start: row.Start.First(zone).Truncate(time.Second),
		End: row.End.First(zone).Truncate(time.Second)}
	switch {
	case span.Empty():
		return span, fmt.Errorf("end is not after start")
	case span.End.After(v.Now):
		return span, fmt.Errorf("it is not over: what lies ahead is changed by consent")
	}
	return span, nil
}

// correctShift sets who was on duty wherever the schedule says somebody else, and returns the view with it.
func correctShift(v *roster.View, operator roster.Actor, row Row, span civil.Span, out *roster.Writes) (*roster.View,
	error) {
	s, err := v.Schedule(row.Rota)
	if err != nil {
		return v, err
	}
	if len(s.Covered(span)) == 0 {
		return v, fmt.Errorf("rota %s does not cover this time: give its first version an earlier from before the "+
			"program is first started with it", row.Rota)
	}
	for _, part := range partsOfOthers(s, row.Person, span) {
		rows, writes, err := roster.AskChange(v, operator, oncall.Request{Kind: oncall.Take, Rota: row.Rota,
			Span: part.Span, From: part.from, To: row.Person, Reason: oncall.Correction})
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
func addCallout(v *roster.View, operator roster.Actor, row Row, span civil.Span, out *roster.Writes) (*roster.View,
	error) {
	s, err := v.Schedule(row.Rota)
	if err != nil {
		return v, err
	}
	isSame := func(c intake.Callout) bool {
		return c.Person == row.Person && c.Started.Equal(span.Start) && c.Ended.Equal(span.End)
	}
	if slices.ContainsFunc(v.State.Callouts, isSame) {
		return v, nil
	}
	team, _ := s.TeamAt(span.Start)
	c, writes, err := roster.AddCallout(v, operator, intake.Callout{Team: team, Person: row.Person, Started: span.Start,
		Ended: span.End}, oncall.Correction, row.IsLong)
	if err != nil {
		return v, err
	}
	out.Callouts, out.Journal = append(out.Callouts, c), append(out.Journal, writes.Journal...)
	state := v.State
	state.Callouts = append(slices.Clone(state.Callouts), c)
	return roster.NewView(state, v.File, v.Now), nil
}
