package frame

import "slices"

// TimeWalk leads through the moments of a sprint or a quarter: each is the same page as of another moment. The step
// that is shown has no moment of its own beside it where it is the present.
type TimeWalk struct {
	Of       string // what is walked through: "Days of Sprint 23"
	Step     string // what one step is: "day", "week"
	Shown    string // the moment looked at, in words; "" while the latest one is shown
	Latest   string // address of the page without a moment
	Back     string // what Latest leads to: "now", "the close"
	Previous string // address of the step before; "" at the first
	Next     string // address of the step after; "" at the last
	Steps    []TimeStep
	Compare  []Choice // moments to compare the one shown with
	Compared string   // the moment it is compared with, in words; "" for none
	Alone    string   // address of the page without a comparison
}

// TimeStep is a moment to walk to. An address that is "" is not reached yet.
type TimeStep struct {
	Name, Long, Address string
	Month               string // of the day that Name tells; "" where the steps before have told it
	Again               bool   // Month is that of the step before: where there is little room it is left out
	Lead                bool   // of many steps one that is named: it leads a week
	Here, Off           bool
}

// NewTimeWalk makes a walk of steps, in their order, each a day or a week: the ones beside the one that is shown are a
// step away. Back and forth goes over working days.
func NewTimeWalk(of, step, latest, back string, steps []TimeStep) *TimeWalk {
	w := &TimeWalk{Of: of, Step: step, Latest: latest, Back: back, Steps: steps}
	here := slices.IndexFunc(steps, func(s TimeStep) bool { return s.Here })
	if here < 0 {
		return w
	}
	for _, s := range slices.Backward(steps[:here]) {
		if s.Address != "" && !s.Off {
			w.Previous = s.Address
			break
		}
	}
	for _, s := range steps[here+1:] {
		if s.Address != "" && !s.Off {
			w.Next = s.Address
			break
		}
	}
	if steps[here].Address != latest {
		w.Shown = steps[here].Long
	}
	return w
}
