package agile

import "time"

// OnCall is what on-call took from a team, without a person: it is all that figures know of it. It holds the past and
// what is known to lie ahead; a figure as of a moment counts the call-outs of days that are over. Who holds it reads it
// only.
type OnCall struct {
	Callouts []Callout    // in order of start; a test is none
	Worked   []CalledTime // in order of start; where call-outs of one person overlap, their time stands once
	Rests    []OwedRest   // in order of start; where rests of one person overlap, their time stands once
	Gaps     []DutyGap    // in order of start
	Months   []DutyMonth  // in order, those in which somebody was on duty
}

// Callout is an interruption of somebody of the team.
type Callout struct {
	ID         int64
	Start      time.Time
	Issue      string   // the key of the issue that it is about, "" for none
	Rules      []string // of its alerts, in alphabetical order, each once
	Verdict    Verdict
	OutOfHours bool // it started outside the working hours of the one who was called
	Night      int  // tells disturbed nights apart, of each person their own; 0 for a start by day
}

// Verdict is what a call-out was worth.
type Verdict string

// The verdicts.
const (
	Unjudged Verdict = ""
	Useful   Verdict = "useful"
	Noise    Verdict = "noise"
)

// CalledTime is time of one person in which the same call-outs ran.
type CalledTime struct {
	Start, End time.Time
	Callouts   []int // their places in OnCall.Callouts
}

// OwedRest is working time that somebody is owed as rest.
type OwedRest struct {
	Start, End time.Time
	Callouts   []int // places in OnCall.Callouts of those that owe it, ascending; at least one
}

// DutyGap is covered time in which a rota of the team had nobody on duty.
type DutyGap struct{ Start, End time.Time }

// DutyMonth is how many people were on duty in a month of the team's calendar.
type DutyMonth struct {
	Year   int
	Month  time.Month
	People int
}

// EachMoment calls each for when gaps begin and end; o may be nil. Call-outs, their time and owed rest are none of it:
// they count from local midnights on, and whoever may look at a team is never told of the moment of a call-out.
func (o *OnCall) EachMoment(each func(time.Time)) {
	if o == nil {
		return
	}
	for _, g := range o.Gaps {
		each(g.Start)
		each(g.End)
	}
}
