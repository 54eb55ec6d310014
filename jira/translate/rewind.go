package translate

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
)

// rewindField rebuilds the timeline of a field from its present value and its changes, of which sides reads both sides.
// The joints that do not fit are counted under a name of package agile.
func rewindField[T any](
	t *translator, field, name string, current T, sides func(change) (from, to T),
) agile.Timeline[T] {
	return rewindTimeline(t, rewinding[T]{
		field: field, name: name, current: current, changes: changesBy(t.source, field, sides),
		until: t.source.updated, equal: isSame[T],
	})
}

// rewinding is what a timeline is rebuilt from.
type rewinding[T any] struct {
	field   string // id
	name    string // under which package agile counts what does not fit
	current T      // the present value
	changes []agile.Change[T]
	until   time.Time         // from when on the present value holds where no change leads to it
	equal   func(a, b T) bool // what counts as one value
}

// rewindTimeline rebuilds a timeline. Where the present value is not known, the last change tells it.
func rewindTimeline[T any](t *translator, r rewinding[T]) agile.Timeline[T] {
	var tl agile.Timeline[T]
	var broken int
	if len(r.changes) > 0 && !t.source.isKnown(r.field) {
		tl, broken = agile.Replay(t.source.created, r.changes, r.equal)
	} else {
		tl, broken = agile.Rewind(t.source.created, r.until, r.current, r.changes, r.equal)
	}
	t.addBroken(r.name, broken+datedBefore(t.source.created, r.changes))
	return tl
}

// datedBefore counts the changes of an issue that are dated before its creation, at which they stand: something of the
// two is untrue.
func datedBefore[T any](created time.Time, changes []agile.Change[T]) (n int) {
	for _, c := range changes {
		if c.At.Before(created.Add(-sameChange)) {
			n++
		}
	}
	return n
}

// changesBy takes both sides of the changes of a field.
func changesBy[T any](s *source, field string, sides func(change) (from, to T)) []agile.Change[T] {
	var list []agile.Change[T]
	for _, c := range s.changes[field] {
		from, to := sides(c)
		list = append(list, agile.Change[T]{At: c.at, Order: c.order, From: from, To: to})
	}
	return list
}

// The ways to read both sides of a change.
func textSides(c change) (from, to string) { return c.item.FromString, c.item.ToString }
func idSides(c change) (from, to string)   { return c.item.From, c.item.To }
func labelSides(c change) (from, to []string) {
	return labelList(c.item.FromString), labelList(c.item.ToString)
}
func sprintSides(c change) (from, to []int64) { return sprintList(c.item.From), sprintList(c.item.To) }
func flagSides(c change) (from, to bool) {
	return isFlagged(c.item.From, c.item.FromString), isFlagged(c.item.To, c.item.ToString)
}

func isFlagged(id, text string) bool { return len(idList(id)) > 0 || strings.TrimSpace(text) != "" }

var digits = regexp.MustCompile(`\d+`)

// idList reads the ids of a change: "7, 9", "[10019]".
func idList(s string) []string { return digits.FindAllString(s, -1) }

// sprintList reads the sprints of a change, ascending.
func sprintList(s string) []int64 {
	var ids []int64
	for _, d := range idList(s) {
		if id, err := strconv.ParseInt(d, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// labelList reads labels, which a change separates by spaces.
func labelList(s string) []string {
	labels := strings.Fields(s)
	slices.Sort(labels)
	return slices.Compact(labels)
}
