package index

import (
	"jerem/agile"
	"jerem/measure/internal/recall"
)

// Recall returns the value of a key, computing it where it is not kept for the index, whatever its moment of reading.
// The key names all that the value depends on beside the history; nobody changes the value.
func Recall[V any](x *Index, key any, compute func() V) V { return recall.Value(x.memo, key, compute) }

// RecallEach returns a value of each issue, in the order of the history's issues, computing those that are not kept. A
// value rests on the issue, its state history, the time logged on it, and what an index shares with the one it goes on
// from (board, statuses, types, the team's rules), and on nothing else; the key names what is computed. Nobody changes
// a value.
func RecallEach[V any](x *Index, key any, compute func(*agile.Issue) V) []V {
	return recall.EachValue(x.tables, x.History.Issues, key, compute)
}
