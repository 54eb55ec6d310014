package metadata

import (
	"context"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/doubts"
	"jerem/sync/gaps"
	"jerem/sync/scope"
)

// teamFinder finds the board and the sprints of a team. What was known and is told no more is kept until a later
// reading confirms that it is gone.
type teamFinder struct {
	source Source
	site   *Site
	conf   agile.Team
	team   *Team           // what is found
	known  store.TeamState // of the last reading
	noted  []store.Gap     // what it lacked

	openOnly bool // of its sprints only the open ones are asked for: its board is as it is kept
}

// isRefused tells whether Jira refused something, and the reading goes on.
func isRefused(ctx context.Context, err error) bool {
	return ctx.Err() == nil && problem.Of(err, "jira") != nil
}

// noteRefusal notes a source that cannot be had, and that the team is behind by it where more was known. The error is
// one that is no trouble of the source.
func (f *teamFinder) noteRefusal(
	ctx context.Context,
	source agile.Source,
	doubt *problem.Problem,
	known bool,
	why error,
) error {
	gap, passing, refused := gaps.OfRefusal(source, why)
	if !refused || ctx.Err() != nil {
		return why
	}
	f.source.Log.Warn("a part of the metadata cannot be had: what rests on it is told as unknown",
		"team", f.conf.Name, "source", source, "error", why)
	f.team.Notes.Add(gap)
	if known || passing {
		f.team.Notes.Doubts = append(f.team.Notes.Doubts, doubt)
	}
	return nil
}

// findBoard finds the team's board, nil where it has none or none can be had. Its configuration stays as it is known
// where Jira refuses it, or tells nothing of it any more.
func (f *teamFinder) findBoard(ctx context.Context) (*agile.Board, error) {
	kept, err := f.source.Store.Metadata.Board(ctx, f.known.Board)
	if err != nil {
		return nil, err
	}
	b, err := scope.FindBoard(ctx, f.source.Jira, f.site.Fields, f.conf.Board, f.team.Project.Key)
	switch {
	case err == nil && b != nil:
		return f.judgeColumns(b, kept), nil
	case err == nil && kept != nil:
		return f.judgeUnlisted(ctx, kept)
	case err == nil:
		return nil, nil
	}
	if b != nil || scope.IsAmbiguous(err) { // the estimate cannot be seen, or the configuration must choose
		return nil, err
	}
	if f.conf.Board != 0 && kept != nil && kept.ID != f.conf.Board {
		kept = nil
	}
	return kept, f.noteRefusal(ctx, agile.SourceBoard, doubts.Refused(err, doubts.Board), true, err)
}

// judgeUnlisted judges a board that the project's list no longer holds. It stays while it answers by its id, and
// until a later reading misses it too.
func (f *teamFinder) judgeUnlisted(ctx context.Context, kept *agile.Board) (*agile.Board, error) {
	subject := agile.NewSubject(agile.SubjectBoardUnlisted, kept.ID)
	b, err := f.source.Jira.Boards().Board(ctx, kept.ID)
	switch gone := problem.Is(err, jira.NotFound); {
	case err == nil:
		f.team.Notes.Add(
			store.Gap{Source: agile.SourceBoard, Code: agile.GapShrunk, Subject: subject},
			doubts.New(doubts.BoardUnlisted, kept.ID),
		)
		b.Kind = kept.Kind
		return f.judgeColumns(&b, kept), nil
	case gone && gaps.ShrunkBefore(f.noted, agile.SourceBoard, subject):
		return nil, nil
	case gone:
		f.team.Notes.Add(
			store.Gap{Source: agile.SourceBoard, Code: agile.GapShrunk, Subject: subject},
			doubts.New(doubts.BoardGone, kept.ID),
		)
		return kept, nil
	}
	return kept, f.noteRefusal(ctx, agile.SourceBoard, doubts.Refused(err, doubts.Board), true, err)
}

// keepEstimate notes that Jira does not tell what a board estimates by: what is known stays, else issues are counted.
func (f *teamFinder) keepEstimate(b, kept *agile.Board) {
	if kept != nil && kept.ID == b.ID {
		b.Estimate = kept.Estimate
	}
	f.team.Notes.Add(store.Gap{Source: agile.SourceBoard, Code: agile.GapUnreadable,
		Subject: agile.NewSubject(agile.SubjectBoardEstimate)})
}

// judgeColumns judges a configuration that tells less than was known: no column with statuses, or no estimate. It is
// believed when a later reading tells the same.
func (f *teamFinder) judgeColumns(b, kept *agile.Board) *agile.Board {
	if b.EstimateUntold {
		f.keepEstimate(b, kept)
	}
	subject := agile.NewSubject(agile.SubjectBoardConfiguration)
	lost := kept != nil && kept.ID == b.ID &&
		(b.DoneColumn() == nil && kept.DoneColumn() != nil || b.Name == "" && kept.Name != "" && b.Estimate == "")
	if !lost || gaps.ShrunkBefore(f.noted, agile.SourceBoard, subject) {
		return b
	}
	f.team.Notes.Add(
		store.Gap{Source: agile.SourceBoard, Code: agile.GapShrunk, Subject: subject},
		doubts.New(doubts.BoardColumns),
	)
	return kept
}
