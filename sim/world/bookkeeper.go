package world

import (
	"cmp"
	"time"

	"jerem/sorting"
)

// card is a ticket as the clerk has it before him.
type card struct {
	n         int
	typ       string
	created   time.Time
	project   string
	key       string
	projects  []stretch // where it stood, from when on
	state     string
	points    *float64
	seconds   *float64
	sprints   map[int]bool
	epic      *card
	parent    *card
	subs      []*card
	labels    map[string]bool
	natures   []string
	doneAt    time.Time        // when it last became done; zero when it was made so
	doneIn    map[int]bool     // the sprints that it stood in then
	committed map[int]*float64 // estimate at the start of sprints that it was committed to
	doneFor   map[string]bool  // done since the first day of a team's quarter
	spells    map[string][]spell
	logs      []*logged
}

// stretch is a project and since when.
type stretch struct {
	from    time.Time
	project string
}

// spell is a time during which a card is an impediment of a team.
type spell struct{ from, to time.Time }

// logged is a line of work, as it is known.
type logged struct {
	written, on time.Time
	seconds     int64
}

// account is the clerk's page of a sprint.
type account struct {
	*sprint
	SprintBook
	running, over bool
	members       map[int]*card
}

// bookkeeper keeps the books while the acts are done one after another.
type bookkeeper struct {
	w        *World
	at       time.Time
	cards    map[int]*card
	order    []*card
	accounts map[int]*account
	frozen   map[string]*QuarterBook        // quarters that are over, by team and name
	base     map[string]float64             // their totals at the end of the first working day
	weeks    map[string]map[string]WeekBook // by team and quarter, then by week
	hidden   map[int]bool                   // tickets that are deleted by the moment of the reading
	fixed    map[[2]int]op                  // worklogs as they were corrected by then, and those erased
}

// due is something that the calendar brings.
type due struct {
	at   time.Time
	what func()
	rank int
}

// keepBooks plays the company up to a moment, as somebody knows it who reads it at another, later one: what is deleted
// by then was never there, and work that was corrected by then is right from the beginning.
func (w *World) keepBooks(read, at time.Time) *bookkeeper {
	k := &bookkeeper{w: w, cards: map[int]*card{}, accounts: map[int]*account{}, frozen: map[string]*QuarterBook{},
		base:   map[string]float64{},
		weeks:  map[string]map[string]WeekBook{},
		hidden: map[int]bool{}, fixed: map[[2]int]op{}}
	for _, s := range w.sprints {
		k.accounts[s.id] = &account{sprint: s, members: map[int]*card{}}
	}
	k.scheduleFuture(read)
	dues := k.dueDates()
	for _, a := range w.acts {
		if a.at.After(at) {
			break
		}
		dues = k.untilBefore(dues, a.at)
		k.at = a.at
		k.bookAct(a)
	}
	k.untilBefore(dues, at.Add(1))
	k.at = at
	return k
}

// scheduleFuture notes what a later reading knows of deletions and corrections.
func (k *bookkeeper) scheduleFuture(read time.Time) {
	for _, a := range k.w.acts {
		for _, o := range a.ops {
			switch {
			case a.at.After(read):
			case o.do == erase:
				k.hidden[a.ticket] = true
			case o.do == relog || o.do == unlog:
				k.fixed[[2]int{a.ticket, o.n}] = o
			}
		}
	}
}

// dueDates lists the starts and closes of sprints and the turns of quarters, in order.
func (k *bookkeeper) dueDates() []due {
	var out []due
	for _, s := range k.w.sprints {
		acc := k.accounts[s.id]
		out = append(
			out,
			due{s.start, func() { k.startSprint(acc) }, 1},
			due{s.closed, func() { k.closeSprint(acc) }, 1},
		)
	}
	for _, c := range k.w.teams {
		monday := time.Date(2026, 6, 15, 0, 0, 0, 0, time.UTC)
		for ; monday.Before(k.w.End); monday = monday.AddDate(0, 0, 7) {
			out = append(out, due{c.clockTime(monday, 0, 0).Add(-time.Microsecond), func() { bookWeekEnds(k, c) }, 0})
		}
		for q := (quarter{2026, 2}); q.isBefore(quarter{2028, 2}); q = q.nextQuarter() {
			first := q.firstMoment()
			k.weeks[c.Key+q.String()] = map[string]WeekBook{}
			day := first
			for !c.worksOn(day) {
				day = day.AddDate(0, 0, 1)
			}
			out = append(
				out,
				due{c.clockTime(first, 0, 0), func() { k.beginQuarter(c, q) }, 0},
				due{
					c.clockTime(day.AddDate(0, 0, 1), 0, 0),
					func() { k.base[c.Key+q.String()] = bookQuarter(k, c, q).Total },
					0,
				},
				due{c.clockTime(q.nextQuarter().firstMoment(), 0, 0).Add(-time.Microsecond),
					func() { b := bookQuarter(k, c, q); k.frozen[c.Key+q.String()] = &b }, 0},
			)
		}
	}
	sorting.By(out, func(a, b due) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.rank, b.rank)) })
	return out
}

