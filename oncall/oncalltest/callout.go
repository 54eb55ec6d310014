package oncalltest

import (
	"time"

	"jerem/oncall/civil/civiltest"
	"jerem/oncall/interruption"
)

// CalloutAt is a call-out of a person that a source named, of so many minutes.
func CalloutAt(id int64, person, start string, minutes int) interruption.Callout {
	at := civiltest.Instant(start)
	return interruption.Callout{ID: id, Team: "Kubernetes", Person: person, Started: at,
		Ended: at.Add(time.Duration(minutes) * time.Minute), Origin: interruption.FromSource}
}
