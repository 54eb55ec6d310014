package explain

import (
	"time"

	"jerem/measure/grade"

	"jerem/measure"
)

// Explanation opens a figure: its value, its formula with the numbers put in, what stands behind it and its grade.
type Explanation struct {
	Figure  measure.Figure
	Value   *float64 // nil where it cannot be known, and for a date
	Date    *string  // the value of a figure that is a date; nil where it cannot be told
	Unit    string   // what Value is in
	At      time.Time
	Numbers string   // the formula with the numbers put in, as people read them
	Notes   []string // in sentences
	Inputs  []Input
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

// begin starts the explanation of a figure of the catalogue.
func begin(of measure.Subject, name string) Explanation {
	figure, _ := measure.FindFigure(of, name) // a test holds the names to the catalogue
	return Explanation{Figure: figure, Unit: figure.Unit, Shown: Shown{Name: figure.Title}}
}

// number keeps a value where an explanation wants its address.
func number(x float64) *float64 { return &x }

// whole is number for a count; nil stays nil.
func whole[T int | int64](x *T) *float64 {
	if x == nil {
		return nil
	}
	return number(float64(*x))
}

// ones makes an input of 1 for each of some keys.
func ones(term string, keys []string) []Input {
	var out []Input
	for _, key := range keys {
		out = append(out, Input{Term: term, Issue: key, Value: number(1), Shown: "1"})
	}
	return out
}
