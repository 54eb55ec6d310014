package report

import (
	"reflect"
	"testing"
)

// TestUnderParents: sub-tasks stand below their parents, where these are in the list; those of others keep their place.
func TestUnderParents(t *testing.T) {
	list := underParents([]Line{{Key: "K-1", Under: "K-3"}, {Key: "K-2", Under: "K-9"}, {Key: "K-3"},
		{Key: "K-4", Under: "K-3"}, {Key: "K-5"}})
	var got []string
	for _, line := range list {
		if line.Nested {
			line.Key = "  " + line.Key
		}
		got = append(got, line.Key)
	}
	if want := []string{"K-2", "K-3", "  K-1", "  K-4", "K-5"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
