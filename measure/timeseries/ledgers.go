package timeseries

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
	"jerem/measure/internal/track"
	"jerem/series"
)

// The classes of figures that the older bot did not have.
const (
	classAgileSprint  = measure.ClassAgileSprint
	classAgileQuarter = measure.ClassAgileQuarter
)

// seriesOfLedgers returns the series of the sprints' ledgers and of the quarters.
func seriesOfLedgers(team *measure.Team, now time.Time) []series.Series {
	var out []series.Series
	names := sprintNames(team.Index.History.Sprints)
	ledgers := map[int64][]track.Track{}
	for _, s := range begunSprints(team.Index, now) {
		ledgers[s.id] = trackLedger(team.Index, s.id, s.version, now)
		for _, tr := range ledgers[s.id] {
			out = append(out, labelSprintTrack(team.Index, tr, names[s.id]))
		}
	}
	for _, r := range activePeriods(team.Index, now) {
		for _, tr := range ledgers[r.sprint.id] {
			from := r.from
			if first := tr.Points[0].At; first.After(from) {
				from = first // a planning grace
			}
			if r.to.IsZero() || from.Before(r.to) {
				out = append(out, labelSprintTrack(team.Index, tr.Cut(from, r.to, r.closing), "current"))
			}
		}
	}
	return append(out, seriesOfQuarters(team.Roadmap, now)...)
}

// trackLedger follows the sums of a sprint's ledger from its start, moved by the planning grace, to
// its completion.
func trackLedger(t *index.Index, id int64, v agile.SprintVersion, now time.Time) []track.Track {
	sp := t.SprintSpan(id, v, now)
	if v.Start.Add(t.History.Team.Sprint.Grace).After(now) {
		return nil
	}
	names := []string{"commitment", "added", "removed", "reestimated", "completed", "reopened", "remaining"}
	tracks := make([]track.Track, len(names))
	for n, name := range names {
		tracks[n] = track.Track{Class: classAgileSprint + name, End: sp.Completion()}
		tracks[n].Force(sp.Start.UTC(), 0)
	}
	var sums measure.Ledger
	for _, e := range measure.LedgerOf(t, sp, t.Memberships(sp)).Entries {
		sums.Post(e)
		for n, x := range []float64{sums.Commitment, sums.Added, sums.Removed, sums.Reestimated, sums.Completed, sums.Reopened, sums.Remaining} {
			tracks[n].Set(e.Time, amount.Tidy(x))
		}
	}
	return endTracks(tracks, sp)
}

// seriesOfQuarters returns the series of each quarter that has begun and that an epic of the team
// belonged to before it was over: they run from its first moment to its end.
func seriesOfQuarters(r *roadmap.Roadmap, now time.Time) []series.Series {
	names := map[roadmap.QuarterName]bool{}
	for _, id := range r.Epics {
		for _, at := range epicMoments(r.Index.Issues[id], now) {
			for _, q := range r.QuartersOf(r.Index.Issues[id], at) {
				names[q] = names[q] || at.Before(r.Span(q).To)
			}
		}
	}
	var sorted []roadmap.QuarterName
	for q, told := range names {
		if told {
			sorted = append(sorted, q)
		}
	}
	slices.SortFunc(sorted, roadmap.QuarterName.Compare)
	var out []series.Series
	for _, q := range sorted {
		if s := r.Span(q); !s.From.After(now) {
			out = append(out, seriesOfQuarter(r, s, now)...)
		}
	}
	return out
}

// quarterSums names the tracks of a quarter in their order.
var quarterSums = []string{"total", "done", "doing", "todo", "remaining"}

// seriesOfQuarter makes the series of one quarter.
func seriesOfQuarter(r *roadmap.Roadmap, s roadmap.QuarterSpan, now time.Time) []series.Series {
	end := time.Time{}
	if !now.Before(s.To) {
		end = s.To
	}
	var out []series.Series
	for n, tr := range r.Tracks(s, now) {
		part := tr.Cut(s.From.UTC(), end, false)
		one := series.Series{Class: classAgileQuarter + quarterSums[n], End: part.End, Labels: map[string]string{"project": r.Index.History.Team.Name, "quarter": s.Name.String()}}
		for _, p := range part.Points {
			one.Add(p.At, series.Double(p.Value))
		}
		out = append(out, one)
	}
	return out
}
