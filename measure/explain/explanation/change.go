package explanation

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"jerem/sorting"
)

// Change is a figure that is another one as of another moment.
type Change struct {
	Figure   string
	From, To *float64 // nil where it cannot be told
	Issues   []string // whose parts of it differ, by key
}

// Changes returns the figures that differ between two lists of the same subject, in the order of the catalogue. A
// figure that one list lacks cannot be told there.
func Changes(from, to []Explanation) []Change {
	var out []Change
	names := make([]string, 0, len(to))
	for _, list := range [][]Explanation{to, from} {
		for _, e := range list {
			if !slices.Contains(names, e.figurePath()) {
				names = append(names, e.figurePath())
			}
		}
	}
	for _, name := range names {
		before, after := findExplanation(from, name), findExplanation(to, name)
		if sameValue(before.Value, after.Value) {
			continue
		}
		out = append(out, Change{name, before.Value, after.Value, changedIssues(before.Inputs, after.Inputs)})
	}
	return out
}

// figurePath is the name of a figure, with its row where there are several.
func (e Explanation) figurePath() string {
	if e.Row == "" {
		return e.Figure.Name
	}
	return e.Figure.Name + "." + e.Row
}

// findExplanation returns the explanation of a figure by its path, an empty one where there is none.
func findExplanation(list []Explanation, name string) Explanation {
	for _, e := range list {
		if e.figurePath() == name {
			return e
		}
	}
	return Explanation{}
}

// tiny is less than estimates can differ by.
const tiny = 1e-9

func sameValue(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return math.Abs(*a-*b) < tiny
}

// changedIssues lists the issues whose parts of a figure differ.
func changedIssues(before, after []Input) []string {
	parts := map[string]float64{}
	add := func(inputs []Input, sign float64) {
		for _, i := range inputs {
			if i.Term != "" && i.Value != nil && isKey(i.Issue) {
				parts[i.Issue] += sign * *i.Value
			}
		}
	}
	add(before, -1)
	add(after, 1)
	out := []string{}
	for key, difference := range parts {
		if math.Abs(difference) >= tiny {
			out = append(out, key)
		}
	}
	sorting.By(out, compareKeys)
	return out
}

// isKey tells an issue's key from the name of a sprint, a team or a nature.
func isKey(name string) bool {
	_, number := cutKey(name)
	return number > 0 && !strings.Contains(name, " ")
}

// compareKeys orders keys by project, then by number.
func compareKeys(a, b string) int {
	projectA, numberA := cutKey(a)
	projectB, numberB := cutKey(b)
	return cmp.Or(cmp.Compare(projectA, projectB), cmp.Compare(numberA, numberB))
}

func cutKey(key string) (project string, number int) {
	dash := strings.LastIndexByte(key, '-')
	number, _ = strconv.Atoi(key[dash+1:]) // 0 for what is no key
	return key[:max(dash, 0)], number
}
