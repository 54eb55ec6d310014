package calloutlink

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"jerem/access/attempts"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/link"
	"jerem/oncall/message"
	"jerem/oncall/roster"
	"jerem/problem"
	"jerem/web/frame"
)

// Prefix is where the addresses of links begin.
const Prefix = "/oncall/answer/"

// Records keep the key of links and how many wrong answers were given by each.
type Records interface {
	// LinkKey returns the key; where there is none yet it becomes the fresh one.
	LinkKey(ctx context.Context, fresh []byte) ([]byte, error)
	// CountWrongAnswer notes a wrong answer and returns how many there were.
	CountWrongAnswer(ctx context.Context, token string) (int, error)
	// WrongAnswers returns how many wrong answers were given.
	WrongAnswers(ctx context.Context, token string) (int, error)
}

// Page answers for links.
type Page struct {
	Roster  *roster.Roster
	Records Records
	Now     func() time.Time
	// HandleOf is who is logged in, "" for nobody of on-call.
	HandleOf func(*http.Request) string
	// AddressOf is where a request comes from, for the journal.
	AddressOf func(*http.Request) string
	// Write answers with a page, Tell with a problem.
	Write func(http.ResponseWriter, *http.Request, frame.View, int)
	Tell  func(http.ResponseWriter, *http.Request, *problem.Problem)

	guesses attempts.Limit // of links that are none, and of digits, by address
}

//go:embed page.html
var files embed.FS

var template = frame.ParseBare(files, "page.html")

// answerButton is one of the answers.
type answerButton struct {
	Value, Text string
	act         roster.CalloutAct
	verdict     interruption.Verdict
	reason      intake.NoiseReason
}

// buttons are the answers, in their order on the page.
var buttons = []answerButton{
	{"acknowledge", "I was called, and have no verdict yet", roster.AcknowledgeCallout, "", ""},
	{"useful", "It was useful", roster.SetVerdict, interruption.Useful, ""},
	{"no_action", "Noise: nothing was to be done", roster.SetVerdict, interruption.Noise, intake.NoAction},
	{"duplicate", "Noise: another alert told the same", roster.SetVerdict, interruption.Noise, intake.Duplicate},
	{"heals_itself", "Noise: it heals by itself", roster.SetVerdict, interruption.Noise, intake.HealsItself},
	{"wrong_threshold", "Noise: its threshold is wrong", roster.SetVerdict, interruption.Noise, intake.WrongThreshold},
	{"not_ours", "Noise: it is not ours", roster.SetVerdict, interruption.Noise, intake.NotOurs},
	{"test", "It was a test", roster.SetVerdict, interruption.Test, ""},
}

// body is what the page shows.
type body struct {
	Title, When, What, Verdict, Told string
	AsksDigits                       bool
	Answers                          []answerButton
}

// opened is a link that was read, with the call-out it is about.
type opened struct {
	link.Link
	key   []byte
	token string // its hash, under which wrong answers are counted
	view  *roster.View
}

// mostWrong is how many wrong answers close a link.
const mostWrong = 3

// largestForm bounds what is posted, in bytes.
const largestForm = 4096

// ServeHTTP shows the page of a link, or takes an answer.
func (p *Page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("X-Robots-Tag", "noindex")
	address := attempts.AddressOf(p.AddressOf(r))
	if p.guesses.IsUsedUp(address, p.Now()) {
		p.Tell(w, r, tooManyGuesses)
		return
	}
	o, refused := p.openLink(r)
	if refused != nil && refused.Status == http.StatusNotFound {
		p.guesses.CountFailure(address, p.Now())
	}
	if refused != nil {
		p.Tell(w, r, refused)
		return
	}
	if r.Method != http.MethodPost {
		p.showPage(w, r, o, "", http.StatusOK)
		return
	}
	if err := origins.Check(r); err != nil {
		p.Tell(w, r, frame.NewProblem(http.StatusForbidden, "foreign_origin", "Press the button on the page itself.",
			"a page of another server sent this request"))
		return
	}
	p.takeAnswer(w, r, o)
}

// tooManyGuesses tells an address that tried too many links that are none, or digits that are wrong.
var tooManyGuesses = frame.NewProblem(http.StatusTooManyRequests, frame.Busy.Word(), "Wait a minute, then try again.",
	"too many links or digits from your address were wrong")

// origins refuses what a page of another server sends with somebody's login.
var origins = http.NewCrossOriginProtection()

// openLink reads the link of a request.
func (p *Page) openLink(r *http.Request) (*opened, *problem.Problem) {
	now := p.Now().Truncate(time.Second)
	view, err := p.Roster.View(r.Context(), now)
	if err != nil {
		return nil, notReadable
	}
	key, err := p.Records.LinkKey(r.Context(), link.NewKey())
	if err != nil {
		return nil, notReadable
	}
	token := strings.TrimPrefix(r.URL.Path, Prefix)
	o := &opened{key: key, view: view, token: hashOf(token)}
	o.Link, err = link.Read(key, token, o.personOf, now)
	if errors.Is(err, link.ErrExpired) {
		return nil, closedProblem("the link has expired")
	}
	if err != nil {
		return nil, frame.NewProblem(http.StatusNotFound, frame.UnknownAddress.Word(),
			"Open it as it stands in the message, to its end.", "this link is none that was sent")
	}
	wrong, err := p.Records.WrongAnswers(r.Context(), o.token)
	if err != nil {
		return nil, notReadable
	}
	if wrong >= mostWrong {
		return nil, closedProblem("the link is closed: wrong digits were typed three times")
	}
	return o, nil
}

