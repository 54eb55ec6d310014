package explanation

import (
	"time"

	"jerem/measure/catalogue"
	"jerem/measure/grade"
)

// Explanation opens a figure: its value, its formula with the numbers put in, what stands behind it and its grade.
type Explanation struct {
	Figure  catalogue.Figure
	Row     string   // of a figure of which there are several: the nature or the column
	Value   *float64 // nil where it cannot be known, and for a date
	Date    *string  // the value of a figure that is a date; nil where it cannot be told
	Unit    string   // what Value is in
	At      time.Time
	Numbers string   // the formula with the numbers put in, as people read them
	Notes   []string // in sentences
	Inputs  []Input
	Left    int      // how many inputs are left out behind them, for a page that lists the first ones
	Beside  []Input  // numbers that stand beside it in its answer and do not count: told to programs alone
	Issues  []string // keys, for a search in Jira
	Quality grade.Quality
	Shown   Shown
}

// Shown is the value as people read it.
type Shown struct{ Name, Value, Unit string }

// Input is what a figure is made from: the expression of the figure over its inputs gives the value.
type Input struct {
	Term  string     // its name in the expression; "" for what joins the figure with another one and does not count
	Time  *time.Time // when it happened; nil where it has no moment
	Date  string     // its day, for what has no moment
	Issue string     // key, or the name of a sprint or a team
	What  string     // what it is, in words
	Value *float64   // in the unit of the API; nil for what does not count, or is not known

	Shown  string // the value as people read it
	When   string // the moment as people read it
	Listed bool   // stands in the list that people see; the rest is in the formula already
}

// Begin starts the explanation of a figure of the catalogue.
func Begin(of catalogue.Subject, name string) Explanation {
	figure, _ := catalogue.Find(of, name) // a test holds the names to the catalogue
	return Explanation{Figure: figure, Unit: figure.Unit, Shown: Shown{Name: figure.Title}}
}

// Number keeps a value where an explanation wants its address.
func Number(x float64) *float64 { return &x }

// Count is [Number] for a count; nil stays nil.
func Count[T int | int64](x *T) *float64 {
	if x == nil {
		return nil
	}
	return Number(float64(*x))
}

// OnesOf makes an input of 1 for each of some keys.
func OnesOf(term string, keys []string) []Input {
	var out []Input
	for _, key := range keys {
		out = append(out, Input{Term: term, Issue: key, Value: Number(1), Shown: "1"})
	}
	return out
}

// ShownOf lists the values of inputs as people read them.
func ShownOf(inputs []Input) []string {
	var out []string
	for _, i := range inputs {
		out = append(out, i.Shown)
	}
	return out
}

// KeysOf lists the issues of inputs.
func KeysOf(inputs []Input) []string {
	var out []string
	for _, i := range inputs {
		out = append(out, i.Issue)
	}
	return out
}

// BeginOnPage starts the explanation of a figure that a page alone shows: it stands in no catalogue.
func BeginOnPage(of catalogue.Subject, name, title, formula, expression string) Explanation {
	return Explanation{Figure: catalogue.Figure{Of: of, Name: name, Title: title, Formula: formula,
		Expression: expression}, Shown: Shown{Name: title}}
}
