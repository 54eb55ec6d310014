package measure

import "time"

// IdealAt returns the value of the ideal line of a sprint at a moment: from the commitment at its start, and before
// it, to 0 at its planned end, and after it, falling only in working time. It is false where there is no line:
// without a ledger, a planned end or a commitment.
func IdealAt(t *Team, s *Sprint, at time.Time) (float64, bool) {
	if s.Ledger == nil || s.End == nil || !s.End.After(*s.Start) || s.Ledger.Commitment <= 0 {
		return 0, false
	}
	if !at.Before(*s.End) {
		return 0, true
	}
	cal := t.Index.History.Team.Calendar
	whole := cal.Days(*s.Start, *s.End)
	if whole == 0 {
		return s.Ledger.Commitment, true
	}
	return s.Ledger.Commitment * (1 - cal.Days(*s.Start, at)/whole), true
}
