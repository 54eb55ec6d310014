package posting_test

import (
	"errors"
	"testing"

	"jerem/posting"
	"jerem/problem"
	"jerem/publish"
)

// TestLimited: a quota is told among troubles, not one of which the sink said that it lasts longer than its pause.
func TestLimited(t *testing.T) {
	quota := &problem.Problem{Code: publish.Limited}
	lasting := &problem.Problem{Code: publish.Limited, Cause: publish.ErrLater}
	other := errors.New("another")
	for _, c := range []struct {
		err  error
		want bool
	}{{quota, true}, {errors.Join(other, quota), true}, {errors.Join(lasting, quota), true}, {lasting, false},
		{errors.Join(other, lasting), false}, {other, false}, {nil, false}} {
		if got := posting.Limited(c.err); got != c.want {
			t.Errorf("%v: %v", c.err, got)
		}
	}
}
