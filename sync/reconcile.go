package sync

import (
	"context"
	"maps"
	"slices"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/doubts"
	"jerem/sync/scope"
)

// reconcileTeams finds issues that are kept and no longer listed: each is asked for by its id, and forgotten
// when Jira does not know it any more. Where half of a project would go at once, nothing does, in whatever team's
// sprints and epics its issues stand: that is rather a lost permission. So all projects are judged before anything is
// forgotten.
func reconcileTeams(ctx context.Context, r *reading, teams teamList) error {
	for _, t := range teams {
		r.found.judged[t.found.Project.ID] = judgedHidden // until its list is compared with what is kept
	}
	teams = teams.withoutTrouble()
	unlisted := map[string][]int64{}
	for _, t := range teams {
		lost, err := compareList(ctx, r, t)
		if err != nil {
			return err
		}
		unlisted[t.found.Project.ID] = lost
	}
	for _, t := range teams {
		if err := reconcileElsewhere(ctx, r, t); err != nil {
			return err
		}
	}
	for _, project := range slices.Sorted(maps.Keys(unlisted)) {
		missing, err := confirmMissing(ctx, r, unlisted[project])
		if err != nil {
			return err
		}
		if err := r.forgetIssues(ctx, missing); err != nil {
			return err
		}
	}
	return nil
}

// compareList compares what is listed of a team's project with what is kept of it, and judges whether it is hidden. It
// returns the issues that are kept and not listed; none of a project that is hidden, for they are not to be forgotten.
func compareList(ctx context.Context, r *reading, t *teamReading) (lost []int64, err error) {
	known, err := r.store.Issues.OfProject(ctx, t.found.Project.ID)
	if err != nil {
		return nil, err
	}
	lost = slices.DeleteFunc(slices.Clone(known), func(id int64) bool { return r.found.listed[id] })
	if isMost(len(lost), len(known)) || len(lost) == len(known) && len(known) > 0 {
		noteShrunkList(r, t, len(lost), len(known))
		return nil, nil
	}
	r.found.judged[t.found.Project.ID] = judgedSeen
	if t.unlisted { // what was changed while it was hidden stands in no list of changes
		r.found.returned = true
	}
	return lost, nil
}

// isMost tells whether so many of the issues of a project that are gone at once are rather hidden than deleted.
func isMost(lost, known int) bool { return 2*lost > known && lost > 10 }

// isUnlisted tells whether a gap says that most issues of a project were not listed any more.
func isUnlisted(g store.Gap) bool {
	return g.Source == agile.SourceIssues && g.Code == agile.GapShrunk &&
		g.Subject.Code == agile.SubjectIssuesUnlisted
}

func noteShrunkList(r *reading, t *teamReading, lost, known int) {
	r.log.Warn("most issues of a project are no longer listed: they are kept, for a permission may be lost",
		"team", t.conf.Name, "issues", lost, "of", known)
	t.notes.Add(
		store.Gap{
			Source:  agile.SourceIssues,
			Code:    agile.GapShrunk,
			Subject: agile.NewSubject(agile.SubjectIssuesUnlisted, lost, known),
		},
		doubts.New(doubts.IssuesUnlisted, lost, known),
	)
}

// reconcileElsewhere asks for the issues of other projects that concern a team and that its question does not list
// any more: one that left a sprint, or an epic, or that moved away is in no answer for that very reason.
func reconcileElsewhere(ctx context.Context, r *reading, t *teamReading) error {
	projects, err := r.store.Issues.OfOtherProjects(ctx, t.conf.Name, t.found.Project.ID)
	if err != nil {
		return err
	}
	maps.DeleteFunc(projects, func(id int64, _ string) bool { return r.found.listed[id] })
	missing, err := confirmMissing(ctx, r, slices.Sorted(maps.Keys(projects)))
	if err != nil {
		return err
	}
	ofProject := map[string][]int64{}
	for _, id := range missing {
		ofProject[projects[id]] = append(ofProject[projects[id]], id)
	}
	for _, project := range slices.Sorted(maps.Keys(ofProject)) {
		hidden, err := r.isProjectHidden(ctx, project, len(ofProject[project]))
		if err != nil {
			return err
		}
		if !hidden {
			err = r.forgetIssues(ctx, ofProject[project])
		}
		for _, id := range ofProject[project] {
			t.others[id] = t.others[id] || hidden
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// judgement is whether a project is hidden from the account, as far as its list was compared with what is kept.
type judgement int

const (
	notJudged judgement = iota // no team's question lists it
	judgedSeen
	judgedHidden
)

// isProjectHidden tells whether a project of which issues are missing is rather hidden from the account: its list is
// doubted, or nobody lists it and the account does not see it, or most of what is kept of it is missing.
func (r *reading) isProjectHidden(ctx context.Context, project string, missing int) (bool, error) {
	if judged := r.found.judged[project]; judged != notJudged {
		return judged == judgedHidden, nil
	}
	known, err := r.store.Issues.OfProject(ctx, project)
	if err != nil || isMost(missing, len(known)) {
		return true, err
	}
	sees, err := r.seesProject(ctx, project)
	return !sees, err
}

// seesProject tells whether the account sees a project and an issue of it: of one that is there, its issues may be
// hidden all the same. Issues of a project that it does not see are not taken for deleted.
func (r *reading) seesProject(ctx context.Context, id string) (bool, error) {
	if sees, asked := r.visible[id]; asked {
		return sees, nil
	}
	sees, err := r.listsAny(ctx, id)
	if problem.Is(err, jira.NotFound) || problem.Is(err, jira.Forbidden) || problem.Is(err, jira.BadRequest) {
		sees, err = false, nil
	}
	if err == nil {
		r.visible[id] = sees
	}
	return sees, err
}

// listsAny tells whether any issue of a project is listed.
func (r *reading) listsAny(ctx context.Context, id string) (bool, error) {
	project, err := r.jira.Project(ctx, id)
	if err != nil {
		return false, err
	}
	sample, err := r.jira.Sample(ctx, scope.InProject(project.Key, ""), 1)
	return len(sample.IDs) > 0, err
}

// confirmMissing asks for issues by their ids: those that Jira still has are kept as they are now, the others are
// returned.
func confirmMissing(ctx context.Context, r *reading, lost []int64) (missing []int64, err error) {
	for chunk := range slices.Chunk(lost, r.chunkSize) {
		_, outcome, err := r.fetchAndKeep(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for _, b := range outcome.Broken {
			r.found.retry[b.ID] = true
		}
		missing = append(missing, outcome.Missing...)
	}
	return missing, nil
}

// forgetIssues forgets issues that are gone, and reads those anew that stood under them: Jira takes a deleted epic out
// of its issues without a change in their histories, and without that they count as changed.
func (r *reading) forgetIssues(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	r.log.Info("issues that Jira no longer has are forgotten", "issues", len(ids))
	r.epics.Forget()
	orphans, err := r.store.Issues.ChildrenOf(ctx, ids)
	if err != nil {
		return err
	}
	r.keeper.Updates.Forget(ids)
	if err := r.store.Issues.Delete(ctx, ids, r.at); err != nil {
		return err
	}
	orphans = slices.DeleteFunc(orphans, func(id int64) bool { return slices.Contains(ids, id) })
	_, err = confirmMissing(ctx, r, orphans) // of those that are gone as well their own lists tell
	return err
}
