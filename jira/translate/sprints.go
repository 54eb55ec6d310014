package translate

import (
	"jerem/agile"
	"jerem/calendar"
)

// rewindSprints rewinds the sprints of an issue of some types. A sub-task shows those of its parent, without a word in
// its history. So where it was an ordinary issue before, what it shows tells nothing of that time: what changes tell
// of it counts, and where none tells anything, it stood in no sprint that is known, which is counted.
func (t *translator) rewindSprints(field string, types agile.Timeline[string]) agile.Timeline[[]int64] {
	shown, changes := t.source.content.Fields[field].IDs, changesBy(t.source, field, sprintSides)
	since, converted := t.becameSubtask(types)
	if !converted {
		return rewindField(t, field, agile.FieldSprints, shown, sprintSides)
	}
	past, broken := agile.Replay(t.source.created, changes, isSame[[]int64])
	if len(changes) == 0 {
		past, broken = agile.Constant(t.source.created, []int64(nil)), 1
		t.addBroken(agile.UntoldSprints, broken)
	} else {
		t.addBroken(agile.FieldSprints, broken+datedBefore(t.source.created, changes))
	}
	end := past[len(past)-1]
	if isSame(end.Value, shown) {
		return past
	}
	from := since.From.Time()
	if end.From.After(from) { // a change of its own that came later
		from = calendar.LaterOf(t.source.updated, end.From.Time())
	}
	return append(past, agile.Step[[]int64]{From: agile.MomentOf(from), Order: max(since.Order, end.Order+1),
		Value: shown})
}

// becameSubtask returns the step by which an ordinary issue became the sub-task that it is to this day; false for any
// other issue.
func (t *translator) becameSubtask(types agile.Timeline[string]) (since agile.Step[string], converted bool) {
	n := len(types)
	for n > 0 && t.types[types[n-1].Value].Level < 0 {
		n--
	}
	if n == 0 || n == len(types) {
		return since, false
	}
	return types[n], true
}
