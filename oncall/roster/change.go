package roster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/oncall"
)

// AskChange asks for a change, or brings it into force where that needs nobody's consent.
func AskChange(v *View, a Actor, q oncall.Request) ([]oncall.Change, Writes, error) {
	if err := checkRotaSeen(v, a, q.Rota); err != nil {
		return nil, Writes{}, err
	}
	if q.Against != nil {
		if err := checkRotaSeen(v, a, q.Against.Rota); err != nil {
			return nil, Writes{}, err
		}
	}
	for _, person := range []string{q.From, q.To} {
		if person == "" {
			continue
		}
		if err := checkPersonSeen(v, a, person); err != nil {
			return nil, Writes{}, err
		}
	}
	rows, err := v.Board.Ask(a.onBoard(), q, v.Now)
	if err != nil {
		return nil, Writes{}, err
	}
	kind := NoticeAsked
	if rows[0].State == oncall.Accepted {
		kind = NoticeSet
		if q.Kind == oncall.Take && q.Reason == "" {
			kind = NoticeRelieved
		}
	}
	return rows, changeWrites(v, a, "change asked", kind, rows), nil
}

// AnswerChange is what is done to a change that stands there.
type AnswerChange string

// The answers.
const (
	AcceptChange   AnswerChange = "accept"
	DeclineChange  AnswerChange = "decline"
	WithdrawChange AnswerChange = "withdraw"
	CancelChange   AnswerChange = "cancel"
)

// Answer accepts, declines, withdraws or cancels a change; onlyRest cancels what lies ahead alone.
func Answer(v *View, a Actor, answer AnswerChange, id int64, onlyRest bool) ([]oncall.Change, Writes, error) {
	if err := checkChangeSeen(v, a, id); err != nil {
		return nil, Writes{}, err
	}
	var rows []oncall.Change
	var err error
	var kind NoticeKind
	switch answer {
	case AcceptChange:
		kind = NoticeAccepted
		rows, err = v.Board.Accept(a.onBoard(), id, v.Now)
	case DeclineChange:
		kind = NoticeDeclined
		rows, err = v.Board.Decline(a.onBoard(), id, v.Now)
	case WithdrawChange:
		rows, err = v.Board.Withdraw(a.onBoard(), id, v.Now)
	case CancelChange:
		kind = NoticeSet
		rows, err = v.Board.Cancel(a.onBoard(), id, onlyRest, v.Now)
	}
	if err != nil {
		return nil, Writes{}, err
	}
	return rows, changeWrites(v, a, "change "+string(answer), kind, rows), nil
}

// checkRotaSeen hides rotas of teams that somebody may not see: to them such a rota does not exist.
func checkRotaSeen(v *View, a Actor, rota string) error {
	s, err := v.Schedule(rota)
	if err != nil {
		return err
	}
	if !SeesRota(v, a, s) {
		_, err := (oncall.Board{}).ScheduleOf(rota)
		return err
	}
	return nil
}

func checkChangeSeen(v *View, a Actor, id int64) error {
	i := slices.IndexFunc(v.Board.Changes, func(c oncall.Change) bool { return c.ID == id })
	if i < 0 || checkRotaSeen(v, a, v.Board.Changes[i].Rota) != nil {
		return newRefusal(oncall.NotFound, fmt.Sprintf("there is no change %d", id), "See /api/v1/oncall/changes.")
	}
	return nil
}

