package asked

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/problem"
	"jerem/web/format"
	"jerem/web/frame"
)

// AskedMoments is what a request asks of time, and what it was answered as of: filled while the answer is made, told
// beside it afterwards.
type AskedMoments struct {
	text  string // of ?at=, "" for none
	teams []answeredAsOf
}

// answeredAsOf says of one team which moment was asked for and which one is shown.
type answeredAsOf struct {
	team   string
	words  format.Words
	wanted time.Time
	day    bool // wanted is the end of a day
	shown  time.Time
	until  time.Time // the last complete reading
	since  time.Time // when the first thing known of the team happened; zero while nothing is

	compared bool // it is the moment to compare with
}

// isAhead tells whether the moment lies after the last complete reading.
func (a answeredAsOf) isAhead() bool { return a.wanted.After(a.until) }

// isUnknown tells whether the moment lies before anything is known.
func (a answeredAsOf) isUnknown() bool { return !a.since.IsZero() && a.shown.Before(a.since) }

type askedKey struct{}

// WithMoments gives a request the place where its moments are noted.
func WithMoments(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), askedKey{}, &AskedMoments{text: r.URL.Query().Get("at")}))
}

// MomentsOf returns what was noted of a request; an empty note where none is kept.
func MomentsOf(r *http.Request) *AskedMoments {
	if a, ok := r.Context().Value(askedKey{}).(*AskedMoments); ok {
		return a
	}
	return &AskedMoments{}
}

// ReadMoment reads a moment of the query; ok is false where it is not named.
func ReadMoment(r *http.Request, name string) (m calendar.Moment, ok bool, err error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return m, false, nil
	}
	m, err = calendar.ParseMoment(text)
	if wrong := problem.Of(err, "calendar"); wrong != nil {
		return m, false, frame.NewProblem(http.StatusBadRequest, "bad_time", wrong.Hint, "%s=%s", name, wrong.Message)
	}
	return m, err == nil, err
}

// MomentAt returns the moment that a request asks for of a team: a date is its end in the team's zone, without one it
// is the team's last complete reading, and so is every later one. What was asked and what is answered is noted.
func MomentAt(r *http.Request, team *measure.Team) (time.Time, error) {
	m, named, err := ReadMoment(r, "at")
	if err != nil {
		return team.Now(), err
	}
	w := format.WordsOf(team)
	note := answeredAsOf{team: team.History().Team.Name, words: w, wanted: team.Now(), until: team.Now()}
	if named {
		note.wanted, note.day, note.since = m.Last(w.Zone), m.IsDate(), KnownSince(team)
	}
	note.shown = note.wanted
	if note.isAhead() {
		note.shown = note.until
	}
	a := MomentsOf(r)
	a.teams = append(a.teams, note)
	return note.shown, nil
}

// KnownMoment is [MomentAt] for programs and files: before anything is known there is nothing to answer with, and an
// empty list or a 0 would say something else.
func KnownMoment(r *http.Request, team *measure.Team) (time.Time, error) {
	at, err := MomentAt(r, team)
	notes := MomentsOf(r).teams
	if err != nil || len(notes) == 0 || !notes[len(notes)-1].isUnknown() {
		return at, err
	}
	note := notes[len(notes)-1]
	return at, nothingKnown("team "+note.team, "at", note.since)
}

// nothingKnown says since when something is known of what a parameter asks for.
func nothingKnown(of, parameter string, since time.Time) error {
	text := since.UTC().Format(time.RFC3339Nano)
	return frame.NewProblem(http.StatusNotFound, "nothing_known", "Ask for "+parameter+"="+text+" or later.",
		"nothing is known of %s before %s", of, text)
}

// KnownToSome refuses a moment before anything is known of all teams that a request has asked for so far: there is
// nothing to answer with.
func KnownToSome(r *http.Request) error {
	var first time.Time
	notes := MomentsOf(r).teams
	for _, note := range notes {
		if !note.isUnknown() {
			return nil
		}
		if first.IsZero() || note.since.Before(first) {
			first = note.since
		}
	}
	if len(notes) == 0 {
		return nil
	}
	return nothingKnown("any team", "at", first)
}

// Window returns the span that a request asks for of a team's series, both ends included: without from the first
// point, without to, or with a later one, the last complete reading. `at` stands for `to`.
func Window(r *http.Request, team *measure.Team) (from, to time.Time, err error) {
	zone := team.History().Team.Calendar.Zone
	first, hasFrom, err := ReadMoment(r, "from")
	if err != nil {
		return from, to, err
	}
	if hasFrom {
		from = first.First(zone)
	}
	if to, err = MomentAt(r, team); err != nil {
		return from, to, err
	}
	for _, name := range []string{"to", "at"} {
		last, named, err := ReadMoment(r, name)
		if err != nil {
			return from, to, err
		}
		if !named {
			continue
		}
		end := last.Last(zone)
		if end.Before(from) {
			return from, to, frame.NewProblem(http.StatusBadRequest, "bad_span", "Exchange from and "+name+".",
				"from is after %s",
				name)
		}
		if end.Before(to) {
			to = end
		}
	}
	return from, to, nil
}

