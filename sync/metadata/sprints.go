package metadata

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
	"jerem/sync/doubts"
	"jerem/sync/gaps"
)

// findSprints finds the team's sprints: see scope.BoardCache.OwnSprints. Those that were the team's and that the
// board lists no more are asked for by their ids.
func (f *teamFinder) findSprints(ctx context.Context) error {
	own, listed, err := f.source.Store.Sprints.OfTeam(ctx, f.conf.Name, f.team.Board.ID)
	if err != nil {
		return err
	}
	known := map[int64]store.SprintSeen{}
	for _, s := range own {
		known[s.ID] = s
	}
	list, told, err := f.listSprints(ctx, known, listed)
	if err != nil {
		return err
	}
	for n, s := range list {
		f.team.Listed = append(f.team.Listed, s.ID)
		list[n] = f.judgeSprint(s, known[s.ID])
	}
	if f.openOnly { // those of other boards that are closed were not asked for
		f.team.Listed = slices.Sorted(maps.Keys(withAll(listed, f.team.Listed)))
	}
	if f.team.Own, err = f.site.boards.OwnSprints(ctx, f.team.Board.ID, list); err != nil {
		return err
	}
	f.team.Sprints = list
	for _, s := range f.team.Own {
		delete(known, s.ID)
	}
	if !told { // nothing can be asked of those known: they are as they were
		f.keepSprints(known)
		f.team.Listed = slices.Sorted(maps.Keys(listed))
		return nil
	}
	return f.findFormer(ctx, known, listed)
}

// withAll returns a set and some ids besides.
func withAll(set map[int64]bool, ids []int64) map[int64]bool {
	out := maps.Clone(set)
	for _, id := range ids {
		out[id] = true
	}
	return out
}

// listSprints asks for the sprints that the board lists. Known are those of the team, listed those that the board
// listed before. told is false where Jira refuses to tell them.
func (f *teamFinder) listSprints(
	ctx context.Context,
	known map[int64]store.SprintSeen,
	listed map[int64]bool,
) (list []jira.SprintInfo, told bool, err error) {
	if f.openOnly {
		list, enough, err := f.listOpenSprints(ctx, known, listed)
		if err != nil || enough {
			return list, true, err
		}
	}
	if f.team.Board.Kind != agile.Scrum {
		return nil, true, nil
	}
	list, err = f.source.Jira.Boards().Sprints(ctx, f.team.Board.ID)
	switch {
	case errors.Is(err, jira.ErrNoSprints): // a Scrum board: most often no column maps a status
		f.team.Notes.Add(
			store.Gap{
				Source:  agile.SourceSprints,
				Code:    agile.GapRefused,
				Subject: agile.NewSubject(agile.SubjectBoardSprints),
			},
		)
		return nil, false, nil
	case err != nil:
		doubt := doubts.Refused(err, doubts.BoardSprints, f.team.Board.ID)
		return nil, false, f.noteRefusal(ctx, agile.SourceSprints, doubt, len(known) > 0, err)
	}
	return list, true, nil
}

// judgeSprint judges the name, the state and the dates of a sprint. What cannot be read stays as it is known, and is
// told.
func (f *teamFinder) judgeSprint(s jira.SprintInfo, known store.SprintSeen) jira.SprintInfo {
	if s.State == "" {
		s.State = stateOf(s, known)
		subject := agile.NewSubject(agile.SubjectSprintDate, "state", s.ID)
		f.team.Notes.Add(store.Gap{Source: agile.SourceSprints, Code: agile.GapUnreadable, Subject: subject})
	}
	if slices.Contains(s.Unreadable, "name") {
		s.Name = known.Name
		subject := agile.NewSubject(agile.SubjectSprintDate, "name", s.ID)
		f.team.Notes.Add(store.Gap{Source: agile.SourceSprints, Code: agile.GapUnreadable, Subject: subject})
	}
	if f.endsAhead(s.SprintVersion) {
		s.Complete, s.Unreadable = time.Time{}, append(s.Unreadable, "completeDate")
	}
	if known.Complete.Before(known.Start) || f.endsAhead(known.SprintVersion) { // a reading believed it
		known.Complete = time.Time{}
	}
	if !known.End.After(known.Start) {
		known.End = time.Time{}
	}
	s, notes := judgeDates(s, known, f.noted)
	f.team.Notes = f.team.Notes.Join(notes)
	return s
}

// latestClose is how far a completion may lie behind the clock of this reading, which was read before the sprint.
const latestClose = 24 * time.Hour

// endsAhead tells whether a sprint is closed at a moment that has not come: what is over has no end that lies ahead.
func (f *teamFinder) endsAhead(v agile.SprintVersion) bool {
	return v.State == agile.Closed && v.Complete.After(f.site.AsOf.Add(latestClose))
}

