package sqlviews

import (
	"maps"

	"jerem/store/viewrows"
)

// This file finds what of the rows is to be written: those that differ, and those that are no more.

// takeChanges returns the rows that differ from those that are kept, and the keys of those that are no more, and brings
// the digests up to date. The row of the team itself is not among them, nor is the note.
func (l *rowList) takeChanges() (changed []viewrows.Row, gone []viewrows.Key) {
	for _, r := range l.rows {
		if l.kept[r.Key] != r.Digest {
			changed = append(changed, r)
			l.kept[r.Key] = r.Digest
		}
	}
	if l.round == 1 {
		gone = l.listUnknown()
	} else {
		l.sweep()
		gone = l.gone
	}
	for _, key := range gone {
		delete(l.kept, key)
	}
	return changed, gone
}

// listUnknown lists the rows that are kept and are not among those of the list, which has all.
func (l *rowList) listUnknown() (unknown []viewrows.Key) {
	standing := make(map[viewrows.Key]bool, len(l.rows)+2)
	standing[viewrows.Key{Kind: kindTeam}], standing[keyOfNote] = true, true
	for _, r := range l.rows {
		standing[r.Key] = true
	}
	for key := range l.kept {
		if !standing[key] {
			unknown = append(unknown, key)
		}
	}
	return unknown
}

// sweep forgets what was made in former rounds and was not added in this one: its rows are no more.
func (l *rowList) sweep() {
	maps.DeleteFunc(l.made.sprints, func(_ int64, one *rowsOfSprint) bool {
		if one.round < l.round {
			l.noteGone(one.heads, nil)
		}
		return one.round < l.round
	})
	maps.DeleteFunc(l.made.series, func(_ string, one *rowsOfSeries) bool {
		if one.round < l.round {
			l.noteGone(one.heads, nil)
		}
		return one.round < l.round
	})
	maps.DeleteFunc(l.made.others, func(key viewrows.Key, round int) bool {
		if round < l.round {
			l.gone = append(l.gone, key)
		}
		return round < l.round
	})
}

// noteGone notes former rows that are not among those that stand in their place.
func (l *rowList) noteGone(former, now []rowHead) {
	if len(former) == 0 {
		return
	}
	stand := make(map[viewrows.Key]bool, len(now))
	for _, head := range now {
		stand[head.Key] = true
	}
	for _, head := range former {
		if !stand[head.Key] {
			l.gone = append(l.gone, head.Key)
		}
	}
}
