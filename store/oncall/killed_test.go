package oncall_test

import (
	"bytes"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"jerem/oncall/roster"
	"jerem/store/oncall"
)

// TestOneOfTwoKilledAtEachWrite: of two instances one is killed at any statement of a write, or after it, while the
// other one goes on writing. The other one never fails, loses nothing, and sees all of the write or nothing.
func TestOneOfTwoKilledAtEachWrite(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for each statement")
	}
	eachPlace(t, oneOfTwoKilled)
}

func oneOfTwoKilled(t *testing.T, place string) {
	other := open(t, place)
	written := 0
	for n := 0; ; n++ {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledAtEachWrite$")
		child.Env = append(os.Environ(), "JEREM_TEST_KILLED="+place, "JEREM_TEST_STATEMENT="+strconv.Itoa(n))
		var told bytes.Buffer
		child.Stdout, child.Stderr = &told, &told
		ended := make(chan error, 1)
		go func() { ended <- child.Run() }()
		var err error
		for isRunning := true; isRunning; {
			written = writeDecision(t, other, written)
			select {
			case err = <-ended:
				isRunning = false
			case <-time.After(10 * time.Millisecond): // a file lets the other one write only where nobody does
			}
		}
		wasKilled := err != nil && strings.Contains(err.Error(), "killed")
		written = writeDecision(t, other, written)
		holdDecisions(t, stateOf(t, other), written, wasKilled)
		switch {
		case err == nil && n < 8:
			t.Errorf("a write of %d statements is too small to tell", n)
			return
		case err == nil:
			return
		case !wasKilled:
			t.Fatalf("the other instance ends with %v: %s", err, told.String())
		}
	}
}

// firstDecision is the ID of the first decision of the instance that lives.
const firstDecision = 1000

// writeDecision keeps one more decision and returns how many there are.
func writeDecision(t *testing.T, s *oncall.Store, written int) int {
	t.Helper()
	keep(t, s, roster.Writes{Decisions: []roster.Decision{{ID: int64(firstDecision + written), Team: "Kubernetes",
		Rule: strconv.Itoa(written), At: at("2026-01-01T00:00Z")}}})
	return written + 1
}

// holdDecisions holds what is kept to the decisions of the instance that lives, and to none or all of the other one's
// write.
func holdDecisions(t *testing.T, state roster.State, written int, wasKilled bool) {
	t.Helper()
	own := 0
	for _, d := range state.Decisions {
		if d.ID >= firstDecision {
			if d.Rule != strconv.Itoa(own) {
				t.Errorf("decision %d stands where %d should", d.ID, firstDecision+own)
			}
			own++
		}
	}
	if own != written {
		t.Errorf("of %d decisions %d are kept", written, own)
	}
	rows, want := len(state.Changes)+len(state.Callouts)+len(state.Frozen)+len(state.Decisions)-own, 4
	if wasKilled {
		want = 0
	}
	if rows != want {
		t.Errorf("of the other instance, killed: %v, %d rows are kept, not %d", wasKilled, rows, want)
	}
}
