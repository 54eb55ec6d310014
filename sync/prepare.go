package sync

import (
	"context"
	"time"

	"jerem/agile/query"
	"jerem/jira"
	"jerem/problem"
	"jerem/slowrequest"
	"jerem/sync/gaps"
	"jerem/sync/metadata"
	"jerem/sync/plan"
)

// preparation is metadata that is read ahead, between readings, so that it delays none.
type preparation struct {
	site *metadata.Site // nil while none is read ahead
	next int            // the team that is asked for next
}

// isComplete tells whether the lists of the site and all of so many teams are there.
func (p preparation) isComplete(teams int) bool { return p.site != nil && p.next >= teams }

// leadShare is the share of the refreshing period over which metadata is read ahead.
const leadShare = 5

// PrepareMetadata reads ahead the metadata that a reading would find old: the one at a moment of our clock, or one that
// is soon after it. It asks team by team, spread evenly until it is due. What is not read by the end of the context is
// read the next time. It is for the pause between two readings: none may run meanwhile. What cannot be had is asked for
// again by the reading itself. The error is that of a Jira that does not answer, for which nobody should wait until
// then: what a team is refused is told by the reading.
func (r *Reader) PrepareMetadata(ctx context.Context, next time.Time) error {
	lead := r.Refresh / leadShare
	if r.site == nil || r.Refresh == 0 ||
		!plan.MetadataDue(r.site, r.Refresh-lead, next, r.seen.jiraTime(next)) {
		return nil
	}
	due := next
	if later := r.site.ReadAt.Add(r.Refresh); later.After(due) {
		due = later
	}
	source := r.metadataSource(false)
	if r.ahead.site == nil {
		now := r.Now()
		site, err := source.ReadSite(ctx, now, r.seen.jiraTime(now))
		if err == nil {
			err = unreachableIn(site.Notes)
		}
		if err != nil {
			return keepUnreachable(ctx, err)
		}
		r.ahead = preparation{site: site}
	}
	for left := len(r.Teams) - r.ahead.next; left > 0; left-- {
		if goesOn, err := prepareTeam(ctx, r, source); !goesOn {
			return err
		}
		if slowrequest.Pause(ctx, due.Sub(r.Now())/time.Duration(left+1)) != nil {
			return nil
		}
	}
	return nil
}

// prepareTeam reads the metadata of the next team ahead. It goes on to the one after it unless the pause ends or Jira
// does not answer.
func prepareTeam(ctx context.Context, r *Reader, source metadata.Source) (goesOn bool, err error) {
	conf := r.Teams[r.ahead.next]
	team, err := source.Team(ctx, r.ahead.site, conf)
	if err != nil && !isRefusal(ctx, err) {
		return false, nil
	}
	r.ahead.next++ // the reading asks again for a team that cannot be had
	if err == nil {
		if err = unreachableIn(team.Notes); err != nil {
			r.ahead.site.Forget(conf.Name)
		}
	}
	err = keepUnreachable(ctx, err)
	return err == nil, err
}

// unreachableIn returns why something is doubted that Jira did not answer for; nil where it answered.
func unreachableIn(notes gaps.Notes) error {
	for _, doubt := range notes.Doubts {
		if problem.Is(doubt.Cause, jira.Unreachable) {
			return doubt.Cause
		}
	}
	return nil
}

// keepUnreachable returns an error that is one of a Jira that does not answer, nil for any other: an end of the pause
// is none.
func keepUnreachable(ctx context.Context, err error) error {
	if ctx.Err() != nil || !problem.Is(err, jira.Unreachable) {
		return nil
	}
	return err
}

// isRefusal tells whether Jira refused something, or a query was refused before it was asked: an end of the pause, also
// one that the wait for the rate would not outlast, is none.
func isRefusal(ctx context.Context, err error) bool {
	return ctx.Err() == nil && (problem.Of(err, "jira") != nil || problem.Is(err, query.Refused))
}

// takeSite gives the reading its metadata, and tells whether it was read anew: what was read ahead; else, where it is
// due, what Jira says now. While it is being read ahead, that of before holds, but for a second period of refreshing at
// most.
func (r *Reader) takeSite(ctx context.Context, full bool, began, at time.Time) (fresh bool, err error) {
	due := full || plan.MetadataDue(r.site, r.Refresh, began, at)
	if !due {
		return false, nil
	}
	ahead := r.ahead
	switch {
	case full || r.site == nil || r.Refresh == 0:
	case ahead.isComplete(len(r.Teams)):
		r.site, r.ahead = ahead.site, preparation{}
		return true, nil
	case ahead.site != nil && !plan.MetadataDue(r.site, 2*r.Refresh, began, at):
		return false, nil
	}
	site, err := r.metadataSource(full).ReadSite(ctx, began, at)
	if err != nil {
		return false, err
	}
	r.site, r.ahead, r.forgot = site, preparation{}, false
	return true, nil
}

// metadataSource returns where metadata comes from; whole says that nothing of it is taken for what it was before.
func (r *Reader) metadataSource(whole bool) metadata.Source {
	return metadata.Source{Jira: r.Jira, Store: r.Store, Teams: r.Teams, Log: r.Log,
		Before: r.site, Whole: whole || r.forgot}
}

// forgetSite has all of the metadata read again, however young.
func (r *Reader) forgetSite() { r.site, r.ahead, r.forgot = nil, preparation{}, true }
