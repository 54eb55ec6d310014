package sqlviews

import (
	"context"
	"strings"
	"time"

	"jerem/store/viewrows"
	"jerem/teams"
)

// This file notes beside the rows of a team what they were made from, in the write that brings them. After a start over
// a store in which nothing changed the note says so, and nothing is made.

// kindNote is the kind of the note, which no view takes apart. It is all in its digest: what the rows were made from,
// and the moment up to which they stay as they are while nothing else changes.
const kindNote = "made from"

var keyOfNote = viewrows.Key{Kind: kindNote}

// digestOfSource tells what rows that are made now are made from, "" where that cannot be told.
func (k *Keeper) digestOfSource(team *teams.Team) string {
	if k.Build == nil {
		return ""
	}
	build, basis := k.Build(), team.Basis()
	if build == "" || basis == "" {
		return ""
	}
	return digestOf([]byte(build + " " + basis))
}

// takeNote returns the note of rows that stay as they are up to a moment, and whether it is another one than is kept.
// Where it cannot be told what they were made from, it is empty, and needs not be kept if there was none.
func (k *Keeper) takeNote(team *teams.Team, steady time.Time, digests map[viewrows.Key]string) (note viewrows.Row,
	isOther bool) {
	note = viewrows.Row{Key: keyOfNote, Body: `{}`}
	if source := k.digestOfSource(team); source != "" {
		note.Digest = source + " " + steady.UTC().Format(time.RFC3339Nano)
	}
	if digests[keyOfNote] == note.Digest {
		return note, false
	}
	digests[keyOfNote] = note.Digest
	return note, true
}

// recallKept returns what was kept of a team by another process, or another instance: nothing, so that all is made
// again, unless the note says that it would be the same.
func (k *Keeper) recallKept(ctx context.Context, name string, team *teams.Team) (kept, error) {
	source := k.digestOfSource(team)
	if source == "" {
		return kept{}, nil
	}
	note, err := k.Rows.Digest(ctx, name, keyOfNote)
	text, isSame := strings.CutPrefix(note, source+" ")
	if err != nil || !isSame {
		return kept{}, err
	}
	steady, err := time.Parse(time.RFC3339Nano, text)
	if err != nil { // as if there were none
		return kept{}, nil
	}
	return kept{generation: team.Generation, steady: steady}, nil
}
