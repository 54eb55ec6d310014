package format

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"jerem/measure/words"
)

// RoundingNote says of a sum and its parts, as a page shows them in tenths, that they do not add up because each is
// rounded; "" where they add up, or where rounding is not the reason. What is no number, as a dash, adds nothing.
func RoundingNote(what, sum string, parts ...string) string {
	shown, isNumber := tenths(sum)
	if !isNumber {
		return ""
	}
	added := 0
	for _, part := range parts {
		n, _ := tenths(part)
		added += n
	}
	apart := shown - added
	if apart == 0 || 2*max(apart, -apart) > len(parts)+1 {
		return ""
	}
	return fmt.Sprintf("Rounded one by one, these %s add up to %s; together they are %s.", what,
		words.Fixed(float64(added)/10, 1), sum)
}

// tenths reads a figure as a page shows it; false for what is none.
func tenths(text string) (n int, ok bool) {
	plain := strings.NewReplacer(Thin, "", "−", "-", "+", "").Replace(text)
	x, err := strconv.ParseFloat(plain, 64)
	return int(math.Round(x * 10)), err == nil
}
