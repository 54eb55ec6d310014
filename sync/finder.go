package sync

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/scope"
)

// finder finds the board and the sprints of a team. What was known and is told no more is kept until a later reading
// confirms that it is gone.
type finder struct {
	*reading
	t     *teamReading
	have  *teamSets
	known store.TeamState // of the last reading
	noted []store.Gap     // what it lacked

	unasked bool // single sprints cannot be asked for
}

// lack notes a gap, and that the team is behind by it where a doubt is told.
func (f *finder) lack(gap store.Gap, doubt string) {
	f.have.gaps = append(f.have.gaps, gap)
	if doubt != "" {
		f.have.doubts = append(f.have.doubts, doubt)
	}
}

// refused notes a source that cannot be had. The error is one that is no trouble of the source.
func (f *finder) refused(ctx context.Context, source agile.Source, what string, behind bool, why error) error {
	gap, passing, ok := sourceGap(source, why)
	if !ok || ctx.Err() != nil {
		return why
	}
	doubt := ""
	if behind || passing {
		doubt = fmt.Sprintf("%s: %v", what, why)
	}
	f.Log.Warn(what+" cannot be had: what rests on it is told as unknown", "team", f.t.conf.Name, "error", why)
	f.lack(gap, doubt)
	return nil
}

// board finds the team's board, nil where it has none or none can be had. Its configuration stays as it is known where
// Jira refuses it, or tells nothing of it any more.
func (f *finder) board(ctx context.Context) (*agile.Board, error) {
	kept, err := f.Store.Board(ctx, f.known.Board)
	if err != nil {
		return nil, err
	}
	b, err := scope.FindBoard(ctx, f.Jira, f.fields, f.t.conf.Board, f.t.project.Key)
	switch {
	case err == nil && b != nil:
		return f.columns(b, kept), nil
	case err == nil && kept != nil:
		return f.vanished(ctx, kept)
	case err == nil:
		return nil, nil
	}
	if b != nil || scope.IsAmbiguous(err) { // the estimate cannot be seen, or the configuration must choose
		return nil, err
	}
	if f.t.conf.Board != 0 && kept != nil && kept.ID != f.t.conf.Board {
		kept = nil
	}
	return kept, f.refused(ctx, agile.SourceBoard, "the board", true, err)
}

// vanished judges a board that the project's list no longer holds. It stays while it answers by its id, and until a
// later reading misses it too.
func (f *finder) vanished(ctx context.Context, kept *agile.Board) (*agile.Board, error) {
	subject := fmt.Sprintf("board %d is not listed", kept.ID)
	b, err := f.Jira.Board(ctx, kept.ID)
	switch gone := problem.Is(err, jira.NotFound); {
	case err == nil:
		f.lack(store.Gap{Source: agile.SourceBoard, Code: agile.GapShrunk, Subject: subject}, subject+" for the project any more, and is still there: it is kept")
		b.Kind = kept.Kind
		return f.columns(&b, kept), nil
	case gone && shrunkBefore(f.noted, agile.SourceBoard, subject):
		return nil, nil
	case gone:
		f.lack(store.Gap{Source: agile.SourceBoard, Code: agile.GapShrunk, Subject: subject}, subject+" any more: it is kept until the next reading says so too")
		return kept, nil
	}
	return kept, f.refused(ctx, agile.SourceBoard, "the board", true, err)
}

// columns judges a configuration that tells less than was known: no column with statuses, or no estimate. It is
// believed when a later reading tells the same.
func (f *finder) columns(b, kept *agile.Board) *agile.Board {
	const subject = "its configuration is empty"
	lost := kept != nil && kept.ID == b.ID && (b.DoneColumn() == nil && kept.DoneColumn() != nil || b.Name == "" && kept.Name != "" && b.Estimate == "")
	if !lost || shrunkBefore(f.noted, agile.SourceBoard, subject) {
		return b
	}
	f.lack(store.Gap{Source: agile.SourceBoard, Code: agile.GapShrunk, Subject: subject}, "the board maps no status any more: its columns are kept until the next reading says so too")
	return kept
}

// sprints finds the team's sprints: see scope.BoardCache.OwnSprints. Those that were the team's and that the board lists no more are asked for by
// their ids.
func (f *finder) sprints(ctx context.Context) error {
	mine, listed, err := f.Store.SprintsOf(ctx, f.t.conf.Name, f.have.board.ID)
	if err != nil {
		return err
	}
	was := map[int64]store.SprintSeen{}
	for _, s := range mine {
		was[s.ID] = s
	}
	list, err := f.boardSprints(ctx, len(was) > 0)
	if err != nil {
		return err
	}
	for n, s := range list {
		f.have.listed = append(f.have.listed, s.ID)
		list[n] = f.dates(s, was)
	}
	if f.have.mine, err = f.boards.OwnSprints(ctx, f.have.board.ID, list); err != nil {
		return err
	}
	for _, s := range f.have.mine {
		delete(was, s.ID)
	}
	f.have.sprints = list
	return f.once(ctx, was, listed)
}

