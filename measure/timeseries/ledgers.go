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

// currentLedger returns the series of a sprint's ledger for a stretch of time during which it is the active one.
func (m *maker) currentLedger(tracks sprintTracks, period activePeriod) (out []series.Series) {
	for _, tr := range tracks.ledger {
		from := period.from
		if first := tr.Points[0].At; first.After(from) {
			from = first // a planning grace
		}
		if period.to.IsZero() || from.Before(period.to) {
			out = append(out, m.seriesOfPeriod(tr, tracks.closed, period, from))
		}
	}
	return out
}

// seriesOfPeriod returns the series of a track from a moment to the end of a stretch of time during which its sprint is
// the active one.
func (m *maker) seriesOfPeriod(tr track.Track, closed bool, period activePeriod, from time.Time) series.Series {
	key := cutKey{sprint: "current", from: from.UTC(), to: period.to.UTC(), closing: period.closing}
	return m.seriesOfCut(key, tr, closed,
		func() track.Track { return tr.Cut(from, period.to, period.closing) })
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
		sums.SumUp(e)
		for n, x := range []float64{sums.Commitment, sums.Added, sums.Removed, sums.Reestimated, sums.Completed,
			sums.Reopened, sums.Remaining} {
			tracks[n].Set(e.Time, amount.Tidy(x))
		}
	}
	return endTracks(tracks, sp)
}
