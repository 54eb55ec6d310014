package timeseries

import (
	"context"
	"iter"
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/timeseries/flowseries"
	"jerem/parallel"
	"jerem/series"
)

// AllClasses wants series of every class.
func AllClasses(string) bool { return true }

// AddTo adds the series that [Between] returns to a pack, those of the classes that are wanted. They are made part by
// part, as [Parts] makes them, so that all points are never in memory unpacked. The error is that of a context that
// ended: what was added until then is not all of it.
func AddTo(
	ctx context.Context, pack *series.Pack, team *measure.Team, from, to time.Time, wanted func(class string) bool,
) error {
	return AddToldTo(ctx, pack, team, from, to, wanted, nil)
}

// AddToldTo is [AddTo] where another process told of the very team, in the same program, at some noons of the past.
func AddToldTo(
	ctx context.Context, pack *series.Pack, team *measure.Team, from, to time.Time, wanted func(class string) bool,
	former []ToldFigures,
) error {
	first, beside, last := packSenders(newForgettingMaker(team, to), sendForecasts(ctx, team, to, wanted, former))
	for _, senders := range [][]sender{first, beside, last} {
		packSent(ctx, pack, wanted, senders, func(piece series.Series) series.Series { return piece.Window(from, to) })
	}
	return ctx.Err()
}

// packSent adds what some senders send to a pack, in their order. Several send at once, each into a pack of its own.
func packSent(
	ctx context.Context, pack *series.Pack, wanted func(class string) bool, senders []sender,
	cut func(series.Series) series.Series,
) {
	sent := make([]series.Pack, len(senders))
	parallel.Each(len(senders), func(n int) {
		for part := range wantedParts(ctx, wanted, senders[n:n+1]) {
			for _, piece := range part {
				sent[n].Add(cut(piece))
			}
		}
	})
	for n := range sent {
		pack.TakeOver(&sent[n])
	}
}

// PackPieces packs all that [Pieces] returns, part by part, for who makes all series once and has nobody to give way
// to, where another process told of the very team, in the same program, at some noons of the past. It also returns what
// is told at all of them. The error is that of a context that ended.
func PackPieces(
	ctx context.Context, team *measure.Team, now time.Time, former []ToldFigures,
) (pack *series.Pack, figures []ToldFigures, err error) {
	pack = &series.Pack{}
	told := toldOnce()
	told.Recall(team, now, former)
	first, beside, last := packSenders(newForgettingMaker(team, now), told.forecastSender(ctx, team, now))
	for _, senders := range [][]sender{first, beside, last} {
		packSent(ctx, pack, AllClasses, senders, func(piece series.Series) series.Series { return piece })
	}
	return pack, told.Figures(), ctx.Err()
}

// Parts returns the series of [Pieces] part by part: those of an epic, of a sprint, of a stretch of time with one
// active sprint, of a quarter, one after the other. A part is made when it is asked for, and nothing is kept of it.
// wanted tells which classes are wanted; forecasts, which take the most time, are made only where one of theirs is.
// Where the context ends no more parts are made: who ranges over them asks it afterwards.
func Parts(
	ctx context.Context, team *measure.Team, now time.Time, wanted func(class string) bool,
) iter.Seq[[]series.Series] {
	return wantedParts(ctx, wanted, append(newForgettingMaker(team, now).partSenders(),
		sendForecasts(ctx, team, now, wanted, nil)))
}

// sender makes some series and hands them over part by part; it returns false where no more are wanted.
type sender func(yield func([]series.Series) bool) bool

// wantedParts are the parts of some senders, without the series of classes that are not wanted, until the context ends.
func wantedParts(ctx context.Context, wanted func(class string) bool, senders []sender) iter.Seq[[]series.Series] {
	return func(yield func([]series.Series) bool) {
		sendWanted := func(part []series.Series) bool {
			if ctx.Err() != nil {
				return false
			}
			part = slices.DeleteFunc(slices.Clone(part), func(s series.Series) bool { return !wanted(s.Class) })
			return len(part) == 0 || yield(part)
		}
		for _, send := range senders {
			if !send(sendWanted) {
				return
			}
		}
	}
}

// sendForecasts makes the series of forecasts, where one of them is wanted.
func sendForecasts(
	ctx context.Context, team *measure.Team, now time.Time, wanted func(class string) bool, former []ToldFigures,
) sender {
	return func(yield func([]series.Series) bool) bool {
		if !isForecastWanted(wanted) {
			return true
		}
		told := toldOnce()
		told.Recall(team, now, former)
		return told.forecastSender(ctx, team, now)(yield)
	}
}

// forecastSender makes the series of forecasts.
func (k *Told) forecastSender(ctx context.Context, team *measure.Team, now time.Time) sender {
	return func(yield func([]series.Series) bool) bool {
		list, err := k.seriesOfForecasts(ctx, team, now)
		return err == nil && yield(list)
	}
}

// isForecastWanted tells whether a class of forecasts is wanted.
func isForecastWanted(wanted func(class string) bool) bool {
	for _, name := range forecastNames {
		if wanted(catalogue.ClassForecast+name) || wanted(catalogue.ClassSprintForecast+name) {
			return true
		}
	}
	return false
}

