package dutypages

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"jerem/access/attempts"
	"jerem/oncall"
	"jerem/oncall/feed"
	"jerem/oncall/roster"
	"jerem/web/frame"
)

// Calendars keep the hashes of the secrets that open calendars.
type Calendars interface {
	// KeepCalendarSecret makes a secret the only one of a person's calendar.
	KeepCalendarSecret(ctx context.Context, person, hash string, at time.Time) error
	// RevokeCalendarSecret closes a person's calendar.
	RevokeCalendarSecret(ctx context.Context, person string, at time.Time) error
	// PersonOfCalendar returns whose calendar a secret opens, "" for nobody's.
	PersonOfCalendar(ctx context.Context, hash string) (person string, err error)
}

// CalendarPrefix is where the addresses of calendars begin. They want no login, as the programs that read them have
// none: the secret stands in their place.
const CalendarPrefix = "/oncall/calendar/"

// secretBytes is how long a secret is: 128 random bits.
const secretBytes = 16

func newSecret() string {
	b := make([]byte, secretBytes)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

func hashOfSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// ServeCalendar answers with the calendar that a secret opens. Nothing that it tells or logs holds the secret.
func (p *Pages) ServeCalendar(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("X-Robots-Tag", "noindex")
	if refused := frame.RefuseUnknown(r.URL.Query(), []string{"rota"}); refused != nil {
		p.Tell(w, r, refused)
		return
	}
	address := attempts.AddressOf(p.AddressOf(r))
	if p.guesses.IsUsedUp(address, p.Now()) {
		p.Tell(w, r, tooManyGuesses)
		return
	}
	view, err := p.view(r)
	if err != nil {
		p.Tell(w, r, unreadable)
		return
	}
	person, err := p.personOf(r)
	if err != nil {
		p.Tell(w, r, unreadable)
		return
	}
	calendar, ok := calendarOf(view, person, r.URL.Query().Get("rota"))
	switch {
	case person == "":
		p.guesses.CountFailure(address, p.Now())
		p.Tell(w, r, frame.NewProblem(http.StatusNotFound, frame.UnknownAddress.Word(),
			"Make a new address at /oncall/me: one that was renewed or revoked opens nothing.",
			"there is no calendar at this address"))
		return
	case !ok:
		p.Tell(w, r, noRota())
		return
	}
	var text bytes.Buffer
	_ = feed.Write(&text, calendar) // a buffer takes all
	w.Header().Set("Cache-Control", "private")
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	_, _ = w.Write(text.Bytes()) // who asked may have gone
}

// tooManyGuesses tells an address that tried too many secrets that open nothing.
var tooManyGuesses = frame.NewProblem(http.StatusTooManyRequests, frame.Busy.Word(), "Wait a minute, then try again.",
	"too many calendar addresses that open nothing were asked for from your address")

var unreadable = frame.NewProblem(http.StatusServiceUnavailable, frame.Busy.Word(), "Try it again in a minute.",
	"what is kept of on-call cannot be read now")

// personOf returns whose calendar a request asks for, "" for nobody's.
func (p *Pages) personOf(r *http.Request) (string, error) {
	secret, isFeed := strings.CutSuffix(strings.TrimPrefix(r.URL.Path, CalendarPrefix), ".ics")
	if !isFeed || len(secret) != hex.EncodedLen(secretBytes) {
		return "", nil
	}
	return p.Calendars.PersonOfCalendar(r.Context(), hashOfSecret(secret))
}

// calendarOf is the calendar of a person, or of a rota that they stand in: with it they see who their duty passes to,
// and no team that is not theirs.
func calendarOf(v *roster.View, person, rota string) (feed.Calendar, bool) {
	if rota == "" {
		return feed.Calendar{Name: "On call: " + person, Stamp: v.Now, IsPersonal: true,
			Duties: feed.PersonalDuties(v.Schedules(), person, feed.Span(v.Now, zoneOf(v, person)))}, true
	}
	for _, s := range v.Schedules() {
		if s.Rota == rota && standsIn(s, person) {
			return feed.Calendar{Name: "On call: " + rota, Stamp: v.Now,
				Duties: feed.RotaDuties(s, feed.Span(v.Now, s.ZoneAt(v.Now)))}, true
		}
	}
	return feed.Calendar{}, false
}

// standsIn tells whether a person is among the people of some version of a rota, or took duty in it.
func standsIn(s *oncall.Schedule, person string) bool {
	for _, p := range s.ActiveVersions() {
		if slices.Contains(p.People, person) {
			return true
		}
	}
	return slices.ContainsFunc(s.Changes(), func(c oncall.Change) bool { return c.To == person })
}

// changeCalendar makes, renews or revokes the address of a person's own calendar.
func changeCalendar(w http.ResponseWriter, v *visit) error {
	p, now, handle := v.pages, v.view.Now, v.who.Handle
	switch act := v.PostFormValue("act"); act {
	case "make":
		secret := newSecret()
		if err := p.Calendars.KeepCalendarSecret(v.Context(), handle, hashOfSecret(secret), now); err != nil {
			return err
		}
		if err := v.recordAct("calendar address made"); err != nil {
			return err
		}
		body := myBody{Told: "Your calendar has a new address. One that it had before opens nothing any more.",
			Feed: CalendarPrefix + secret + ".ics"}
		body.Address = cmp.Or(p.URL, p.Base) + body.Feed
		return v.showMyBody(w, body)
	case "revoke":
		if err := p.Calendars.RevokeCalendarSecret(v.Context(), handle, now); err != nil {
			return err
		}
		if err := v.recordAct("calendar address revoked"); err != nil {
			return err
		}
		return v.redirect(w, myPage+"?done=revoked")
	default:
		return &oncall.Refusal{Kind: oncall.Invalid, Message: fmt.Sprintf("%.40q is nothing to do to a calendar", act),
			Hint: "Press one of the buttons on the page: act is make or revoke."}
	}
}

// recordAct writes a line of the journal about who visits.
func (v *visit) recordAct(what string) error {
	return v.pages.Roster.Decide(v.Context(), v.view.Now, func(*roster.View) (roster.Writes, error) {
		return roster.Writes{Journal: []roster.Entry{{At: v.view.Now, Who: v.who.Login, What: what,
			Source: v.who.Source, Args: v.who.Handle}}}, nil
	})
}
