package dutypages

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/roster"
	"jerem/web/dutypages/clocks"
)

// The weeks ahead that the pages show.
const (
	weeksOnOverview = 4
	weeksOfRota     = 12
)

// rotaCard is a rota as a page shows it: who is on duty now and next, and its turns.
type rotaCard struct {
	Name, Address, Team string
	Level               string // as in "level 1"
	Zone                string // in whose times the card tells
	Now                 string // who is on duty, in words
	Person              string // "" in a gap and outside coverage
	Until               string
	State               dutyState
	IsGap               bool
	Next                string // in words; "" where nobody else follows in the weeks shown
	Turns               []turnRow
}

// turnRow is a turn, or as much of it as lies ahead.
type turnRow struct {
	From, To   string
	Person     string // who is on duty, or whose turn it is where several are; "" for a turn that is a gap
	Note       string // whose turn it is, where another person or nobody is on duty in all of it
	IsRunning  bool   // the moment lies in the turn
	NowWord    string // beside the person: that they are on duty now, or that the turn runs and nobody is; "" else
	IsMine     bool   // the visitor is the person
	Exceptions []exception
}

// exception is time of a turn in which somebody else is on duty, or nobody.
type exception struct {
	From, To string
	Person   string // "" in a gap
	IsNow    bool   // they are on duty now, or the gap is
	IsMine   bool
}

// Told is the exception in words.
func (e exception) Told() string {
	if e.Person == "" {
		return "Nobody: a gap from " + e.From + " to " + e.To
	}
	return e.Person + " from " + e.From + " to " + e.To
}

// rotaAddress is the address of a rota's page.
func rotaAddress(rota string) string { return Home + "/" + url.PathEscape(rota) }

// seenSchedules returns the schedules of the rotas of teams that a visitor may see.
func (v *visit) seenSchedules() []*oncall.Schedule {
	var out []*oncall.Schedule
	for _, s := range v.view.Schedules() {
		if roster.SeesRota(v.view, v.who, s) {
			out = append(out, s)
		}
	}
	return out
}

// cardOf is a rota with the turns of some weeks ahead.
func cardOf(s *oncall.Schedule, v *roster.View, weeks int, handle string) rotaCard {
	zone := s.ZoneAt(v.Now)
	team, level := s.TeamAt(v.Now)
	card := rotaCard{Name: s.Rota, Address: rotaAddress(s.Rota), Team: team, Level: "level " + strconv.Itoa(level),
		Zone: zone.String()}
	ahead := civil.Span{Start: v.Now, End: weeksLater(v.Now, weeks, zone)}
	now := s.Now(v.Now)
	card.Person, card.IsGap, card.State = now.Person, now.Gap, stateOf(now)
	if !now.Until.IsZero() {
		card.Until = "Until " + clocks.PlacedText(now.Until, zone)
	}
	card.Now = wordsOfNow(now, card.State, zone)
	card.Next = nextInWords(s.Segments(ahead), v.Now, now, zone)
	for _, turn := range s.Turns(ahead) {
		if row, ok := turnRowOf(s.Segments(turn.Span), v.Now, handle, zone); ok {
			card.Turns = append(card.Turns, row)
		}
	}
	return card
}

func weeksLater(t time.Time, weeks int, zone *time.Location) time.Time {
	date, second := civil.ClockOf(t, zone)
	return civil.Instant(date.Add(7*weeks), second, zone)
}

// dutyState is what a rota is at a moment.
type dutyState int

// The states of a rota.
const (
	onDuty dutyState = iota
	inGap
	outsideHours // the turn runs, and the rota covers other hours
	notBegun
	hasEnded
)

// stateOf tells what a rota is at the moment of its row.
func stateOf(row oncall.NowRow) dutyState {
	switch {
	case row.Gap:
		return inGap
	case row.Person != "":
		return onDuty
	case !row.Begins.IsZero():
		return notBegun
	case !row.Ended.IsZero():
		return hasEnded
	}
	return outsideHours
}

func wordsOfNow(n oncall.NowRow, state dutyState, zone *time.Location) string {
	switch state {
	case inGap:
		return "Nobody is on call: a gap"
	case notBegun:
		return "Nobody yet: it begins on " + clocks.PlacedText(n.Begins, zone)
	case hasEnded:
		return "Nobody: it ended on " + clocks.PlacedText(n.Ended, zone)
	case outsideHours:
		return "Nobody: outside the hours covered"
	}
	if n.Person != n.Planned {
		return n.Person + " is on call, for " + n.Planned
	}
	return n.Person + " is on call"
}

// nextInWords tells who comes after the one who is on duty now, and when.
func nextInWords(segments []oncall.Segment, now time.Time, row oncall.NowRow, zone *time.Location) string {
	for _, g := range segments {
		isSame := g.Person == row.Person && (g.Person != "" || row.Gap)
		if !g.Start.After(now) || isSame {
			continue
		}
		if g.IsGap() {
			return "Nobody from " + clocks.PlacedText(g.Start, zone) + ": a gap"
		}
		return g.Person + " from " + clocks.PlacedText(g.Start, zone)
	}
	return ""
}

// turnRowOf makes the row of a turn out of its segments; false where it covers nothing.
func turnRowOf(segments []oncall.Segment, now time.Time, handle string, zone *time.Location) (turnRow, bool) {
	if len(segments) == 0 {
		return turnRow{}, false
	}
	first, last := segments[0], segments[len(segments)-1]
	row := turnRow{From: clocks.Text(first.Start, zone), To: clocks.Text(last.End, zone), Person: first.Planned,
		IsRunning: !now.Before(first.Start) && now.Before(last.End)}
	running := slices.IndexFunc(segments, func(g oncall.Segment) bool { return g.Holds(now) })
	parts := joinSegments(segments)
	isWhole := len(parts) == 1
	for _, g := range parts {
		switch {
		case g.Person == g.Planned:
		case isWhole:
			row.Person, row.Note = g.Person, "for "+g.Planned
			if g.IsGap() {
				row.Note = "a gap: it is the turn of " + g.Planned
			}
		default:
			isNow := running >= 0 && g.Holds(now)
			row.Exceptions = append(row.Exceptions, exception{clocks.Text(g.Start, zone), clocks.Text(g.End, zone),
				g.Person,
				isNow, g.Person == handle && !g.IsGap()})
		}
	}
	row.IsMine = row.Person == handle && handle != ""
	switch {
	case row.IsRunning && running < 0:
		row.NowWord = "not at this hour"
	case row.IsRunning && segments[running].Person == row.Person:
		row.NowWord = "now"
	}
	return row, true
}

// joinSegments makes one of segments that follow each other with the same person and the same planned one, whether
// time that is not covered lies between or not.
func joinSegments(segments []oncall.Segment) []oncall.Segment {
	var out []oncall.Segment
	for _, g := range segments {
		if last := len(out) - 1; last >= 0 && out[last].Person == g.Person && out[last].Planned == g.Planned {
			out[last].End = g.End
			continue
		}
		out = append(out, g)
	}
	return out
}