// judgeDates judges the dates of a sprint. One that cannot be read stays as it is known, and is told. So does one
// that a sprint which began does not have any more, until a later reading says so too.
func judgeDates(s jira.SprintInfo, known store.SprintSeen, noted []store.Gap) (jira.SprintInfo, gaps.Notes) {
	var notes gaps.Notes
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
		subject := agile.NewSubject(agile.SubjectSprintDate, date.names[0], s.ID)
		unreadable := slices.ContainsFunc(
			s.Unreadable,
			func(name string) bool { return slices.Contains(date.names, name) },
		)
		expected := s.State != agile.Future && (date.begins == "" || date.begins == s.State)
		lost := expected && date.now.IsZero() && !date.before.IsZero()
		switch {
		case unreadable:
			*date.now = date.before
			notes.Add(store.Gap{Source: agile.SourceSprints, Code: agile.GapUnreadable, Subject: subject})
		case lost && !gaps.ShrunkBefore(noted, agile.SourceSprints, subject):
			*date.now = date.before
			notes.Add(store.Gap{Source: agile.SourceSprints, Code: agile.GapShrunk, Subject: subject},
				doubts.New(doubts.SprintDate, date.names[0], s.ID))
		}
	}
	return s, notes
}

// stateOf returns the state of a sprint that tells none: the one that is known, else what its dates say.
func stateOf(s jira.SprintInfo, known store.SprintSeen) agile.SprintState {
	switch {
	case known.State != "":
		return known.State
	case !s.Complete.IsZero():
		return agile.Closed
	}
	return agile.Future
}

// asKnown is a sprint as it was read before.
func asKnown(s store.SprintSeen) jira.SprintInfo {
	return jira.SprintInfo{ID: s.ID, OriginBoard: s.OriginBoard, SprintVersion: s.SprintVersion}
}

// keepSprints keeps sprints as the team's own, as they are known.
func (f *teamFinder) keepSprints(known map[int64]store.SprintSeen) {
	for _, id := range slices.Sorted(maps.Keys(known)) {
		f.team.Sprints = append(f.team.Sprints, asKnown(known[id]))
		f.team.Own = append(f.team.Own, asKnown(known[id]))
	}
}

// findFormer judges the sprints that were the team's and that are not among its own now. Each that the board listed
// last time, or that goes on, is asked for by its id; one that Jira does not know goes when a later reading finds the
// same. One that began on the board, or that nothing is known of yet but that it is not listed, is the team's as
// before; of the others former readings alone tell so.
func (f *teamFinder) findFormer(ctx context.Context, known map[int64]store.SprintSeen, listed map[int64]bool) error {
	mayAsk, contradicted := true, false
	for _, id := range slices.Sorted(maps.Keys(known)) {
		now, gone := asKnown(known[id]), false
		if mayAsk {
			var err error
			if now, gone, mayAsk, err = f.askSprint(ctx, now, listed[id]); err != nil {
				return err
			}
		}
		if gone {
			continue
		}
		f.team.Sprints, f.team.Own = append(f.team.Sprints, now), append(f.team.Own, now)
		isOfBoard := now.OriginBoard == f.team.Board.ID || now.OriginBoard == 0 && listed[id]
		if !isOfBoard {
			f.team.Former = append(f.team.Former, id)
		}
		contradicted = contradicted || isOfBoard && now.State != agile.Closed
	}
	if len(f.team.Listed) == 0 && (len(listed) > 0 || contradicted) {
		f.team.Notes.Add(
			store.Gap{
				Source:  agile.SourceSprints,
				Code:    agile.GapShrunk,
				Subject: agile.NewSubject(agile.SubjectSprintsUnlisted),
			},
			doubts.New(doubts.SprintsUnlisted),
		)
	}
	return nil
}

// askSprint asks for a sprint by its id where it may be another than it was. It is gone when Jira does not know it,
// and a former reading found the same. goOn is false where Jira refuses: the others are not asked for then, each
// would cost the same patience.
func (f *teamFinder) askSprint(
	ctx context.Context,
	s jira.SprintInfo,
	listed bool,
) (now jira.SprintInfo, gone, goOn bool, err error) {
	subject := agile.NewSubject(agile.SubjectSprintGone, s.ID)
	missed := gaps.ShrunkBefore(f.noted, agile.SourceSprints, subject)
	if !listed && !missed && s.State == agile.Closed {
		return s, false, true, nil
	}
	now, err = f.source.Jira.Boards().Sprint(ctx, s.ID)
	switch {
	case err == nil && now.ID == s.ID:
		known := store.SprintSeen{ID: s.ID, OriginBoard: s.OriginBoard, SprintVersion: s.SprintVersion}
		return f.judgeSprint(now, known), false, true, nil
	case err == nil:
		err = &problem.Problem{
			Code:    jira.InvalidResponse,
			Message: fmt.Sprintf("sprint %d: another one answers", s.ID),
		}
	case problem.Is(err, jira.NotFound) && missed:
		return s, true, true, nil
	case problem.Is(err, jira.NotFound):
		f.team.Notes.Add(store.Gap{Source: agile.SourceSprints, Code: agile.GapShrunk, Subject: subject},
			doubts.New(doubts.SprintGone, s.ID))
		return s, false, true, nil
	}
	doubt := doubts.Refused(err, doubts.Sprint, s.ID)
	return s, false, false, f.noteRefusal(ctx, agile.SourceSprints, doubt, true, err)
}
