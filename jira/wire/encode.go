package wire

import (
	stdjson "encoding/json"
	"math"
	"strconv"
	"unicode/utf8"
)

// AppendText appends a text in quotes, as the standard library writes it.
func AppendText(to []byte, text string) []byte {
	if !isWrittenPlainly(text) {
		quoted, _ := stdjson.Marshal(text) // a text always marshals
		return append(to, quoted...)
	}
	to = append(to, '"')
	to = append(to, text...)
	return append(to, '"')
}

// isWrittenPlainly tells whether each sign of a text stands for itself, whichever language it is of.
func isWrittenPlainly(text string) bool {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if !isOrdinary[c] || c == '<' || c == '>' || c == '&' {
				return false
			}
			i++
			continue
		}
		sign, size := utf8.DecodeRuneInString(text[i:])
		if sign == utf8.RuneError || sign == '\u2028' || sign == '\u2029' {
			return false
		}
		i += size
	}
	return true
}

// AppendNumber appends a number that is neither infinite nor none, as the standard library writes it.
func AppendNumber(to []byte, x float64) []byte {
	if size := math.Abs(x); size == 0 || size >= 1e-6 && size < 1e21 {
		return strconv.AppendFloat(to, x, 'f', -1, 64)
	}
	text, _ := stdjson.Marshal(x)
	return append(to, text...)
}
