package message

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/roster"
)

// Message is a notice in words.
type Message struct {
	ID      string // the same for the same notice, however often it is sent
	Kind    roster.NoticeKind
	Person  string
	Change  int64 // that it is about; 0 for none
	Callout int64 // that it is about; 0 for none
	Subject string
	Text    string
	Due     time.Time
}

// NoticeTomorrow is the kind of a reminder: a duty begins tomorrow.
const NoticeTomorrow roster.NoticeKind = "tomorrow"

// Compose words a notice. ok is false where there is nothing left to say: the change is gone, or the duty is somebody
// else's by now.
func Compose(v *roster.View, n roster.Notice) (m Message, ok bool) {
	m = Message{ID: fmt.Sprintf("oncall-%d-%d", n.ID, n.Due.Unix()), Kind: n.Kind, Person: n.Person, Due: n.Due.UTC()}
	switch n.Kind {
	case NoticeTomorrow:
		m.Subject, m.Text = remindText(v, n)
		return m, m.Subject != ""
	case NoticeCalled, NoticeLinkClosed:
		m.Callout = n.Change
		m.Subject, m.Text = wordCallout(v, n)
		return m, m.Subject != ""
	}
	i := slices.IndexFunc(v.Board.Changes, func(c oncall.Change) bool { return c.ID == n.Change })
	if i < 0 {
		return m, false
	}
	c := v.Board.Changes[i]
	m.Change = c.ID
	m.Subject = wordChange(v, c, n)
	m.Text = m.Subject + ".\n" + wordOtherHalf(v, c, n.Person) + wordGaps(v, c, n) + wordRemedy(c, n) +
		fmt.Sprintf("\nChange %d of rota %s.\n", c.ID, c.Rota)
	return m, true
}

// wordChange tells what happened to a change, as its person reads it.
func wordChange(v *roster.View, c oncall.Change, n roster.Notice) string {
	what := c.Rota + ", " + wordSpan(v, c.Span, n.Person)
	switch n.Kind {
	case roster.NoticeAsked:
		return c.From + " asks " + wordAsked(c, n.Person) + " to " + wordKind(c.Kind) + " " + what
	case roster.NoticeAccepted:
		return c.AnsweredBy + " accepted to " + wordKind(c.Kind) + " " + what
	case roster.NoticeDeclined:
		return c.AnsweredBy + " declined to " + wordKind(c.Kind) + " " + what
	case roster.NoticeRelieved:
		return c.To + " takes over from you: " + what
	case roster.NoticeExpired:
		return "Nobody answered your request: " + what
	}
	if c.State == oncall.Cancelled {
		return "An operator cancelled a change of your duty: " + what
	}
	return fmt.Sprintf("An operator changed your duty, from %s to %s: %s", c.From, c.To, what)
}

func wordAsked(c oncall.Change, person string) string {
	if c.To == person {
		return "you"
	}
	return "all of the rota"
}

func wordKind(k oncall.Kind) string {
	if k == oncall.Exchange {
		return "exchange"
	}
	return "cover"
}

// wordOtherHalf tells the other half of an exchange.
func wordOtherHalf(v *roster.View, c oncall.Change, person string) string {
	if c.Group == 0 {
		return ""
	}
	for _, other := range v.Board.Changes {
		if other.Group == c.Group && other.ID != c.ID {
			return fmt.Sprintf("In exchange %s takes over from %s: %s, %s.\n", other.To, other.From, other.Rota,
				wordSpan(v, other.Span, person))
		}
	}
	return ""
}

// wordGaps tells who is asked where they would take a duty without being there.
func wordGaps(v *roster.View, c oncall.Change, n roster.Notice) (text string) {
	if n.Kind != roster.NoticeAsked {
		return ""
	}
	for _, gap := range roster.WouldLeaveGaps(v, c, n.Person, zoneOf(v, n.Person)) {
		text += gap + ".\n"
	}
	return text
}

// wordRemedy tells what can be done. Who is asked as one of all leaves a request open rather than to decline it.
func wordRemedy(c oncall.Change, n roster.Notice) string {
	switch n.Kind {
	case roster.NoticeAsked:
		if c.To != n.Person {
			return "Accept it before it begins, or leave it to the others; where nobody accepts it expires.\n"
		}
		return "Accept or decline it before it begins; else it expires.\n"
	case roster.NoticeDeclined, roster.NoticeExpired:
		return "You have the duty unless somebody else takes it.\n"
	}
	return ""
}

// zoneOf returns the zone in which a person reads times.
func zoneOf(v *roster.View, person string) *time.Location {
	if p, ok := v.Board.People[person]; ok && p.Zone != nil {
		return p.Zone
	}
	return v.File.Zone
}

// shownMoment is how a message writes a moment.
const shownMoment = "Mon 2006-01-02 15:04"

// wordMoment is a moment on a person's clock, with its zone.
func wordMoment(v *roster.View, t time.Time, person string) string {
	zone := zoneOf(v, person)
	return fmt.Sprintf("%s (%s)", t.In(zone).Format(shownMoment), strings.ReplaceAll(zone.String(), "_", " "))
}

func wordSpan(v *roster.View, s civil.Span, person string) string {
	return s.Start.In(zoneOf(v, person)).Format(shownMoment) + " to " + wordMoment(v, s.End, person)
}
