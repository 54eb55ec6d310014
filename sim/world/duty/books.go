package duty

import (
	"slices"
	"time"
)

// Books are what is known of on-call at a moment: all acts up to then, entered one after another.
type Books struct {
	At       time.Time
	teams    []*team
	board    *board
	alerts   []*alert
	calls    []*call
	byAct    map[int]*alert // by the label of the act that it fired with
	frozen   []frozenMonth
	rules    []ruleDecision
	restMemo map[string][][2]time.Time // by person, as of At
}

// alert is an alert from its start to where it was resolved.
type alert struct {
	team                          *team
	rule                          string
	first, acknowledged, resolved time.Time // zero where it did not happen
	call                          *call     // nil where nobody was called
}

// call is an interruption of a person.
type call struct {
	team           *team
	person         string
	started, ended time.Time // ended is zero where nobody said it
	acknowledged   time.Time
	touches        []time.Time // pages and clicks
	alerts         []*alert
	issue          string
	verdict        string // useful, noise, test or unset
	reason         string
	origin         string // source, presumed, hand
	confirmed      bool
}

// ruleDecision is what a team decided about an alert rule.
type ruleDecision struct {
	team                   *team
	rule, decision, review string
}

func newBooks(teams []*team) *Books {
	return &Books{teams: teams, board: newBoard(), byAct: map[int]*alert{}}
}

// Books keeps the books up to a moment, that moment included.
func (c *Company) Books(at time.Time) *Books {
	b := newBooks(c.teams)
	for _, a := range c.acts {
		if a.At.After(at) {
			break
		}
		b.enterAct(a)
	}
	b.At = at
	return b
}

func (b *Books) teamOf(rota string) *team {
	return b.teams[slices.IndexFunc(b.teams, func(t *team) bool { return t.rota == rota })]
}

// teamNamed returns a team by its name in the configuration.
func (b *Books) teamNamed(name string) *team {
	return b.teams[slices.IndexFunc(b.teams, func(t *team) bool { return t.name == name })]
}

// enterAct enters an act.
func (b *Books) enterAct(a Act) {
	b.At = a.At
	switch a.Kind {
	case Ask:
		b.enterRequest(a)
	case Accept, Decline, Withdraw, CancelRest:
		b.enterAnswer(a)
	case Absent:
		// an absence moves no figure: what is counted is the cover that is asked for
	case Fire:
		b.enterAlert(a)
	case EnterByHand:
		b.calls = append(b.calls, &call{team: b.teamNamed(a.Team), person: a.By, started: a.Start, ended: a.End,
			verdict: "unset", origin: "hand", confirmed: true})
	case Confirm, Resolve, Judge, SetTimes, LinkIssue:
		enterOfAlert(b, b.byAct[a.about], a)
	case DecideRule:
		b.rules = append(b.rules, ruleDecision{b.teamNamed(a.Team), a.Rule, a.Decision, a.Review})
	case Freeze:
		b.freezeMonth(a.Month)
	}
}

// enterRequest enters what somebody asks for; a take, and what the operator sets, is in force at once.
func (b *Books) enterRequest(a Act) {
	t := b.teamOf(a.Rota)
	first := &change{act: a.label, kind: a.Change, rota: t, start: a.Start, end: a.End, from: a.By, to: a.To,
		state: "open"}
	switch {
	case a.Change == "take":
		first.from, first.to = b.board.dutyAt(t, a.Start).followed, a.By
	case a.By == Operator:
		first.from = a.Giver
	}
	b.board.changes = append(b.board.changes, first)
	if a.Against != nil {
		b.board.changes = append(b.board.changes, &change{act: a.label, kind: a.Change, rota: b.teamOf(a.Against.Rota),
			start: a.Against.Start, end: a.Against.End, from: a.To, to: a.By, state: "open"})
	}
	if a.Change == "take" || a.By == Operator {
		b.board.putInForce(b.board.sidesOf(a.label)...)
	}
}

func (b *Books) enterAnswer(a Act) {
	sides := b.board.sidesOf(a.about)
	switch a.Kind {
	case Accept:
		if sides[0].to == "" {
			sides[0].to = a.By
		}
		b.board.putInForce(sides...)
	case CancelRest:
		for _, c := range sides {
			if c.end.After(a.At) {
				c.end = a.At
			}
		}
	default:
		for _, c := range sides {
			c.state = "answered"
		}
	}
}

// joinedWithin is how soon after the start of a call-out a page to the same person is of it.
const joinedWithin = time.Minute

// enterAlert enters that an alert fires: the person whom its pager names was called, else the one on duty.
func (b *Books) enterAlert(a Act) {
	t := b.teamNamed(a.Team)
	x := &alert{team: t, rule: a.Rule, first: a.At}
	b.alerts = append(b.alerts, x)
	b.byAct[a.label] = x
	person, origin := a.Person, "source"
	if person == "" {
		person, origin = b.board.dutyAt(t, a.At).person, "presumed"
	}
	if person == "" {
		return
	}
	for _, c := range b.calls {
		if since := a.At.Sub(c.started); c.person == person && since >= 0 && since < joinedWithin {
			x.call = c
		}
	}
	if x.call == nil {
		x.call = &call{team: t, person: person, started: a.At, verdict: "unset", origin: origin}
		b.calls = append(b.calls, x.call)
	}
	x.call.alerts = append(x.call.alerts, x)
	x.call.touches = append(x.call.touches, a.At)
}

// enterOfAlert enters what is done about an alert or its call-out.
func enterOfAlert(b *Books, x *alert, a Act) {
	c := x.call
	switch a.Kind {
	case Resolve:
		x.resolved = a.At
	case Confirm:
		if !x.team.presumes {
			x.acknowledged = a.At
		}
		if c.acknowledged.IsZero() {
			c.acknowledged = a.At
		}
		c.touches, c.confirmed = append(c.touches, a.At), true
	case Judge:
		c.verdict, c.reason = a.Verdict, a.Reason
		c.touches, c.confirmed = append(c.touches, a.At), true
	case SetTimes:
		c.started, c.ended = a.Start, a.End
	case LinkIssue:
		c.issue = a.Issue
	}
}

// hour is how long a call-out lasts at least, and how long after the last page or click at most, where nobody said it.
const hour = time.Hour

// endOf returns when a call-out ended; false while it runs, and its end is then now.
func (b *Books) endOf(c *call) (end time.Time, hasEnded bool) {
	if !c.ended.IsZero() {
		return c.ended, true
	}
	limit := c.started.Add(hour)
	for _, t := range c.touches { // in order of time
		if !t.After(limit) && t.Add(hour).After(limit) {
			limit = t.Add(hour)
		}
	}
	end = limit
	last, isOpen := time.Time{}, false
	for _, x := range c.alerts {
		isOpen = isOpen || x.resolved.IsZero()
		if x.resolved.After(last) {
			last = x.resolved
		}
	}
	if !isOpen && last.Before(limit) {
		end = last
	}
	if end.After(b.At) {
		return b.At, false
	}
	return end, true
}
