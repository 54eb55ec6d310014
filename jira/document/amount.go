package document

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Forms of numbers in texts. A group is three digits, in India two but for the last one.
var (
	plainNumber  = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$`)
	commaGroups  = regexp.MustCompile(`^[+-]?\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?$`)
	spaceGroups  = regexp.MustCompile(`^[+-]?\d{1,3}([ '’\x{a0}\x{2009}\x{202f}]\d{3})+([.,]\d+)?$`)
	dotGroups    = regexp.MustCompile(`^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$`)
	decimalComma = regexp.MustCompile(`^[+-]?\d*,\d+$`)
	groupSpaces  = strings.NewReplacer(" ", "", "'", "", "’", "", "\u00a0", "", "\u2009", "", "\u202f", "", ",", ".")
)

// numberReadings returns the numbers for which a text may stand, the likeliest first: as it is written; with groups;
// with a decimal comma. It is empty for what is no number.
func numberReadings(s string) []float64 {
	s = strings.TrimSpace(s)
	if isPlainAmount(s) {
		if x, err := strconv.ParseFloat(s, 64); err == nil {
			return []float64{x}
		}
	}
	return allReadings(s)
}

// allReadings is numberReadings of a text without space around it, in whatever form it is.
func allReadings(s string) []float64 {
	var out []float64
	add := func(text string) {
		x, err := strconv.ParseFloat(text, 64)
		if err == nil && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	if plainNumber.MatchString(s) {
		add(s)
	}
	if commaGroups.MatchString(s) {
		add(strings.ReplaceAll(s, ",", ""))
	}
	if spaceGroups.MatchString(s) {
		add(groupSpaces.Replace(s))
	}
	if dotGroups.MatchString(s) {
		add(strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", "."))
	}
	if decimalComma.MatchString(s) {
		add(strings.Replace(s, ",", ".", 1))
	}
	return out
}

// isPlainAmount tells whether a text is of digits, with a point before the last one or two at most: it can be read in
// one way only.
func isPlainAmount(s string) bool {
	point := strings.IndexByte(s, '.')
	if point >= 0 && (point == 0 || len(s)-point > 3) {
		return false
	}
	for n := range len(s) {
		if n != point && (s[n] < '0' || s[n] > '9') {
			return false
		}
	}
	return s != ""
}

// parseNumber reads the likeliest number of a text, nil where it is none.
func parseNumber(s string) *float64 {
	if all := numberReadings(s); len(all) > 0 {
		return &all[0]
	}
	return nil
}

// Amount is one side of a change of a number.
type Amount struct {
	Readings []float64 // what was written may stand for these, the likeliest first; none where it is no number
	Blank    bool      // nothing was written: no value
}

// IsReadable says whether the side of a change can be read.
func (a Amount) IsReadable() bool { return len(a.Readings) > 0 || a.Blank }

// Amounts reads both sides of a change of a number: time tracking tells the number as id, custom fields as text.
func (i Item) Amounts() (from, to Amount) {
	return readAmount(i.Kind, i.From, i.FromString), readAmount(i.Kind, i.To, i.ToString)
}

func readAmount(kind Kind, id, text string) Amount {
	first, second := text, id
	if kind == KindSeconds {
		first, second = id, text
	}
	if strings.TrimSpace(first) == "" {
		first = second
	}
	a := Amount{Blank: strings.TrimSpace(first) == ""}
	for _, x := range numberReadings(first) {
		if kind.Holds(x) {
			a.Readings = append(a.Readings, x)
		}
	}
	return a
}
