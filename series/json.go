package series

import (
	"bytes"
	"fmt"
)

// SafeJSON is a text of JSON with every character that steers a terminal or turns the direction of writing as an
// escape: \u009b for the control sequence introducer. The values stay what they are.
func SafeJSON(text []byte) []byte {
	if !bytes.ContainsFunc(text, steersTerminal) {
		return text
	}
	var b bytes.Buffer
	for _, letter := range string(text) {
		if steersTerminal(letter) {
			fmt.Fprintf(&b, `\u%04x`, letter) // all of them are in the first plane
		} else {
			b.WriteRune(letter)
		}
	}
	return b.Bytes()
}
