package bot

import (
	"context"
	"sync"
	"time"

	"jerem/jira/webhook"
	reading "jerem/sync"
)

// shareWithin is how long a reading waits for further changes after the first one that is named: they share it.
const shareWithin = time.Second

// namedChanges are what messages of Jira named since the last reading began. It is safe for concurrent use.
type namedChanges struct {
	mu      sync.Mutex
	changes reading.Named
	some    bool
	came    chan struct{} // holds one signal at most; nil before the first use
}

// signalChannel returns the channel on which it is told that something is named.
func (n *namedChanges) signalChannel() chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.came == nil {
		n.came = make(chan struct{}, 1)
	}
	return n.came
}

// addNamed adds changes, and tells so.
func (n *namedChanges) addNamed(more reading.Named) {
	came := n.signalChannel()
	n.mu.Lock()
	n.changes.Add(more)
	n.some = true
	n.mu.Unlock()
	select {
	case came <- struct{}{}:
	default: // it is told already
	}
}

// peekNamed returns what is named, which stays so; false for nothing.
func (n *namedChanges) peekNamed() (reading.Named, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	var copied reading.Named
	copied.Add(n.changes)
	return copied, n.some
}

// takeNamed returns what is named, for a reading that begins now.
func (n *namedChanges) takeNamed() reading.Named {
	n.mu.Lock()
	defer n.mu.Unlock()
	taken := n.changes
	n.changes, n.some = reading.Named{}, false
	return taken
}

// Hint has a reading begin at once where a message of Jira is about a team. It does not wait for it.
func (b *Bot) Hint(h webhook.Hint) {
	b.named.addNamed(reading.Named{Issues: h.Issues, Deleted: h.Deleted, Logged: h.Logged, Projects: h.Projects,
		Boards: h.Boards})
}

// endPauseAtNamed ends a pause a second after the first change was named that concerns a team. It returns when the
// pause is over.
func endPauseAtNamed(paused context.Context, b *Bot, end context.CancelFunc) {
	for {
		select {
		case <-paused.Done():
			return
		case <-b.named.signalChannel():
		}
		if !concernsTeams(paused, b) {
			continue
		}
		share := time.NewTimer(shareWithin)
		select {
		case <-paused.Done():
		case <-share.C:
		}
		share.Stop()
		b.Log.Info("Jira tells of a change: it is read at once")
		end()
		return
	}
}

// concernsTeams tells whether what is named concerns a team; else it is forgotten.
func concernsTeams(ctx context.Context, b *Bot) bool {
	named, some := b.named.peekNamed()
	if !some {
		return false // a reading took it meanwhile
	}
	concerns, err := b.Reader.Concerns(ctx, named)
	if err != nil {
		b.Log.Warn("whom a change concerns cannot be told: it is read with the next cycle", "error", err)
		return false
	}
	if !concerns {
		b.named.takeNamed()
	}
	return concerns
}