var notReadable = frame.NewProblem(http.StatusServiceUnavailable, frame.Busy.Word(), "Try it again in a minute.",
	"what is kept cannot be read now")

// The codes of what is refused.
const (
	LinkClosed problem.Code = "oncall.link_closed"
	conflict   problem.Code = "oncall.conflict" // as the API tells it
)

func closedProblem(message string) *problem.Problem {
	return &problem.Problem{Code: LinkClosed, Status: http.StatusGone, Message: message,
		Hint: "Answer where you are logged in, or by the API."}
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func (o *opened) personOf(callout int64) string {
	for _, c := range o.view.State.Callouts {
		if c.ID == callout {
			return c.Person
		}
	}
	return ""
}

// takeAnswer keeps an answer, if who gives it is logged in as the person or has typed the digits.
func (p *Page) takeAnswer(w http.ResponseWriter, r *http.Request, o *opened) {
	r.Body = http.MaxBytesReader(w, r.Body, largestForm)
	i := slices.IndexFunc(buttons, func(b answerButton) bool { return b.Value == r.PostFormValue("answer") })
	if i < 0 {
		p.showPage(w, r, o, "Nothing was kept: press one of the buttons.", http.StatusUnprocessableEntity)
		return
	}
	if p.HandleOf(r) != o.Person {
		digits := r.PostFormValue("digits")
		switch {
		case len(digits) != 2 || strings.Trim(digits, "0123456789") != "":
			p.showPage(w, r, o, "Nothing was kept: type the two digits that stand in the message.",
				http.StatusUnprocessableEntity)
			return
		case digits != link.Digits(o.key, o.Link):
			p.countWrong(w, r, o)
			return
		}
	}
	p.keepAnswer(w, r, o, buttons[i])
}

func (p *Page) countWrong(w http.ResponseWriter, r *http.Request, o *opened) {
	p.guesses.CountFailure(attempts.AddressOf(p.AddressOf(r)), p.Now())
	wrong, err := p.Records.CountWrongAnswer(r.Context(), o.token)
	if err != nil {
		p.Tell(w, r, notReadable)
		return
	}
	if wrong < mostWrong {
		p.showPage(w, r, o, "Nothing was kept: these are not the digits of the message.", http.StatusForbidden)
		return
	}
	err = p.Roster.Decide(r.Context(), o.view.Now, func(v *roster.View) (roster.Writes, error) {
		return roster.Writes{Notices: []roster.Notice{{Person: o.Person, Kind: message.NoticeLinkClosed,
			Change: o.Callout, Due: v.Now}}}, nil
	})
	if err != nil {
		p.Tell(w, r, notReadable)
		return
	}
	p.Tell(w, r, closedProblem("the link is closed: wrong digits were typed three times"))
}

// keepAnswer keeps an answer as its person gives it where they are logged in.
func (p *Page) keepAnswer(w http.ResponseWriter, r *http.Request, o *opened, b answerButton) {
	actor := roster.Actor{Handle: o.Person, Login: "link of a message", Source: p.AddressOf(r)}
	err := p.Roster.Decide(r.Context(), o.view.Now, func(v *roster.View) (roster.Writes, error) {
		_, writes, err := roster.ChangeCallout(v, actor, b.act, o.Callout,
			roster.CalloutChange{Verdict: b.verdict, Reason: b.reason})
		return writes, err
	})
	if refusal := roster.RefusalOf(err); refusal != nil {
		p.Tell(w, r, &problem.Problem{Code: conflict, Status: http.StatusConflict, Message: refusal.Message,
			Hint: refusal.Hint})
		return
	}
	if err == nil {
		o.view, err = p.Roster.View(r.Context(), o.view.Now)
	}
	if err != nil {
		p.Tell(w, r, notReadable)
		return
	}
	p.showPage(w, r, o, "Kept: "+b.Text+". You may change it until the month is frozen.", http.StatusOK)
}

// showPage writes the page.
func (p *Page) showPage(w http.ResponseWriter, r *http.Request, o *opened, told string, status int) {
	rows := o.view.CalloutRows()
	i := slices.IndexFunc(rows, func(c roster.CalloutRow) bool { return c.ID == o.Callout })
	zone := o.view.File.Zone
	if person, ok := o.view.Board.People[o.Person]; ok {
		zone = person.Zone
	}
	b := body{Title: "Your call-out", Told: told, Verdict: string(rows[i].Verdict), Answers: buttons,

		When:       rows[i].Started.In(zone).Format("Mon 2 January 2006, 15:04") + " (" + zone.String() + ")",
		What:       "no alert",
		AsksDigits: p.HandleOf(r) != o.Person}
	var rules []string
	for _, a := range o.view.State.Alerts {
		if slices.Contains(rows[i].Alerts, a.ID) && !slices.Contains(rules, a.Rule) {
			rules = append(rules, a.Rule)
		}
	}
	if rules != nil {
		b.What = strings.Join(rules, ", ")
	}
	p.Write(w, r, frame.View{Template: template, Title: b.Title, Past: true, Body: b}, status)
}
