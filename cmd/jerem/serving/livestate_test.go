package serving

import (
	"strings"
	"testing"

	"jerem/bot"
	"jerem/cmd/jerem/setup"
	reading "jerem/sync"
)

// TestLiveStateOfFirstReading: pages are told what a first reading asks for before it reads issues, and then how many
// are read.
func TestLiveStateOfFirstReading(t *testing.T) {
	o := &setup.Instance{Bot: &bot.Bot{}}
	for _, c := range []struct {
		progress reading.Progress
		want     string
	}{
		{reading.Progress{}, "fields, boards and sprints, then the list of issues, since "},
		{reading.Progress{Done: 3, Total: 8}, "issues 3 of 8, since "},
	} {
		o.Bot.Live.Progressed(c.progress)
		told := liveState(o, &onCallHealth{}).Reading
		if told == nil || !strings.HasPrefix(told.Words(), c.want) {
			t.Errorf("%+v is told as %+v, want %q", c.progress, told, c.want)
		}
	}
}
