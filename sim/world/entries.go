package world

import (
	"slices"
	"strings"
)

// bookAct does an act: the first one of a ticket makes its card.
func (k *bookkeeper) bookAct(a act) {
	if k.hidden[a.ticket] {
		return
	}
	x := k.cards[a.ticket]
	if x == nil {
		x = k.fileCard(a)
	}
	for _, o := range orderOps(a) {
		k.applyEntry(x, a, o)
	}
	if x.doneAt.Equal(a.at) { // where it stands once the act is done
		clear(x.doneIn)
		for _, s := range k.sprintsHolding(x) {
			x.doneIn[s.id] = true
		}
	}
	k.watchEpic(x)
}

// orderOps returns the ops of an act: what a ticket is created with is there at once, so it comes into its sprint, or
// under its parent, with its estimate.
func orderOps(a act) []op {
	if a.ops[0].do != create {
		return a.ops
	}
	late := func(o op) bool { return o.do == enter || o.do == parentIs }
	first := slices.DeleteFunc(slices.Clone(a.ops), late)
	return append(first, slices.DeleteFunc(slices.Clone(a.ops), func(o op) bool { return !late(o) })...)
}

func (k *bookkeeper) fileCard(a act) *card {
	t := k.w.tickets[a.ticket-1]
	project, _, _ := strings.Cut(t.title, "-")
	x := &card{n: a.ticket, typ: t.typ, created: a.at, project: project, key: t.title, state: "open",
		sprints: map[int]bool{}, labels: map[string]bool{},
		doneIn: map[int]bool{}, committed: map[int]*float64{}, doneFor: map[string]bool{}, spells: map[string][]spell{},
		projects: []stretch{{a.at, project}}}
	k.cards[a.ticket] = x
	k.order = append(k.order, x)
	return x
}

// applyEntry does one thing to a card.
func (k *bookkeeper) applyEntry(x *card, a act, o op) {
	amount := &o.amount
	if o.none {
		amount = nil
	}
	switch o.do {
	case status:
		k.recordMove(x, o.text)
	case points:
		k.recordEstimate(x, Points, amount)
	case hours:
		k.recordEstimate(x, Seconds, amount)
	case enter:
		k.enterSprint(x, o.n)
	case leave:
		k.leaveSprint(x, o.n)
	case epicIs:
		x.epic = k.cards[o.n]
	case parentIs:
		k.adoptChild(x, k.cards[o.n])
	case label:
		x.labels[o.text] = true
	case unlabel:
		delete(x.labels, o.text)
	case nature:
		x.natures = o.list
	case move:
		x.project, _, _ = strings.Cut(o.text, "-")
		x.key = o.text
		x.projects = append(x.projects, stretch{a.at, x.project})
	case logWork:
		k.recordWork(x, a, o)
	}
}

// adoptChild makes a card a sub-task of another: it stands where that one stands.
func (k *bookkeeper) adoptChild(x, parent *card) {
	x.parent = parent
	parent.subs = append(parent.subs, x)
	for id := range parent.sprints {
		k.joinScope(x, k.accounts[id])
	}
}

// recordWork notes a worklog, as it is known at the reading.
func (k *bookkeeper) recordWork(x *card, a act, o op) {
	l := &logged{written: a.at, on: o.on, seconds: int64(o.amount)}
	x.logs = append(x.logs, l)
	switch f := k.fixed[[2]int{x.n, len(x.logs)}]; f.do {
	case relog:
		l.on, l.seconds = f.on, int64(f.amount)
	case unlog:
		l.written = l.written.AddDate(1000, 0, 0) // it was never there
	}
}

// watchEpic notes when a card begins and ceases to be an impediment of its project's team.
func (k *bookkeeper) watchEpic(x *card) {
	for _, c := range k.w.teams {
		is := x.project == c.Key
		if is {
			is = false
			for l := range x.labels {
				is = is || strings.EqualFold(l, "impediment")
			}
			for _, t := range c.Types {
				is = is || t == x.typ
			}
		}
		list := x.spells[c.Key]
		open := len(list) > 0 && list[len(list)-1].to.IsZero()
		switch {
		case is && !open:
			x.spells[c.Key] = append(list, spell{from: k.at})
		case !is && open:
			list[len(list)-1].to = k.at
		}
	}
}
