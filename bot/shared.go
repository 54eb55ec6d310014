package bot

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"jerem/publish"
	"jerem/store/sharing"
	reading "jerem/sync"
)

// This file is the loop of one of several instances that work on one store. One of them reads Jira for all teams, and
// each team is led by one that posts it: see store.Sharing.LeadReading and store.Sharing.LeadTeam. The others show what
// was read.

// runShared reads while this instance leads the reading, and waits for its turn while another one does, until the
// context ends. wake has the sinks looked at.
func (b *Bot) runShared(ctx context.Context, period time.Duration, wake func()) {
	for ctx.Err() == nil {
		changed := b.Store.Sharing.Changed()
		b.Live.tellChanged()
		began := time.Now()
		leads := b.readLed(ctx)
		wake()
		if leads {
			warnOfGaps(b, period, time.Since(began))
			b.pauseShared(ctx, period, wake)
			continue
		}
		b.forwardHints(ctx)
		select {
		case <-ctx.Done():
		case <-changed:
		case <-b.named.signalChannel():
		}
	}
}

// readLed reads once if this instance leads the reading, and tells whether it does.
func (b *Bot) readLed(ctx context.Context) (leads bool) {
	ctx, end, leads := b.Store.Sharing.LeadReading(ctx)
	defer end()
	if !leads {
		if b.epoch != 0 {
			b.leaveReading()
		}
		return false
	}
	if epoch := sharing.Epoch(ctx); epoch != b.epoch {
		b.Log.Info("this instance reads Jira from now on", "epoch", epoch)
		b.Reader.TakeOver()
		b.epoch = epoch
	}
	b.takeHints(ctx)
	err := b.readOnce(ctx)
	switch {
	case sharing.IsSuperseded(err):
		b.leaveReading()
		return false
	case err != nil && ctx.Err() == nil:
		b.Log.Error("cycle failed, the next one tries again", "error", err)
	}
	return true
}

// leaveReading forgets what was learnt by reading: another instance reads.
func (b *Bot) leaveReading() {
	b.Log.Info("this instance reads Jira no more: its lease ended")
	b.epoch = 0
	b.Live.leaveReading()
	b.Metrics.leaveReading()
}

// pauseShared is the pause between two readings. It ends early at a change that is named, here or by another instance,
// and where another one leads the reading.
func (b *Bot) pauseShared(ctx context.Context, period time.Duration, wake func()) {
	paused, end := context.WithCancel(ctx)
	defer end()
	watching := make(chan struct{})
	go func() {
		defer close(watching)
		for {
			changed := b.Store.Sharing.Changed()
			_, ended, leads := b.Store.Sharing.LeadReading(paused)
			ended()
			if !leads {
				end()
				return
			}
			b.takeHints(paused)
			b.Live.tellChanged()
			wake() // teams may have come
			select {
			case <-paused.Done():
				return
			case <-changed:
			}
		}
	}()
	b.waitForCycle(paused, period)
	end()
	<-watching
}

// takeHints takes what other instances were told by Jira.
func (b *Bot) takeHints(ctx context.Context) {
	texts, err := b.Store.Sharing.TakeHints(ctx)
	if err != nil && ctx.Err() == nil {
		b.Log.Warn("hints of other instances cannot be taken: the next cycle finds what changed", "error", err)
	}
	for _, text := range texts {
		var named reading.Named
		if err := json.Unmarshal([]byte(text), &named); err == nil { // one that cannot be read is of another version
			b.named.addNamed(named)
		}
	}
}

// forwardHints leaves what this instance was told by Jira for the one that reads.
func (b *Bot) forwardHints(ctx context.Context) {
	if _, some := b.named.peekNamed(); !some {
		return
	}
	text, err := json.Marshal(b.named.takeNamed())
	if err == nil {
		err = b.Store.Sharing.AddHint(ctx, string(text))
	}
	if err != nil && ctx.Err() == nil {
		b.Log.Warn("a hint of Jira cannot be handed on: the next cycle finds what changed", "error", err)
	}
}

// postLed posts to a sink what it lacks of the teams that this instance leads, each under its lease.
func (b *Bot) postLed(ctx context.Context, sink publish.Sink) (points int, err error) {
	b.tellEnded(ctx)
	var troubles []error
	for _, conf := range b.Teams {
		leading, end, leads := b.Store.Sharing.LeadTeam(ctx, conf.Name)
		if !leads {
			b.Poster().Leave(sink, conf.Name)
			b.Live.noteOutcome(conf.Name, sink.Name(), nil)
			continue
		}
		n, err := b.postTeam(leading, sink, conf)
		err = errors.Join(err, b.Poster().WriteCursor(leading, sink, conf.Name))
		lost := leading.Err() != nil || sharing.IsSuperseded(err)
		epoch := sharing.Epoch(leading)
		end()
		points += n
		if ctx.Err() != nil {
			return points, ctx.Err()
		}
		if lost {
			b.unended.add(unended{sink.Name(), conf.Name, epoch})
			b.Poster().Leave(sink, conf.Name)
			b.Live.noteOutcome(conf.Name, sink.Name(), nil)
			b.Log.Info("this instance leads the team no more: its lease ended", "team", conf.Name, "sink", sink.Name())
			continue
		}
		troubles = append(troubles, err)
	}
	b.tellEnded(ctx)
	return points, errors.Join(troubles...)
}

// unended is something that was sent to a sink under a lease that is lost, of which the new leader is to be told that
// it is on its way no more.
type unended struct {
	sink, team string
	epoch      int64
}

// unendedList are those that are not told yet. It is safe for concurrent use.
type unendedList struct {
	mu   sync.Mutex
	some map[unended]bool
}

func (l *unendedList) add(one unended) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.some == nil {
		l.some = map[unended]bool{}
	}
	l.some[one] = true
}

// tellEnded tells the new leaders of teams what is on its way no more; what cannot be told is tried again.
func (b *Bot) tellEnded(ctx context.Context) {
	b.unended.mu.Lock()
	defer b.unended.mu.Unlock()
	for one := range b.unended.some {
		if b.Store.Sharing.TellEnded(ctx, one.sink, one.team, one.epoch) == nil {
			delete(b.unended.some, one)
		}
	}
}
