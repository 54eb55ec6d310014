package beside

import (
	"math"
	"strings"

	"jerem/measure/words"
	"jerem/web/format"
)

// The units of the catalogue that people read in another one.
const (
	unitSeconds = "seconds"
	unitShare   = "share"
)

// growthFigure is the share of what was planned first that is planned now. People read by how much it is more.
const growthFigure = "growth"

// mostDecimals is how many decimals are written to tell two values apart; what differs by less hardly moved.
const mostDecimals = 4

// manner is how the values of a figure, and how far they are apart, are written.
type manner struct {
	scale    float64 // turns a value of the API into the unit that people read it in
	sign     string  // stands behind each value
	unit     string  // what they are apart in
	decimals int     // of the difference, at least
	isGrowth bool
}

// mannerOf is how a figure in a unit of the catalogue is written: time in hours, a share in percents. A unit may go on:
// "seconds a working day".
func mannerOf(figure, unit string, w format.Words) manner {
	of, each, _ := strings.Cut(unit, " ")
	each = strings.TrimRight(" "+each, " ")
	switch of {
	case unitShare:
		return manner{scale: 100, sign: format.Thin + "%", unit: "percentage points", isGrowth: figure == growthFigure}
	case string(w.Unit):
		return manner{scale: w.Scale(1), unit: w.UnitName() + each, decimals: 1}
	case unitSeconds:
		return manner{scale: 1.0 / 3600, unit: "hours" + each, decimals: 1}
	}
	return manner{scale: 1, unit: strings.ReplaceAll(unit, "_", " "), decimals: 1}
}

// Shares writes two shares side by side, and how many percentage points they are apart.
func Shares(from, to float64) (before, after, change string) {
	return mannerOf("", unitShare, format.Words{}).sideBySide(from, to, words.Percent(&from), words.Percent(&to))
}

// sideBySide writes two values, which pages show as before and after, and how far they are apart. All three have the
// decimals with which they agree: 47 % less 8 % is not 38.4, 46.85 % less 8.45 % is.
func (m manner) sideBySide(from, to float64, before, after string) (first, last, change string) {
	write := func(x float64, decimals int) string { return words.Decimal(x, decimals) + m.sign }
	if m.isGrowth {
		from, to = from-1, to-1
		write = func(x float64, decimals int) string { return formatSigned(x, decimals) + m.sign }
		before, after = write(from*m.scale, 0), write(to*m.scale, 0)
	}
	from, to = from*m.scale, to*m.scale
	decimals := m.decimalsToTell(from, to, max(decimalsOf(before), decimalsOf(after)))
	if isNumber(before) && isNumber(after) && decimals > min(decimalsOf(before), decimalsOf(after)) {
		before, after = write(from, decimals), write(to, decimals)
	}
	if before == after {
		return before, after, "hardly moved"
	}
	apart := (roundTo(to, decimals) - roundTo(from, decimals)) / math.Pow10(decimals)
	return before, after, formatSigned(apart, decimals)
}

// decimalsToTell is with how many decimals, of so many or more, two values read as two, and their difference as theirs:
// one more than tells the values apart has to do, for thirds never agree.
func (m manner) decimalsToTell(from, to float64, shown int) int {
	decimals := max(shown, m.decimals)
	for decimals < mostDecimals && roundTo(from, decimals) == roundTo(to, decimals) {
		decimals++
	}
	if roundTo(to, decimals)-roundTo(from, decimals) != roundTo(to-from, decimals) {
		decimals++
	}
	return decimals
}

// roundTo is a value in units of its last decimal.
func roundTo(x float64, decimals int) float64 { return math.Round(x * math.Pow10(decimals)) }

// isNumber tells a value that is written in digits from a word or a bound: "done", "under 1 %".
func isNumber(text string) bool {
	return strings.Trim(text, "+−0123456789. %"+format.Thin) == ""
}

// decimalsOf counts the decimals of a value as it is shown.
func decimalsOf(text string) int {
	_, decimals, _ := strings.Cut(text, ".")
	return len(strings.TrimRight(decimals, " %"+format.Thin))
}

// formatSigned writes a number with its sign and at most so many decimals.
func formatSigned(x float64, decimals int) string {
	text := words.Decimal(x, decimals)
	if x > 0 && text != "0" {
		return "+" + text
	}
	return text
}