// changeWrites keeps rows, with a line of the journal and a message to those concerned but for who acts.
func changeWrites(v *View, a Actor, what string, kind NoticeKind, rows []oncall.Change) Writes {
	out := Writes{Changes: rows}
	ids := make([]string, len(rows))
	for i, c := range rows {
		ids[i] = strconv.FormatInt(c.ID, 10)
	}
	first := rows[0]
	out.Journal = []Entry{a.journalEntry(v.Now, what, "%s %s of %s, %s to %s, from %q to %q", first.Kind,
		strings.Join(ids, " and "), first.Rota, clockOf(first.Start), clockOf(first.End), first.From, first.To)}
	told := []string{first.From, first.To}
	if first.To == "" && kind == NoticeAsked {
		told = append(told, peopleInTimeOf(v, first)...)
	}
	for _, person := range told {
		if person != "" && person != a.Handle && kind != "" {
			out.Notices = append(out.Notices, Notice{Person: person, Kind: kind, Change: first.ID, Due: v.Now})
		}
	}
	return out
}

// peopleInTimeOf returns the people of a rota in the time of a change, each once, but for the one whose duty it is.
func peopleInTimeOf(v *View, c oncall.Change) []string {
	var out []string
	s, err := v.Schedule(c.Rota)
	if err != nil {
		return nil
	}
	for _, p := range s.ActiveVersions() {
		for _, person := range p.People {
			if p.Meets(c.Span) && person != c.From && !slices.Contains(out, person) {
				out = append(out, person)
			}
		}
	}
	return out
}

// WouldLeaveGaps tells, of an open request, in which time somebody would take a duty without being there: before their
// first day or after their last one by the file nobody would be on duty. taker is who takes what is asked of all of a
// rota. Times are those of a zone.
func WouldLeaveGaps(v *View, request oncall.Change, taker string, zone *time.Location) []string {
	var out []string
	for _, c := range v.Board.Changes {
		isSide := c.ID == request.ID || c.Group != 0 && c.Group == request.Group
		if !isSide {
			continue
		}
		if c.To != "" {
			taker = c.To
		}
		missing := v.Board.People[taker].OutsideEmployment(c.Span)
		if missing.Empty() {
			continue
		}
		const shown = "Mon 2006-01-02 15:04"
		out = append(out, fmt.Sprintf("By the file %s is not there from %s to %s: accepted, it leaves a gap", taker,
			missing.Start.In(zone).Format(shown), missing.End.In(zone).Format(shown)))
	}
	return out
}

func clockOf(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// expiryNotices tell who asked that nobody answered.
func expiryNotices(c oncall.Change, now time.Time) []Notice {
	isSecondHalf := c.Group != 0 && c.Group != c.ID
	if isSecondHalf {
		return nil
	}
	return []Notice{{Person: c.From, Kind: NoticeExpired, Change: c.ID, Due: now}}
}

// ChangeRow is a change with what follows from all others.
type ChangeRow struct {
	oncall.Change
	Late        bool  // accepted fewer than `notice` before it begins
	IdleSeconds int64 // covered time in which it has no effect
}

// RowsOf adds to changes what follows from all of them, as they stand on the view.
func (v *View) RowsOf(changes []oncall.Change) []ChangeRow {
	out := make([]ChangeRow, len(changes))
	for i, c := range changes {
		out[i] = ChangeRow{Change: c}
		s, err := v.Schedule(c.Rota)
		if err != nil || c.InForce().Empty() {
			continue
		}
		out[i].IdleSeconds = s.IdleSecondsOf(c)
		isNoticed := v.File.Notice.Number == 0 ||
			!c.Start.Before(v.File.Notice.Later(c.Answered, s.ZoneAt(c.Start)))
		out[i].Late = !isNoticed
	}
	return out
}

// WithChanges returns the view after some changes were kept.
func (v *View) WithChanges(rows []oncall.Change) *View {
	state := v.State
	state.Changes = upsertChanges(v.Board.Changes, rows)
	return NewView(state, v.File, v.Now)
}

func upsertChanges(list, rows []oncall.Change) []oncall.Change {
	out := slices.Clone(list)
	for _, row := range rows {
		i := slices.IndexFunc(out, func(c oncall.Change) bool { return c.ID == row.ID })
		if i < 0 {
			out = append(out, row)
			continue
		}
		out[i] = row
	}
	return out
}
