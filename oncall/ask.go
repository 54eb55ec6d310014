package oncall

import (
	"fmt"
	"time"

	"jerem/oncall/civil"
)

// Ask makes the rows of a request: open ones that the other accepts, or for a take and for an operator who gives a
// reason, rows in force at once.
func (b Board) Ask(actor Actor, q Request, now time.Time) ([]Change, error) {
	if err := b.checkActor(actor, q); err != nil {
		return nil, err
	}
	s, err := b.ScheduleOf(q.Rota)
	if err != nil {
		return nil, err
	}
	switch q.Kind {
	case Take:
		return b.takeDuty(s, actor, q, now)
	case Cover, Exchange:
		return b.applyRequest(s, actor, q, now)
	}
	return nil, &Refusal{Invalid, fmt.Sprintf("%q is no kind of change", q.Kind), "cover, exchange or take"}
}

func (b Board) checkActor(actor Actor, q Request) error {
	isForOthers := q.From != "" && q.From != actor.Handle && q.Kind != Take || q.Kind == Take && q.To != "" &&
		q.To != actor.Handle
	switch {
	case q.Reason != "" && !IsReason(q.Reason):
		return &Refusal{Invalid, fmt.Sprintf("%q is no reason", q.Reason), "agreed, absence, correction or other"}
	case q.Reason != "" && !actor.Operator:
		return &Refusal{Forbidden, "only an operator gives a reason", "leave it out"}
	case actor.Handle == "" && !actor.Operator:
		return &Refusal{Forbidden, "nobody without a handle asks", "log in with a login that has a handle"}
	case isForOthers && !actor.Operator:
		return &Refusal{Forbidden, "only an operator sets changes of others", ""}
	case (isForOthers || actor.Handle == "") && q.Reason == "":
		return &Refusal{Invalid, "a change for others needs a reason", "agreed, absence, correction or other"}
	}
	return nil
}

func (b Board) isPerson(handle string) error {
	if _, ok := b.People[handle]; !ok {
		return &Refusal{Invalid, fmt.Sprintf("%q is nobody of on-call", handle), "use a handle of the file"}
	}
	return nil
}

// applyRequest makes the rows of a cover or an exchange.
func (b Board) applyRequest(s *Schedule, actor Actor, q Request, now time.Time) ([]Change, error) {
	if q.From == "" {
		q.From = actor.Handle
	}
	isSetAtOnce := q.Reason != ""
	if err := b.checkSides(q, isSetAtOnce); err != nil {
		return nil, err
	}
	rows := b.requestedChanges(actor, q, now)
	for _, c := range rows {
		schedule, err := b.ScheduleOf(c.Rota)
		if err != nil {
			return nil, err
		}
		if err := checkCovered(schedule, c.Span); err != nil {
			return nil, err
		}
		if !isSetAtOnce && !now.Before(c.Start) {
			return nil, &Refusal{Conflict, "what is asked for has begun",
				"take it over from now on, or ask an operator"}
		}
	}
	if !isSetAtOnce {
		return rows, nil
	}
	for _, c := range rows {
		if err := b.followedThrough(c); err != nil {
			return nil, err
		}
	}
	return b.acceptGroup(rows, actor.ledgerName(), now), nil
}

func (b Board) checkSides(q Request, isSetAtOnce bool) error {
	needsOther := q.Kind == Exchange || isSetAtOnce
	switch {
	case q.From == "":
		return &Refusal{Invalid, "from is missing", "name whose duty it is"}
	case q.To == "" && needsOther:
		return &Refusal{Invalid, "to is missing", "name who takes the duty"}
	case q.To == q.From:
		return &Refusal{Conflict, "nobody covers oneself", ""}
	case q.Kind == Exchange && q.Against == nil:
		return &Refusal{Invalid, "against is missing", "name rota, start and end of the other side"}
	case q.Kind == Cover && q.Against != nil:
		return &Refusal{Invalid, "a cover has no other side", "leave out against, or ask for an exchange"}
	}
	if err := b.isPerson(q.From); err != nil {
		return err
	}
	if q.To == "" {
		return nil
	}
	return b.isPerson(q.To)
}

// requestedChanges makes the open rows of a request: one, or two of one group for an exchange.
func (b Board) requestedChanges(actor Actor, q Request, now time.Time) []Change {
	id, _ := b.nextNumbers()
	first := Change{ID: id, Kind: q.Kind, Rota: q.Rota, Span: q.Span, From: q.From, To: q.To, State: Open,
		Asked: now, AskedBy: actor.ledgerName(), Reason: q.Reason}
	if q.Kind != Exchange {
		return []Change{first}
	}
	first.Group = id
	second := first
	second.ID, second.Rota, second.Span = id+1, q.Against.Rota, q.Against.Span
	second.From, second.To = q.To, q.From
	return []Change{first, second}
}

// takeDuty makes the row of a take: from now on, or of a gap ahead; an operator may take any time for anybody.
func (b Board) takeDuty(s *Schedule, actor Actor, q Request, now time.Time) ([]Change, error) {
	if q.To == "" {
		q.To = actor.Handle
	}
	if err := b.isPerson(q.To); err != nil {
		return nil, err
	}
	if q.Start.IsZero() {
		q.Start = now
	}
	d, ok := s.At(q.Start)
	if !ok {
		return nil, &Refusal{Conflict, fmt.Sprintf("rota %s covers nothing of this time", s.Rota),
			"see its segments for what it covers"}
	}
	if q.From == "" {
		q.From = d.Followed
	}
	if q.End.IsZero() {
		q.End = endOfTake(s, q, d, now)
	}
	switch {
	case q.To == q.From:
		return nil, &Refusal{Conflict, "nobody takes over from oneself", ""}
	case q.Against != nil:
		return nil, &Refusal{Invalid, "a take has no other side", "leave out against"}
	}
	if err := checkCovered(s, q.Span); err != nil {
		return nil, err
	}
	if q.Reason == "" && !q.Start.Equal(now) && (q.Start.Before(now) || !isAllGap(s, q.Span)) {
		return nil, &Refusal{Conflict, "a take is from now on, or of a gap", "ask for a cover of what lies ahead"}
	}
	row := b.requestedChanges(actor, q, now)
	if err := b.followedThrough(row[0]); err != nil {
		return nil, err
	}
	return b.acceptGroup(row, actor.ledgerName(), now), nil
}

func isAllGap(s *Schedule, in civil.Span) bool {
	return len(s.Gaps(in)) == len(s.Segments(in))
}

// endOfTake returns the default end of a take: the turn's, or where another one is followed before. Of a gap ahead
// it is also where the gap ends, as no more may be taken.
func endOfTake(s *Schedule, q Request, d Duty, now time.Time) time.Time {
	isAhead := q.Start.After(now) && q.Reason == ""
	for _, p := range s.piecesIn(civil.Span{Start: q.Start, End: d.Turn.End}) {
		isOther := p.Followed != q.From || isAhead && !p.IsGap()
		if isOther && p.Start.After(q.Start) {
			return p.Start
		}
	}
	return d.Turn.End
}