// untilBefore does what is due before a moment and returns the rest.
func (k *bookkeeper) untilBefore(dues []due, at time.Time) []due {
	for len(dues) > 0 && dues[0].at.Before(at) {
		k.at = dues[0].at
		dues[0].what()
		dues = dues[1:]
	}
	return dues
}

// beginQuarter notes what is done when a quarter begins: of an epic that is carried into it, that is left out.
func (k *bookkeeper) beginQuarter(c *crew, q quarter) {
	for _, x := range k.order {
		if x.state == "done" {
			x.doneFor[c.Key+q.String()] = true
		}
	}
}

// startSprint begins a sprint: what is in it and not done is its commitment.
func (k *bookkeeper) startSprint(a *account) {
	a.running, a.Begun = true, true
	for _, x := range a.members {
		if e := a.amountOf(x); x.state != "done" {
			a.Commitment += e
			x.committed[a.id] = &e
		}
	}
}

// closeSprint ends a sprint: it stands as it is, and what is not done goes on in the next one.
func (k *bookkeeper) closeSprint(a *account) {
	computeSprint(k, a)
	a.running, a.over = false, true
	if a.next == nil {
		return
	}
	for _, x := range k.order {
		if x.sprints[a.id] && x.state != "done" {
			k.enterSprint(x, a.next.id)
		}
	}
}

// countsIn tells whether a card counts in a team's unit: sub-tasks only where hours are estimated.
func countsIn(x *card, u Unit) bool { return x.typ != "Epic" && (x.typ != "Sub-task" || u == Seconds) }

// estimateIn returns what a card is estimated at in a unit.
func (x *card) estimateIn(u Unit) (float64, bool) {
	e := x.points
	switch u {
	case Seconds:
		e = x.seconds
	case Issues:
		return 1, true
	}
	if e == nil {
		return 0, false
	}
	return *e, true
}

func (a *account) amountOf(x *card) float64 {
	e, _ := x.estimateIn(a.crew.Unit)
	return e
}

// sprintsHolding lists the sprints that a card counts in and that are open to entries.
func (k *bookkeeper) sprintsHolding(x *card) []*account {
	var out []*account
	from := x
	if x.parent != nil {
		from = x.parent
	}
	for id := range from.sprints {
		if a := k.accounts[id]; !a.over && countsIn(x, a.crew.Unit) {
			out = append(out, a)
		}
	}
	return out
}

// enterSprint puts a card and its sub-tasks into a sprint.
func (k *bookkeeper) enterSprint(x *card, id int) {
	if x.sprints[id] {
		return
	}
	x.sprints[id] = true
	for _, c := range append([]*card{x}, x.subs...) {
		k.joinScope(c, k.accounts[id])
	}
}

func (k *bookkeeper) joinScope(x *card, a *account) {
	if a.over || !countsIn(x, a.crew.Unit) {
		return
	}
	a.members[x.n] = x
	if a.running && x.state != "done" {
		a.Added += a.amountOf(x)
	}
}

// leaveSprint takes a card and its sub-tasks out of a sprint.
func (k *bookkeeper) leaveSprint(x *card, id int) {
	if !x.sprints[id] {
		return
	}
	delete(x.sprints, id)
	a := k.accounts[id]
	if a.over {
		return
	}
	for _, c := range append([]*card{x}, x.subs...) {
		if a.members[c.n] == nil {
			continue
		}
		delete(a.members, c.n)
		if a.running && c.state != "done" {
			a.Removed += a.amountOf(c)
		}
	}
}

// recordEstimate gives a card another estimate in a unit.
func (k *bookkeeper) recordEstimate(x *card, u Unit, to *float64) {
	before, _ := x.estimateIn(u)
	if u == Points {
		x.points = to
	} else {
		x.seconds = to
	}
	after, _ := x.estimateIn(u)
	for _, a := range k.sprintsHolding(x) {
		if a.running && a.crew.Unit == u && x.state != "done" {
			a.Reestimated += after - before
		}
	}
}

// recordMove brings a card to another status.
func (k *bookkeeper) recordMove(x *card, to string) {
	was := x.state
	x.state = to
	switch {
	case was != "done" && to == "done":
		x.doneAt = k.at
		for _, a := range k.sprintsHolding(x) {
			if a.running {
				a.LedgerCompleted += a.amountOf(x)
			}
		}
	case was == "done" && to != "done":
		clear(x.doneFor)
		for _, a := range k.sprintsHolding(x) {
			if a.running {
				a.Reopened += a.amountOf(x)
			}
		}
	}
}
