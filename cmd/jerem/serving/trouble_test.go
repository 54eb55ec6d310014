package serving

import (
	"errors"
	"testing"

	"jerem/bot"
	"jerem/problem"
	"jerem/store"
)

// TestToldOnce: what two parts of a cycle fail by alike is told once, other reasons beside it.
func TestToldOnce(t *testing.T) {
	full := &problem.Problem{Code: store.Full, Message: "store jerem.db: the disk is full", Hint: "Make room."}
	err := errors.Join(full, errors.Join(errors.New("other"), full))
	want := full.Error() + "\nother"
	if got := shownTrouble(bot.Trouble{Err: err}).Why; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
}