// dates judges the dates of a sprint. One that cannot be read stays as it is known, and is told. So does one that a sprint
// which began does not have any more, until a later reading says so too.
func (f *finder) dates(s jira.SprintInfo, was map[int64]store.SprintSeen) jira.SprintInfo {
	known := was[s.ID]
	for _, date := range []struct {
		names  []string
		begins agile.SprintState // a sprint of this state has one; "" for any that began
		now    *time.Time
		before time.Time
	}{
		{[]string{"startDate", "activatedDate"}, "", &s.Start, known.Start},
		{[]string{"endDate"}, "", &s.End, known.End},
		{[]string{"completeDate"}, agile.Closed, &s.Complete, known.Complete},
	} {
		bad := slices.ContainsFunc(s.Unreadable, func(name string) bool { return slices.Contains(date.names, name) })
		subject := fmt.Sprintf("%s of sprint %d", date.names[0], s.ID)
		has := s.State != agile.Future && (date.begins == "" || date.begins == s.State)
		switch {
		case bad:
			*date.now = date.before
			f.lack(store.Gap{Source: agile.SourceSprints, Code: agile.GapUnreadable, Subject: subject}, "")
		case has && date.now.IsZero() && !date.before.IsZero() && !shrunkBefore(f.noted, agile.SourceSprints, subject):
			*date.now = date.before
			f.lack(store.Gap{Source: agile.SourceSprints, Code: agile.GapShrunk, Subject: subject},
				subject+" is not told any more: it is kept until the next reading says so too")
		}
	}
	return s
}

// boardSprints asks for the sprints that the board lists.
func (f *finder) boardSprints(ctx context.Context, known bool) ([]jira.SprintInfo, error) {
	if f.have.board.Kind != agile.Scrum {
		return nil, nil
	}
	list, err := f.Jira.Sprints(ctx, f.have.board.ID)
	switch {
	case errors.Is(err, jira.ErrNoSprints): // a Scrum board: most often no column maps a status
		f.have.unlisted = true
		f.lack(store.Gap{Source: agile.SourceSprints, Code: agile.GapRefused, Subject: "Jira tells none for this board"}, "")
		return nil, nil
	case err != nil:
		f.have.unlisted = true
		return nil, f.refused(ctx, agile.SourceSprints, fmt.Sprintf("the sprints of board %d", f.have.board.ID), known, err)
	}
	return list, nil
}

// once judges the sprints that were the team's and that are not among its own now. Each that the board listed last time, or
// that goes on, is asked for by its id; one that Jira does not know goes when a later reading finds the same.
func (f *finder) once(ctx context.Context, was map[int64]store.SprintSeen, listed map[int64]bool) error {
	refused := f.have.unlisted
	for _, id := range slices.Sorted(maps.Keys(was)) {
		s := jira.SprintInfo{ID: id, OriginBoard: was[id].OriginBoard, SprintVersion: was[id].SprintVersion}
		if refused { // nothing can be asked of them: they are as they were
			f.have.sprints, f.have.mine = append(f.have.sprints, s), append(f.have.mine, s)
			continue
		}
		now, gone, err := f.still(ctx, s, listed[id])
		if err != nil {
			return err
		}
		if !gone {
			f.have.sprints, f.have.mine, f.have.once = append(f.have.sprints, now), append(f.have.mine, now), append(f.have.once, id)
		}
	}
	switch hidden := len(f.have.listed) == 0 && len(listed) > 0; {
	case refused:
		f.have.listed = slices.Sorted(maps.Keys(listed))
	case hidden:
		f.lack(store.Gap{Source: agile.SourceSprints, Code: agile.GapShrunk, Subject: "the board lists none"}, "the board lists no sprint any more: those known are kept")
	}
	return nil
}

// still asks for a sprint by its id where it may be another than it was. It is gone when Jira does not know it, and an
// earlier reading found the same.
func (f *finder) still(ctx context.Context, s jira.SprintInfo, listed bool) (now jira.SprintInfo, gone bool, err error) {
	subject := fmt.Sprintf("sprint %d is gone", s.ID)
	missed := shrunkBefore(f.noted, agile.SourceSprints, subject)
	if !listed && !missed && s.State == agile.Closed || f.unasked {
		return s, false, nil
	}
	now, err = f.Jira.Sprint(ctx, s.ID)
	switch {
	case err == nil && now.ID == s.ID:
		return now, false, nil
	case err == nil:
		err = &problem.Problem{Code: jira.InvalidResponse, Message: fmt.Sprintf("sprint %d: another one answers", s.ID)}
	case problem.Is(err, jira.NotFound) && missed:
		return s, true, nil
	case problem.Is(err, jira.NotFound):
		f.lack(store.Gap{Source: agile.SourceSprints, Code: agile.GapShrunk, Subject: subject},
			fmt.Sprintf("sprint %d is not there any more: it is kept until the next reading says so too", s.ID))
		return s, false, nil
	}
	f.unasked = true // the others are not asked for either: each would cost the same patience
	return s, false, f.refused(ctx, agile.SourceSprints, fmt.Sprintf("sprint %d", s.ID), true, err)
}
