// Package summary says how a team stands in sentences, with the few figures that they tell.
//
//	s, err := summary.StatusAt(team, now)
//	// s.Sentences.Sprint: "Sprint 22, day 6 of 10: 8 points completed against a commitment of 21 points, ..."
//
// Sentences tell what figures say and nothing that these do not know; the forecast given to a sentence is one as of the
// moment of the figures beside it.
package summary
