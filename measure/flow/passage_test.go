package flow

import (
	"reflect"
	"testing"
)

// TestPassageIsSmall: a large team has a passage of each of its issues, of some steps each.
func TestPassageIsSmall(t *testing.T) {
	if size := reflect.TypeFor[passage]().Size(); size > 64 {
		t.Errorf("a passage takes %d bytes", size)
	}
	if size := reflect.TypeFor[passageStep]().Size(); size > 12 {
		t.Errorf("a step of a passage takes %d bytes", size)
	}
}
