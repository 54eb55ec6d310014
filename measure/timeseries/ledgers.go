package timeseries

import (
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/track"
	"jerem/series"
)

// seriesOfLedgers returns the series of the sprints' ledgers and of the quarters.
func (m *maker) seriesOfLedgers() []series.Series {
	team, now := m.team, m.now
	var out []series.Series
	names := sprintNames(team.Index.History.Sprints)
	ledgers := map[int64][]track.Track{}
	for _, s := range begunSprints(team.Index, now) {
		_, ledgers[s.id] = m.sprintTracks(s)
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
	return append(out, m.seriesOfQuarters()...)
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
		for n, x := range []float64{sums.Commitment, sums.Added, sums.Removed, sums.Reestimated, sums.Completed,
			sums.Reopened, sums.Remaining} {
			tracks[n].Set(e.Time, amount.Tidy(x))
		}
	}
	return endTracks(tracks, sp)
}
