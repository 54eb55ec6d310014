package explain

import (
	"time"

	"jerem/measure/grade"

	"jerem/measure/catalogue"
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

// beginExplanation starts the explanation of a figure of the catalogue.
func beginExplanation(of catalogue.Subject, name string) Explanation {
	figure, _ := catalogue.Find(of, name) // a test holds the names to the catalogue
	return Explanation{Figure: figure, Unit: figure.Unit, Shown: Shown{Name: figure.Title}}
}

// pointerTo keeps a value where an explanation wants its address.
func pointerTo(x float64) *float64 { return &x }

// pointerToCount is number for a count; nil stays nil.
func pointerToCount[T int | int64](x *T) *float64 {
	if x == nil {
		return nil
	}
	return pointerTo(float64(*x))
}

// inputsOfOne makes an input of 1 for each of some keys.
func inputsOfOne(term string, keys []string) []Input {
	var out []Input
	for _, key := range keys {
		out = append(out, Input{Term: term, Issue: key, Value: pointerTo(1), Shown: "1"})
	}
	return out
}
