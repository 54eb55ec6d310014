package sync

import (
	"context"
	"time"

	"jerem/agile/query"
	"jerem/problem"
	"jerem/slowrequest"
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
// again, and told, by the reading itself.
func (r *Reader) PrepareMetadata(ctx context.Context, next time.Time) {
	lead := r.Refresh / leadShare
	if r.site == nil || r.Refresh == 0 ||
		!plan.MetadataDue(r.site, r.Refresh-lead, next, r.seen.jiraTime(next)) {
		return
	}
	due := next
	if later := r.site.ReadAt.Add(r.Refresh); later.After(due) {
		due = later
	}
	source := r.metadataSource(false)
	if r.ahead.site == nil {
		now := r.Now()
		site, err := source.ReadSite(ctx, now, r.seen.jiraTime(now))
		if err != nil {
			return
		}
		r.ahead = preparation{site: site}
	}
	for left := len(r.Teams) - r.ahead.next; left > 0; left-- {
		_, err := source.Team(ctx, r.ahead.site, r.Teams[r.ahead.next])
		if err != nil && !isRefusal(ctx, err) {
			return
		}
		r.ahead.next++
		if slowrequest.Pause(ctx, due.Sub(r.Now())/time.Duration(left+1)) != nil {
			return
		}
	}
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