// allParts makes all series that no simulation is needed for, part by part.
func (m *maker) allParts() iter.Seq[[]series.Series] {
	return func(yield func([]series.Series) bool) {
		for _, send := range m.partSenders() {
			if !send(yield) {
				return
			}
		}
	}
}

// partSenders make all series that no simulation is needed for, in the order in which they are told.
func (m *maker) partSenders() []sender {
	return []sender{m.sendEpics, m.sendSprints, m.sendQuarters, m.sendDays, m.sendFlow, m.sendOnCall}
}

// packSenders are the senders for who packs what they send. The flow takes the most memory while it is made, and comes
// first, while nothing is packed; forecasts take all processors by themselves, and come last. What is between them is
// sent beside one another, the longest first.
func packSenders(m *maker, forecasts sender) (first, beside, last []sender) {
	beside = append([]sender{m.sendSprints}, quarterSenders(m)...)
	for epics := range slices.Chunk(m.team.Roadmap.Epics, epicsAtOnce) {
		beside = append(beside, func(yield func([]series.Series) bool) bool { return sendEpics(m, epics, yield) })
	}
	return []sender{m.sendFlow}, append(beside, m.sendDays, m.sendOnCall), []sender{forecasts}
}

// epicsAtOnce is how many epics are made one after the other where others are made beside.
const epicsAtOnce = 32

func (m *maker) sendEpics(yield func([]series.Series) bool) bool {
	return sendEpics(m, m.team.Roadmap.Epics, yield)
}

// sendEpics sends the series of some epics.
func sendEpics(m *maker, epics []int64, yield func([]series.Series) bool) bool {
	for _, id := range epics {
		if !yield(m.seriesOfEpic(id)) {
			return false
		}
	}
	return true
}

func (m *maker) sendQuarters(yield func([]series.Series) bool) bool {
	for _, send := range quarterSenders(m) {
		if !send(yield) {
			return false
		}
	}
	return true
}

// quarterSenders make the series of one quarter each.
func quarterSenders(m *maker) (senders []sender) {
	for _, span := range spansOfQuarters(m) {
		senders = append(senders, func(yield func([]series.Series) bool) bool { return yield(m.seriesOfQuarter(span)) })
	}
	return senders
}

func (m *maker) sendDays(yield func([]series.Series) bool) bool {
	daily := seriesOfDays(m.team, m.now)
	return len(daily.Points) == 0 || yield([]series.Series{daily})
}

func (m *maker) sendFlow(yield func([]series.Series) bool) bool {
	if m.forgets {
		return yield(flowseries.Of(m.team, m.now))
	}
	return yield(m.flow.GoOn(m.team, m.now))
}

func (m *maker) sendOnCall(yield func([]series.Series) bool) bool {
	called := seriesOfOnCall(m.team, m.now)
	return len(called) == 0 || yield(called)
}

// sprintTracks are the tracks of a sprint: of the work in it and of impediments, and of its ledger.
type sprintTracks struct {
	closed       bool
	work, ledger []sprintTrack
}

// sendSprints makes the series of each sprint, and those of each stretch of time with one active sprint as soon as the
// tracks of that sprint are there. Tracks are held no longer than that.
func (m *maker) sendSprints(yield func([]series.Series) bool) bool {
	x := m.team.Index
	names, periods, current := measure.SprintLabels(x.History.Sprints), activePeriods(x, m.now), currentSprint{maker: m}
	held := map[int64]sprintTracks{}
	for _, s := range begunSprints(x, m.now) {
		held[s.id] = m.tracksOf(s)
		if !yield(m.seriesOfSprint(s, names[s.id], held[s.id])) {
			return false
		}
		for len(periods) > 0 {
			tracks, ready := held[periods[0].sprint.id]
			if !ready {
				break
			}
			if !yield(current.addPeriod(periods[0], tracks)) {
				return false
			}
			periods = periods[1:]
		}
		maps.DeleteFunc(held, func(id int64, _ sprintTracks) bool { return !hasPeriod(periods, id) })
	}
	return len(current.events) == 0 || yield(series.Join(current.events))
}

// hasPeriod tells whether a sprint is the active one in one of some stretches of time.
func hasPeriod(periods []activePeriod, sprint int64) bool {
	return slices.ContainsFunc(periods, func(p activePeriod) bool { return p.sprint.id == sprint })
}

// seriesOfSprint returns the series of a sprint under its own name.
func (m *maker) seriesOfSprint(s begunSprint, name string, tracks sprintTracks) (out []series.Series) {
	for _, list := range [][]sprintTrack{tracks.work, tracks.ledger} {
		for _, tr := range list {
			key := cutKey{sprint: name, to: agile.MomentOf(tr.end)}
			out = append(out, m.seriesOfCut(key, tr, tracks.closed, func() sprintTrack { return tr }))
		}
	}
	return append(out, sprintEvents(m.team.Index, s.version, name))
}
