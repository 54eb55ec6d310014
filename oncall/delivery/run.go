package delivery

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jerem/oncall/link"
	"jerem/oncall/message"
	"jerem/oncall/roster"
)

// Notices keep what people are to be told until they were.
type Notices interface {
	// DueNotices returns the notices that are due by a moment and were not sent, in order of their IDs.
	DueNotices(ctx context.Context, now time.Time) ([]roster.Notice, error)
	// MarkSent notes that a notice was sent, or that there is nothing to send any more.
	MarkSent(ctx context.Context, id int64, at time.Time) error
}

// longestTry is how long after it is due a message is tried again; later it would tell of what is over.
const longestTry = 3 * 24 * time.Hour

// Postman sends what is due.
type Postman struct {
	Roster   *roster.Roster
	Notices  Notices
	Sender   *Sender
	Contacts map[string]Contact // of each person the first that takes messages, by handle
	// Answer makes the address by which a person answers for a call-out, and the digits to type there; nil where links
	// lead nowhere, as no address of the server is known. Then nobody is asked about call-outs.
	Answer func(l link.Link) (address, digits string, err error)
}

// Run keeps the reminders that are due by now and sends all messages that are due, each once. Those of people without a
// contact are finished unsent, and so are those that nobody took for three days. By a clock that is doubted nobody is
// reminded, and what is that old by it waits. It returns how many were sent, and
// what went wrong with others: they are due again at the next run.
func (p *Postman) Run(ctx context.Context, now time.Time) (sent int, err error) {
	var v *roster.View
	err = p.Roster.Decide(ctx, now, func(view *roster.View) (roster.Writes, error) {
		v = view
		if p.Roster.DoubtsClock(view) {
			return roster.Writes{}, nil
		}
		notices := message.Reminders(view)
		if p.Answer != nil {
			notices = append(notices, message.Called(view)...)
		}
		return roster.Writes{Notices: notices}, nil
	})
	if err != nil {
		return 0, err
	}
	due, err := p.Notices.DueNotices(ctx, now)
	if err != nil {
		return 0, err
	}
	var failed []error
	for _, n := range due {
		wasSent, err := p.sendNotice(ctx, v, n, now)
		switch {
		case ctx.Err() != nil:
			return sent, ctx.Err()
		case err != nil:
			failed = append(failed, err)
		case wasSent:
			sent++
		}
	}
	return sent, errors.Join(failed...)
}

// sendNotice sends a notice and notes it after that: if the program ends in between it is sent again with the same ID.
func (p *Postman) sendNotice(ctx context.Context, v *roster.View, n roster.Notice, now time.Time) (wasSent bool,
	err error) {
	contact, isReachable := p.Contacts[n.Person]
	m, hasWords := message.Compose(v, n)
	isOver := now.Sub(n.Due) > longestTry
	if isOver && p.Roster.DoubtsClock(v) {
		return false, nil
	}
	if n.Kind == message.NoticeCalled && p.Answer != nil {
		address, digits, err := p.Answer(link.Link{Callout: n.Change, Person: n.Person,
			Expires: n.Due.Add(link.Lifetime).UTC()})
		if err != nil {
			return false, err
		}
		m.Text += fmt.Sprintf("Answer there: %s\nIf you are not logged in, type %s.\n", address, digits)
	}
	if isReachable && hasWords && !isOver {
		if err := p.Sender.Send(ctx, contact, m); err != nil {
			return false, err
		}
		wasSent = true
	}
	return wasSent, p.Notices.MarkSent(ctx, n.ID, now)
}
