package webtest

import (
	"runtime"
	"strings"
	"testing"
)

// roomless is a test that finds no room for its files, and notes what it failed by.
type roomless struct {
	testing.TB
	told []string
}

func (r *roomless) TempDir() string {
	r.Fatal("no room")
	return ""
}

func (r *roomless) Fatal(args ...any) {
	r.told = append(r.told, args[0].(string))
	runtime.Goexit()
}

// TestStoryThatCannotBeRead: a test that cannot read a story fails by why, and so does each later one of that story.
func TestStoryThatCannotBeRead(t *testing.T) {
	for _, want := range []string{"no room, the story cannot be read", "the story cannot be read"} {
		r := &roomless{TB: t}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			storeOf(r, []byte("a story of its own"), nil)
		}()
		<-ended
		if got := strings.Join(r.told, ", "); !strings.HasPrefix(got, want) {
			t.Errorf("%q; want %q", got, want)
		}
	}
}
