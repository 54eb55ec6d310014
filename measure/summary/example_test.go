package summary_test

import (
	"fmt"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/summary"
)

func ExampleSprintSentence() {
	day, days, completed := 4, 10, 5.0
	sprint := &measure.Sprint{
		SprintHead:  measure.SprintHead{ID: 1, Name: "S1", State: agile.Active},
		Unit:        agile.Points,
		WorkingDays: measure.WorkingDays{Elapsed: &day, Total: &days},
		Ledger:      &measure.Ledger{Commitment: 8, Completed: 5, Remaining: 3},
		Completed:   &completed,
		ToDo:        measure.Work{Issues: 1, Estimate: 3},
		Done:        measure.Work{Issues: 1, Estimate: 5},
	}
	fmt.Println(summary.SprintSentence(sprint, nil, calendar.Calendar{Zone: time.UTC}))
	// Output: S1, day 4 of 10: 5 points completed against a commitment of 8 points, 3 points remain in 1 open issue.
}
