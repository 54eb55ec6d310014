package metadata

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"jerem/agile"
	"jerem/jira"
	"jerem/sorting"
	"jerem/store"
	"jerem/sync/scope"
)

const (
	// allWhole is of how many teams all are read whole at each refresh.
	allWhole = 10
	// leastWhole is how many of more teams each refresh reads whole at least.
	leastWhole = 6
	// refreshesUntilWhole is after how many refreshes each of many teams was read whole once.
	refreshesUntilWhole = 16
	// teamsPerBoardPage says how long a list of the site's boards may be, for so many teams a page of fifty: of a site
	// with many more boards than teams it would cost more than it saves.
	teamsPerBoardPage = 25
)

// siteLists are what is listed once for all teams of a site, where these are many.
type siteLists struct {
	projects map[string]jira.Project // by key; those that were not found so are asked for one by one
	boards   []jira.BoardInfo        // of all projects; nil where they are too many
	// Nothing tells of another board than at the refresh before: those that are listed are the same, or none are.
	unchanged bool
}

// readLists lists the projects and boards of a site once, where there are many teams.
func (s Source) readLists(ctx context.Context, site *Site) error {
	site.wholeAt = s.chooseWhole()
	if len(s.Teams) <= allWhole {
		return nil
	}
	var keys []string
	for _, conf := range s.Teams {
		keys = append(keys, conf.Project)
	}
	slices.Sort(keys)
	var err error
	if site.lists.projects, err = s.Jira.Projects(ctx, slices.Compact(keys)); err != nil {
		site.lists.projects = nil
		if !isRefused(ctx, err) {
			return err
		}
	}
	site.lists.unchanged = s.Before != nil
	list, all, err := s.Jira.Boards().Listed(ctx, 1+len(s.Teams)/teamsPerBoardPage)
	switch {
	case err != nil && !isRefused(ctx, err):
		return err
	case err == nil && all:
		sorting.By(list, func(a, b jira.BoardInfo) int { return cmp.Compare(a.ID, b.ID) })
		site.lists.boards = list
		site.lists.unchanged = s.Before != nil && slices.EqualFunc(s.Before.lists.boards, list, isSameBoard)
		for _, b := range list {
			site.boards.NoteExisting(b.ID)
		}
	}
	return nil
}

// isSameBoard tells whether two lists tell the same board. Its name does not matter.
func isSameBoard(a, b jira.BoardInfo) bool { return a.ID == b.ID && a.Kind == b.Kind }

// chooseWhole returns, by team, how many refreshes ago each is read whole: 0 for those that are now. These are the ones
// whose turn is the longest ago, all where there are few.
func (s Source) chooseWhole() map[string]int {
	ages := map[string]int{}
	if s.Whole || len(s.Teams) <= allWhole {
		return ages
	}
	names := make([]string, len(s.Teams))
	for n, conf := range s.Teams {
		names[n] = conf.Name
		ages[conf.Name] = refreshesUntilWhole
		if s.Before != nil {
			ages[conf.Name] = s.Before.wholeAt[conf.Name] + 1
		}
	}
	sorting.By(names, func(a, b string) int { return cmp.Compare(ages[b], ages[a]) })
	turns := max(leastWhole, (len(names)+refreshesUntilWhole-1)/refreshesUntilWhole)
	for _, name := range names[:min(len(names), turns)] {
		ages[name] = 0
	}
	return ages
}

// findProject returns the team's project, out of the list of all where it stands there.
func (f *teamFinder) findProject(ctx context.Context) (jira.Project, error) {
	if p, listed := f.site.lists.projects[f.conf.Project]; listed {
		return p, nil
	}
	return f.source.Jira.Project(ctx, f.conf.Project)
}

// knownBoard returns the team's board as it is kept, where it need not be read in this refresh: it is not the team's
// turn, nothing about its board or sprints is in doubt, and the list of all boards says nothing else than before.
func (f *teamFinder) knownBoard(ctx context.Context) (*agile.Board, error) {
	if f.site.wholeAt[f.conf.Name] == 0 || f.known.Until.IsZero() ||
		f.known.ProjectID != f.team.Project.ID || slices.ContainsFunc(f.noted, isOfBoard) {
		return nil, nil
	}
	kept, err := f.source.Store.Metadata.Board(ctx, f.known.Board)
	if err != nil || kept == nil || !scope.ReadsEstimate(f.site.Fields, kept) {
		return nil, err
	}
	if f.conf.Board != 0 && f.conf.Board != kept.ID || !f.listsBoard(kept) {
		return nil, nil
	}
	if f.conf.Board != 0 || f.site.lists.unchanged {
		return kept, nil
	}
	list, err := f.source.Jira.Boards().OfProject(ctx, f.team.Project.Key) // one may have come
	if err != nil {
		return nil, nil // it is told where the team is read whole
	}
	if found, err := scope.OnlyBoard(list, f.team.Project.Key); err != nil || found == nil || found.ID != kept.ID {
		return nil, nil
	}
	return kept, nil
}

// listsBoard tells whether the list of all boards holds one as it is kept; also where there is no such list.
func (f *teamFinder) listsBoard(kept *agile.Board) bool {
	return f.site.lists.boards == nil || slices.ContainsFunc(f.site.lists.boards, func(b jira.BoardInfo) bool {
		return b.ID == kept.ID && (b.Kind == kept.Kind || b.Kind != agile.Scrum && b.Kind != agile.Kanban)
	})
}

// isOfBoard tells whether a gap is of the board or its sprints, and may be over.
func isOfBoard(g store.Gap) bool {
	return (g.Source == agile.SourceBoard || g.Source == agile.SourceSprints) &&
		g.Subject.Code != agile.SubjectEarlierSprints
}

// listOpenSprints lists the sprints of the team's board as Jira tells those that are open, and those that are known as
// closed. False where that is not enough: one that was open is open no more, or the question is refused.
func (f *teamFinder) listOpenSprints(
	ctx context.Context,
	known map[int64]store.SprintSeen,
	listed map[int64]bool,
) (list []jira.SprintInfo, enough bool, err error) {
	if f.team.Board.Kind == agile.Scrum {
		if list, err = f.source.Jira.Boards().OpenSprints(ctx, f.team.Board.ID); err != nil {
			if isRefused(ctx, err) {
				err = nil // the whole list tells it
			}
			return nil, false, err
		}
	}
	open := map[int64]bool{}
	for _, s := range list {
		open[s.ID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(known)) {
		switch {
		case open[id]:
		case known[id].State != agile.Closed:
			return nil, false, nil
		case listed[id]:
			list = append(list, asKnown(known[id]))
		}
	}
	return list, true, nil
}
