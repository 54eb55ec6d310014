package forecast

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPackedPrior: what the program carries packed is the file beside it, row for row.
func TestPackedPrior(t *testing.T) {
	text, err := os.ReadFile("prior.csv")
	if err != nil {
		t.Fatal(err)
	}
	want, err := ReadPrior(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, Shipped().rows); diff != "" || len(want) < 39 {
		t.Errorf("prior.csv.gz differs; pack it by gzip -n9k prior.csv:\n%s", diff)
	}
}