// mostAhead is how far after the last complete reading a span may begin: who asks again and again for what is new since
// the last answer gets nothing until there is something.
const mostAhead = 24 * time.Hour

// CheckAhead refuses a span that begins long after it ends at the last complete reading: it holds nothing, and who asks
// means another one.
func CheckAhead(from, to time.Time) error {
	if from.Sub(to) <= mostAhead {
		return nil
	}
	return frame.NewProblem(http.StatusBadRequest, "bad_span", "Ask from an earlier moment.",
		"from is after the last complete reading, %s", to.UTC().Format(time.RFC3339Nano))
}

// ComparedMoment returns the moment that an answer is to be compared with; false where none is named.
func ComparedMoment(r *http.Request, team *measure.Team) (time.Time, bool, error) {
	_, at, named, err := readCompared(r, team)
	if since := team.KnownSince(); err == nil && named && at.Before(since) {
		err = nothingKnown("team "+team.History().Team.Name, "with", since)
	}
	return at, named, err
}

// ComparedOnPage is [ComparedMoment] for a page: before anything is known there is nothing to compare with, and a line
// on the page says since when there is.
func ComparedOnPage(r *http.Request, team *measure.Team) (time.Time, bool, error) {
	m, at, named, err := readCompared(r, team)
	since := team.KnownSince()
	if err != nil || !named || !at.Before(since) {
		return at, named, err
	}
	a := MomentsOf(r)
	a.teams = append(a.teams, answeredAsOf{team: team.History().Team.Name, words: format.WordsOf(team), wanted: at,
		shown: at, day: m.IsDate(), until: team.Now(), since: since, compared: true})
	return at, false, nil
}

// readCompared reads the moment to compare with as it was written, and as the last one of it that was read.
func readCompared(r *http.Request, team *measure.Team) (m calendar.Moment, at time.Time, named bool, err error) {
	m, named, err = ReadMoment(r, "with")
	if err != nil || !named {
		return m, at, false, err
	}
	at = calendar.EarlierOf(m.Last(team.History().Team.Calendar.Zone), team.Now())
	return m, at, true, nil
}

// KnownSince returns when the first thing that is known of a team happened, the zero time where nothing is.
func KnownSince(team *measure.Team) time.Time { return team.KnownSince() }

// BeforeAll is what a page of a team shows as of a moment before anything is known of it: nothing, neither planned nor
// counted. It is nil for any other moment; present is the address of the page without a moment.
func BeforeAll(team *measure.Team, at time.Time, present string) *frame.EmptyState {
	since := KnownSince(team)
	if !at.Before(since) {
		return nil
	}
	w := format.WordsOf(team)
	return &frame.EmptyState{Title: "Nothing is known before " + w.DayYear(since),
		Text: "The first thing that Jira tells of the team is of " + w.Moment(since) + ".",
		Link: present, LinkText: "The present page"}
}

// Tell sets the headers that say as of when an answer stands, for lists and files that have no field for it.
func (a *AskedMoments) Tell(h http.Header) {
	if len(a.teams) == 0 {
		return
	}
	last := a.teams[0]
	for _, one := range a.teams[1:] {
		if one.shown.After(last.shown) {
			last = one
		}
	}
	h.Set("Jerem-At", last.shown.UTC().Format(time.RFC3339Nano))
	if last.isAhead() {
		h.Set("Jerem-Asked-At", last.wanted.UTC().Format(time.RFC3339Nano))
	}
}

// Lines say on a page that another moment is shown than was asked for, and since when something is known. Teams of
// one answer share a line.
func (a *AskedMoments) Lines() []string {
	var out []string
	later, same := map[string]int{}, map[string][]string{}
	for _, one := range a.teams {
		line := one.noticeText()
		if line == "" {
			continue
		}
		if _, ok := later[line]; !ok {
			later[line] = len(out)
			out = append(out, line)
		}
		same[line] = append(same[line], one.team)
	}
	for line, i := range later {
		out[i] = strings.Replace(line, "%team", strings.Join(same[line], ", "), 1)
	}
	return out
}

// noticeText is what is to be said of one team, "%team" standing for its name; "" for nothing.
func (a answeredAsOf) noticeText() string {
	wanted := a.words.Moment(a.wanted)
	if a.day {
		wanted = "the end of " + a.words.DayYear(a.wanted)
	}
	switch {
	case a.compared:
		return fmt.Sprintf("You compare with %s. %%team: nothing is known before %s.", wanted, a.words.Moment(a.since))
	case a.isAhead():
		return fmt.Sprintf("You asked for %s. %%team: known until %s, and shown as of then.", wanted,
			a.words.Moment(a.until))
	case a.isUnknown():
		return fmt.Sprintf("You asked for %s. %%team: nothing is known before %s.", wanted, a.words.Moment(a.since))
	}
	return ""
}
