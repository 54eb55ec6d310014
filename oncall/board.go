package oncall

import (
	"fmt"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall/civil"
	"jerem/sorting"
)

// Actor is who asks for something.
type Actor struct {
	Handle   string // "" for one without a handle
	Name     string // under which the ledger keeps the act; the handle where it is ""
	Operator bool
}

func (a Actor) ledgerName() string {
	if a.Name != "" {
		return a.Name
	}
	return a.Handle
}

// Request asks for a change. Zero fields take their defaults.
type Request struct {
	Kind       Kind
	Rota       string
	civil.Span        // a take begins now and ends with the turn where it is zero
	From, To   string // handles; To "" asks all of the rota to cover
	Against    *Side  // the other side of an exchange
	Reason     Reason // of an operator; with it the change comes into force at once
}

// Side is the other half of an exchange: what From takes over from To.
type Side struct {
	Rota string
	civil.Span
}

// Board is the state that decisions about changes are made on. It is never changed: each decision returns the rows
// that are new or differ, and the caller keeps them in one transaction with the check.
type Board struct {
	Rotas   []Rota
	People  People
	Changes []Change // all of the rotas, whatever their state
}

// ScheduleOf returns the schedule of a rota by its name; the error of an unknown one says where the names stand.
func (b Board) ScheduleOf(rota string) (*Schedule, error) {
	for _, r := range b.Rotas {
		if r.Name == rota {
			return NewSchedule(r, b.People, b.Changes), nil
		}
	}
	return nil, &Refusal{NotFound, fmt.Sprintf("there is no rota %q", rota), "see /api/v1/oncall/now for their names"}
}

func (b Board) nextNumbers() (id, seq int64) {
	for _, c := range b.Changes {
		id, seq = max(id, c.ID), max(seq, c.Seq)
	}
	return id + 1, seq + 1
}

// changesOfGroup returns the change with its other half, in order of ID.
func (b Board) changesOfGroup(id int64) ([]Change, error) {
	i := slices.IndexFunc(b.Changes, func(c Change) bool { return c.ID == id })
	if i < 0 {
		return nil, &Refusal{NotFound, fmt.Sprintf("there is no change %d", id), ""}
	}
	if b.Changes[i].Group == 0 {
		return []Change{b.Changes[i]}, nil
	}
	var out []Change
	for _, c := range b.Changes {
		if c.Group == b.Changes[i].Group {
			out = append(out, c)
		}
	}
	sorting.By(out, func(x, y Change) int { return int(x.ID - y.ID) })
	return out, nil
}

// openGroup returns the group of a change that still waits for an answer.
func (b Board) openGroup(id int64, now time.Time) ([]Change, error) {
	group, err := b.changesOfGroup(id)
	if err != nil {
		return nil, err
	}
	for _, c := range group {
		if c.State != Open {
			return nil, &Refusal{Conflict, fmt.Sprintf("change %d is %s already", id, c.State), ""}
		}
		if !now.Before(c.Start) {
			return nil, &Refusal{Conflict, fmt.Sprintf("change %d has expired: it began at %s", id,
				c.Start.UTC().Format(time.RFC3339)),
				"take the duty over from now on, or ask an operator"}
		}
	}
	return group, nil
}

// followedThrough checks that From is the handle that is followed through all covered time of a change, and that
// there is some.
func (b Board) followedThrough(c Change) error {
	s, err := b.ScheduleOf(c.Rota)
	if err != nil {
		return err
	}
	if err := checkCovered(s, c.Span); err != nil {
		return err
	}
	for _, p := range s.piecesIn(c.Span) {
		if p.Followed != c.From {
			return &Refusal{
				Conflict,
				fmt.Sprintf("%s does not have this duty through all of the time: %s has it at %s", c.From,
					p.Followed,
					p.Start.UTC().Format(time.RFC3339)),
				"ask for a shorter time",
			}
		}
	}
	return nil
}

func checkCovered(s *Schedule, in civil.Span) error {
	if in.Empty() {
		return &Refusal{Invalid, "the end is not after the start", "give start and end"}
	}
	if len(s.Covered(in)) == 0 {
		return &Refusal{Conflict, fmt.Sprintf("rota %s covers nothing of this time", s.Rota),
			"see its segments for what it covers"}
	}
	return nil
}

// acceptGroup returns the rows as they come into force together, in their order.
func (b Board) acceptGroup(group []Change, by string, now time.Time) []Change {
	_, seq := b.nextNumbers()
	out := slices.Clone(group)
	for i := range out {
		out[i].State, out[i].Seq = Accepted, seq+int64(i)
		out[i].Answered, out[i].AnsweredBy = now, by
	}
	return out
}

