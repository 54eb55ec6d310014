package pay

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/sorting"
)

// Statement is what a person has earned in a month, in one currency. Person is "" for what a gap left unpaid.
type Statement struct {
	Person, Currency, Payroll string
	Month                     civil.Month
	Frozen                    bool
	Lines                     []Line
	Cents                     int64
}

// FrozenMonth is a month that those who pay have frozen, with its statements as they stood then.
type FrozenMonth struct {
	Month      civil.Month
	IsDropped  bool // its statements were kept long enough and are gone: nothing is adjusted about it any more
	Statements []Statement
}

// Ledger is what was frozen. It is only added to.
type Ledger struct {
	Months []FrozenMonth
	// NotAdjusted names, for a person who was forgotten, the last month that is not adjusted for them any more.
	NotAdjusted map[string]civil.Month
}

// lastFrozenMonth returns the last frozen month.
func (l Ledger) lastFrozenMonth() (civil.Month, bool) {
	if len(l.Months) == 0 {
		return civil.Month{}, false
	}
	return slices.MaxFunc(l.Months, func(a, b FrozenMonth) int { return compareMonths(a.Month, b.Month) }).Month, true
}

func compareMonths(a, b civil.Month) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Month, b.Month))
}

// Statements returns the statements of a month, by person and currency, what nobody is paid last. Those of a frozen
// month are as they were frozen. The first month after the last frozen one holds the adjustments.
func (b Books) Statements(m civil.Month, l Ledger) []Statement {
	for _, frozen := range l.Months {
		if frozen.Month == m {
			return copyStatements(frozen.Statements)
		}
	}
	lines := b.statementLines(m)
	if last, ok := l.lastFrozenMonth(); ok && last.Next() == m {
		b.addAdjustments(m, l, lines)
	}
	var out []Statement
	for to, of := range lines {
		s := Statement{Person: to.person, Currency: to.currency, Payroll: b.People[to.person].Payroll, Month: m,
			Lines: of}
		for _, line := range of {
			s.Cents += line.Cents
		}
		out = append(out, s)
	}
	sorting.By(out, compareStatements)
	return out
}

func compareStatements(a, b Statement) int {
	isNobody := func(s Statement) int {
		if s.Person == "" {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(isNobody(a), isNobody(b)), cmp.Compare(a.Person, b.Person),
		cmp.Compare(a.Currency, b.Currency))
}

func copyStatements(list []Statement) []Statement {
	out := slices.Clone(list)
	for i := range out {
		out[i].Lines = slices.Clone(out[i].Lines)
	}
	return out
}

// amount is time and money.
type amount struct{ seconds, cents int64 }

// addAdjustments adds a line for each frozen month that would come to something else now: what it would come to, less
// all that was frozen about it.
func (b Books) addAdjustments(m civil.Month, l Ledger, lines map[account][]Line) {
	months := slices.Clone(l.Months)
	sorting.By(months, func(a, b FrozenMonth) int { return compareMonths(a.Month, b.Month) })
	for _, frozen := range months {
		if frozen.IsDropped {
			continue
		}
		owed := b.amountsOf(frozen.Month)
		for to, paid := range l.frozenAbout(frozen.Month) {
			rest := owed[to]
			owed[to] = amount{rest.seconds - paid.seconds, rest.cents - paid.cents}
		}
		for to, rest := range owed {
			until, isForgotten := l.NotAdjusted[to.person]
			if rest == (amount{}) || isForgotten && !until.Before(frozen.Month) {
				continue
			}
			lines[to] = append(lines[to], Line{Date: m.First(), Kind: AdjustmentLine, About: frozen.Month,
				Seconds: rest.seconds, Cents: rest.cents})
		}
	}
}

// amountsOf returns what a month comes to now, without adjustments.
func (b Books) amountsOf(m civil.Month) map[account]amount {
	out := map[account]amount{}
	for to, lines := range b.statementLines(m) {
		for _, line := range lines {
			out[to] = amount{out[to].seconds + line.Seconds, out[to].cents + line.Cents}
		}
	}
	return out
}

// frozenAbout returns all that was frozen about a month: its own lines and later adjustments.
func (l Ledger) frozenAbout(m civil.Month) map[account]amount {
	out := map[account]amount{}
	for _, frozen := range l.Months {
		for _, s := range frozen.Statements {
			to := account{s.Person, s.Currency}
			for _, line := range s.Lines {
				isOwn := frozen.Month == m && line.Kind != AdjustmentLine
				isAbout := line.Kind == AdjustmentLine && line.About == m
				if isOwn || isAbout {
					out[to] = amount{out[to].seconds + line.Seconds, out[to].cents + line.Cents}
				}
			}
		}
	}
	return out
}

// lastZone is the zone in which every month ends last.
var lastZone = time.FixedZone("UTC-12", -12*60*60)

// Freeze returns the ledger with a month frozen. It is refused while the month is not over everywhere on Earth, and
// when another month than the one after the last frozen one is named. The first month to be frozen may be any.
func (b Books) Freeze(m civil.Month, l Ledger, now time.Time) (Ledger, error) {
	if now.Before(m.Span(lastZone).End) {
		return l, &oncall.Refusal{Kind: oncall.Conflict, Message: fmt.Sprintf("%s is not over everywhere yet", m),
			Hint: "freeze it from noon UTC of the first day after it on"}
	}
	if last, ok := l.lastFrozenMonth(); ok && last.Next() != m {
		return l, &oncall.Refusal{Kind: oncall.Conflict,
			Message: fmt.Sprintf("%s does not follow %s, the last frozen month", m, last),
			Hint:    fmt.Sprintf("freeze %s", last.Next())}
	}
	statements := b.Statements(m, l)
	for i := range statements {
		statements[i].Frozen = true
	}
	months := append(slices.Clone(l.Months), FrozenMonth{Month: m, Statements: statements})
	return Ledger{months, l.NotAdjusted}, nil
}
