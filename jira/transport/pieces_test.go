package transport

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestScannedInParts: an answer is counted the same in whatever parts it comes.
func TestScannedInParts(t *testing.T) {
	const text = `{"a short":[1,22.5e3,"\"\\\u00e9","` + "a text that is longer than others are, with \\\" in it" +
		`",{"b":null}],"c":{"d":["e","f"]}}  `
	var whole scanner
	if err := whole.readBytes([]byte(strings.Repeat(text, 20))); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var parts scanner
		for rest := []byte(strings.Repeat(text, 20)); len(rest) > 0; {
			n := min(len(rest), 1+random.IntN(40))
			if err := parts.readBytes(slices.Clone(rest[:n])); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if parts != whole {
			t.Fatalf("%+v, whole %+v", parts, whole)
		}
	}
	if whole.depth != 0 || whole.objects != 20*5 || whole.inText {
		t.Errorf("%+v", whole)
	}
}