// Accept lets the one who was asked take what was asked. Of an exchange both sides come into force or neither.
func (b Board) Accept(actor Actor, id int64, now time.Time) ([]Change, error) {
	group, err := b.openGroup(id, now)
	if err != nil {
		return nil, err
	}
	asked := group[0]
	switch {
	case actor.Handle == "":
		return nil, &Refusal{Forbidden, "only a person of the rota accepts", "log in with a login that has a handle"}
	case actor.Handle == asked.From:
		return nil, &Refusal{Conflict, "nobody accepts for oneself", "withdraw it if it is not needed"}
	case asked.To != "" && actor.Handle != asked.To:
		return nil, &Refusal{Forbidden, fmt.Sprintf("change %d is asked of somebody else", id), ""}
	case asked.To == "" && !b.isOfRota(asked, actor.Handle):
		return nil, &Refusal{Forbidden, fmt.Sprintf("change %d is asked of the people of rota %s", id, asked.Rota), ""}
	}
	group = slices.Clone(group)
	if asked.To == "" {
		group[0].To = actor.Handle
	}
	for _, c := range group {
		if err := b.followedThrough(c); err != nil {
			return nil, err
		}
	}
	return b.acceptGroup(group, actor.ledgerName(), now), nil
}

// isOfRota tells whether somebody is among the people of a version that holds in the time of a change.
func (b Board) isOfRota(c Change, handle string) bool {
	s, err := b.ScheduleOf(c.Rota)
	if err != nil {
		return false
	}
	for _, p := range s.versions {
		if p.Meets(c.Span) && slices.Contains(p.People, handle) {
			return true
		}
	}
	return false
}

// Decline ends a request, by the one it was asked of.
func (b Board) Decline(actor Actor, id int64, now time.Time) ([]Change, error) {
	group, err := b.openGroup(id, now)
	if err != nil {
		return nil, err
	}
	if group[0].To == "" || group[0].To != actor.Handle {
		return nil, &Refusal{Forbidden, fmt.Sprintf("change %d is not asked of you alone", id),
			"a request to all of a rota is left open"}
	}
	return answerGroup(group, Declined, actor.ledgerName(), now), nil
}

// Withdraw ends a request, by the one who asked, until it is accepted.
func (b Board) Withdraw(actor Actor, id int64, now time.Time) ([]Change, error) {
	group, err := b.openGroup(id, now)
	if err != nil {
		return nil, err
	}
	if group[0].AskedBy != actor.ledgerName() {
		return nil, &Refusal{Forbidden, fmt.Sprintf("change %d was asked by somebody else", id),
			"only who asked withdraws"}
	}
	return answerGroup(group, Withdrawn, actor.ledgerName(), now), nil
}

func answerGroup(group []Change, state State, by string, now time.Time) []Change {
	out := slices.Clone(group)
	for i := range out {
		out[i].State, out[i].Answered, out[i].AnsweredBy = state, now, by
	}
	return out
}

// Expire returns the requests that nobody answered before they began, an exchange at the earlier of its starts.
func (b Board) Expire(now time.Time) []Change {
	isOver := func(c Change) bool { return c.State == Open && !now.Before(c.Start) }
	groups := map[int64]bool{}
	for _, c := range b.Changes {
		if c.Group != 0 && isOver(c) {
			groups[c.Group] = true
		}
	}
	var out []Change
	for _, c := range b.Changes {
		if isOver(c) || c.State == Open && groups[c.Group] {
			c.State = Expired
			out = append(out, c)
		}
	}
	return out
}

// Cancel lets an operator cancel what was accepted, an exchange as a whole: all of it, or with onlyRest what lies
// ahead of now.
func (b Board) Cancel(actor Actor, id int64, onlyRest bool, now time.Time) ([]Change, error) {
	group, err := b.changesOfGroup(id)
	if err != nil {
		return nil, err
	}
	if !actor.Operator {
		return nil, &Refusal{Forbidden, "only an operator cancels",
			"ask for the same time back instead, and let the other accept"}
	}
	out := slices.Clone(group)
	ahead := false
	for i, c := range out {
		if c.State != Accepted {
			return nil, &Refusal{Conflict, fmt.Sprintf("change %d is %s, not accepted", c.ID, c.State), ""}
		}
		ahead = ahead || now.Before(c.End)
		out[i].State, out[i].CancelledAt, out[i].CancelledFrom = Cancelled, now, c.Start
		if onlyRest {
			out[i].CancelledFrom = calendar.EarlierOf(c.End, calendar.LaterOf(c.Start, now))
		}
	}
	if onlyRest && !ahead {
		return nil, &Refusal{Conflict, fmt.Sprintf("change %d is over and has no rest", id), "cancel all of it"}
	}
	return out, nil
}
