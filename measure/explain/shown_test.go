package explain_test

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/words"
)

// written is an amount as people read it at the beginning of a text: 12 h 5 min, 2.5, −3 completed.
var written = regexp.MustCompile(`^([+−]?)([0-9]+(?:\.[0-9]+)?)(?: (h|min|s)\b)?` +
	`(?: ([0-9]+) (min|s)\b)?(?: ([0-9]+) (s)\b)?`)

var secondsOf = map[string]float64{"": 1, "s": 1, "min": 60, "h": 3600}

// twoSigns finds "0 + −4", which people write "0 − 4".
var twoSigns = regexp.MustCompile(`[+−] [+−]`)

// readAmount reads the amount that a text begins with, time in seconds.
func readAmount(text string) (value float64, whole, ok bool) {
	text = strings.ReplaceAll(strings.TrimSpace(text), words.Thin, "")
	found := written.FindStringSubmatch(text)
	if found == nil {
		return 0, false, false
	}
	for _, at := range []int{2, 4, 6} {
		number, _ := strconv.ParseFloat(found[at], 64) // 0 for "", a unit that is not told
		value += number * secondsOf[found[at+1]]
	}
	if found[1] == "−" {
		value = -value
	}
	return value, found[0] == text, true
}

// readSum adds up the left side of an equation as it is read: amounts, each with words behind it, between which stand
// "+", "−" or a comma; false for what is no such sum.
func readSum(text string) (float64, bool) {
	if _, after, found := strings.Cut(text, ": "); found {
		text = after
	}
	text = strings.NewReplacer(", +", " + ", ", −", " + −", " − ", " + −").Replace(text)
	text = strings.ReplaceAll(text, "−−", "")
	sum := 0.0
	parts := strings.Split(text, " + ")
	for _, part := range parts {
		one, times, multiplied := strings.Cut(part, " × ")
		value, _, ok := readAmount(one)
		if factor, _, isFactor := readAmount(times); multiplied {
			value, ok = value*factor, ok && isFactor
		}
		if !ok {
			return 0, false
		}
		sum += value
	}
	return sum, len(parts) > 1
}

// isNoSum tells of formulas that do more than add up, or that are cut.
var isNoSum = regexp.MustCompile(`[÷⌈(…]|rank|mean|median|, rounded`)

// shownFault says which equation of a text does not hold as it is read, "" where all do; sums is how many were read.
func shownFault(text string) (fault string, sums int) {
	for _, equation := range regexp.MustCompile(`; |\. |\.$`).Split(text, -1) {
		left, right, found := strings.Cut(equation, " = ")
		if !found || isNoSum.MatchString(equation) {
			continue
		}
		sum, isSum := readSum(left)
		told, _, ok := readAmount(right)
		if !isSum || !ok {
			continue
		}
		sums++
		if math.Abs(sum-told) > 1e-6 {
			return equation, sums
		}
	}
	return "", sums
}

// shown checks that an explanation adds up as people read it: its formula, its sentences, and its inputs with what the
// sum is after each, the last of which is the figure.
func (h *holder) shown(place string, e explanation.Explanation) {
	h.t.Helper()
	for _, text := range slices.Concat([]string{e.Numbers}, e.Notes) {
		fault, sums := shownFault(text)
		h.sums += sums
		if fault != "" {
			h.t.Errorf("%s %s: does not add up as it is read: %.200s", place, e.Figure.Name, fault)
		}
		if twoSigns.MatchString(text) {
			h.t.Errorf("%s %s: two signs stand beside each other: %.200s", place, e.Figure.Name, text)
		}
	}
	before := 0.0
	last := ""
	for n, running := range explanation.RunningSums(e) {
		if running == "" {
			continue
		}
		after, _, _ := readAmount(running)
		if value, whole, ok := readAmount(e.Inputs[n].Shown); ok && whole {
			h.sums++
			if math.Abs(before+value-after) > 1e-6 {
				h.t.Errorf("%s %s: %v and %q are not %q", place, e.Figure.Name, before, e.Inputs[n].Shown, running)
				return
			}
		}
		before, last = after, running
	}
	if headline := words.Estimate(before, agile.Unit(e.Unit)); last != "" && e.Unit == catalogue.UnitSeconds &&
		headline != e.Shown.Value {
		h.t.Errorf("%s %s: the last sum is %s, the figure %s", place, e.Figure.Name, last, e.Shown.Value)
	}
}

// initiativeTime checks that the time done in the epics of an initiative, as each row reads, adds up to what is told of
// its teams.
func (h *holder) initiativeTime(place string, e explanation.Explanation) {
	h.t.Helper()
	done, rows := 0.0, 0
	for _, i := range e.Inputs {
		if strings.HasSuffix(i.Shown, "points") || strings.HasSuffix(i.Shown, "point") ||
			strings.HasSuffix(i.Shown, "issues") || strings.HasSuffix(i.Shown, "issue") {
			continue
		}
		value, _, _ := readAmount(i.Shown)
		done, rows = done+value, rows+1
	}
	told := 0.0
	for _, term := range strings.Split(e.Numbers, "; ") {
		if _, exact, found := strings.Cut(term, ": exactly "); found {
			value, _, _ := readAmount(exact)
			told += value
		}
	}
	if rows > 0 && told != done {
		h.t.Errorf("%s: the rows make %v s, told is %q", place, done, e.Numbers)
	}
}

// TestShownFault: the reader of sums tells what adds up from what is off by a tenth.
func TestShownFault(t *testing.T) {
	for text, want := range map[string]string{
		"12 h 5 min + 6 h 3 min = 18 h 8 min":                                   "",
		"12.1 h + 6.1 h = 18.1 h":                                               "12.1 h + 6.1 h = 18.1 h",
		"0.9 + 1 + 0.4 = 2.4":                                                   "0.9 + 1 + 0.4 = 2.4",
		"1" + words.Thin + "000 h + 30 s = 1" + words.Thin + "000 h 30 s":       "",
		"10 h − 4 h 30 min = 5 h 30 min; 1 ÷ 3 = 33":                            "",
		"3 h − 4 h = −1 h":                                                      "",
		"From the ledger: 5 completed, −2 re-estimated, +1 came = 4 completed.": "",
		"From the ledger: 5 completed, −2 re-estimated, +1 came = 5 completed.": "From the ledger: 5 completed, −2 " +
			"re-estimated, +1 came = 5 completed",
		"8 + 3 − 0 + −2 − 3 + 0 = 6":                           "",
		"1 h of call-outs + 2 h of rest = 3 h 1 min are back.": "1 h of call-outs + 2 h of rest = 3 h 1 min are back",
		"120 + 4 × 10 = 160":                                   "",
		"120 + 4.333 × 10 = 163, rounded":                      "",
	} {
		if got, sums := shownFault(text); got != want || sums == 0 && !strings.Contains(text, "rounded") {
			t.Errorf("%q: %q of %d sums, want %q", text, got, sums, want)
		}
	}
}
