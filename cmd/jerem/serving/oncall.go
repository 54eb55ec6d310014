package serving

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jerem/calendar"
	"jerem/cmd/jerem/setup"
	duty "jerem/oncall"
	"jerem/oncall/nameless"
	"jerem/oncall/roster"
	kept "jerem/store/oncall"
	"jerem/web/calloutlink"
	"jerem/web/dutypages"
	"jerem/web/guard"
	"jerem/web/oncall"
	"jerem/web/persona"
)

// keepEvery is how often what has begun meanwhile is kept.
const keepEvery = time.Minute

// onCall is on-call put to work.
type onCall struct {
	api   *oncall.API         // nil where the file has no rota
	links calloutlink.Records // nil where api is
	// calendars is nil where api is.
	calendars  dutypages.Calendars
	collectors []prometheus.Collector // of its metrics
	health     *onCallHealth
	close      func()
}

// onCallPlan is how on-call is put to work.
type onCallPlan struct {
	now func() time.Time // its clock, which looks ahead and needs no reading
	// play brings the past of a simulated company into what is kept, and returns what goes on playing until the context
	// ends; nil for a real one.
	play func(context.Context, *roster.Roster, *kept.Store) (goOn func(), err error)
	// persons are whom visitors of a simulated company may choose to be.
	persons persona.Choice
}

// openOnCall opens on-call where the file has a rota. Until the context ends it keeps what begins and tells people;
// what is opened is closed by close. That what on-call keeps cannot be read is no error: pages of teams stand without
// it, and it is tried again every minute.
func openOnCall(ctx context.Context, o *setup.Instance, plan onCallPlan) (onCall, error) {
	none, now := onCall{health: &onCallHealth{}, close: func() {}}, plan.now
	if !o.Config.HasOncall() {
		return none, nil
	}
	if err := setup.CheckOverlaps(o.Config, now()); err != nil {
		return none, err
	}
	records := kept.OpenLater(kept.PlaceFor(o.Config.Store.Path, o.Config.Store.URL.Reveal()))
	r := &roster.Roster{File: o.Config.OncallFile(), Records: records, TrustsClock: plan.play != nil}
	goOn := func() {}
	if plan.play != nil {
		var err error
		if goOn, err = plan.play(ctx, r, records); err != nil {
			_ = records.Close()
			return none, err
		}
	}
	postman, err := newPostman(ctx, o.Config, r, records)
	if err != nil {
		_ = records.Close()
		return none, err
	}
	k := &keeper{roster: r, records: records, now: now, log: o.Log, health: none.health}
	k.keepOnce(ctx)
	var sources []string
	for _, s := range r.File.Sources {
		sources = append(sources, s.Name)
	}
	o.Bot.Computed.OnCall = &nameless.Source{Roster: r, Now: now}
	var loop sync.WaitGroup
	loop.Go(func() { keepOnCall(ctx, o, k) })
	loop.Go(func() { tellPeople(ctx, o, postman, now) })
	loop.Go(goOn)
	return onCall{api: &oncall.API{Roster: r, Events: records, Now: now, Persons: plan.persons,
		Place: filepath.Base(records.Name())}, links: records.Links, calendars: records.Calendars, health: k.health,
		collectors: []prometheus.Collector{asideCollector{sources, records}},
		close: func() {
			loop.Wait()
			_ = records.Close()
		}}, nil
}

// keepOnCall keeps what begins and what expires, until the context ends. An instance that does not lead sees that what
// is kept can be read.
func keepOnCall(ctx context.Context, o *setup.Instance, k *keeper) {
	ticker := time.NewTicker(keepEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		leading, end, leads := o.Store.Sharing.LeadOnCall(ctx)
		if leads {
			k.keepOnce(leading)
		} else {
			_, err := k.records.Version(ctx)
			k.noteOutcome(ctx, err)
		}
		end()
	}
}

// keepElapsed keeps what time has done: what began and expired, events that wait, and what was kept long enough.
func (k *keeper) keepElapsed(ctx context.Context, now time.Time) ([]duty.Contradiction, error) {
	contradictions, err := k.roster.KeepPast(ctx, now)
	if err != nil {
		return nil, err
	}
	if err := k.roster.FinishEvents(ctx, k.records, now); err != nil {
		return nil, err
	}
	view, err := k.roster.View(ctx, now)
	if err != nil {
		return nil, err
	}
	k.noteClock(view)
	dropped, err := k.roster.DropOld(ctx, k.records, view)
	if dropped.Statements > 0 {
		k.log.Info("frozen statements were kept long enough and are dropped", "statements", dropped.Statements,
			"months before", dropped.Before.String())
	}
	if dropped.Events > 0 {
		k.log.Info("events of sources were kept long enough and are dropped", "events", dropped.Events)
	}
	return contradictions, err
}

// standingClock is the clock of on-call and digests: that of the machine, or one that stands at a moment, for tests on
// this machine alone.
func standingClock(at, listen string, running func() time.Time) (func() time.Time, error) {
	if at == "" {
		return running, nil
	}
	m, err := calendar.ParseMoment(at)
	if err != nil {
		return nil, setup.UsageError{Err: fmt.Errorf("--clock: %w", err)}
	}
	if guard.ListensToAll(listen) {
		return nil, setup.UsageError{Err: fmt.Errorf("--clock plays a moment to on-call and digests, for tests "+
			"here: it needs a loopback address, not %s; write --listen 127.0.0.1:8080", listen)}
	}
	return func() time.Time { return m.First(time.UTC) }, nil
}
