package main

import (
	"io"
	"net/http"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"jerem/digest"
	"jerem/store/digests"
	"jerem/store/places"
	"jerem/sync/synctest"
)

// weeklyReceiver takes the words of the week that are posted to it. It holds the first one until it is let go.
type weeklyReceiver struct {
	mu     sync.Mutex
	ids    []string
	bodies []string
	came   chan struct{} // closed when the first one came
	letGo  chan struct{}
}

func (r *weeklyReceiver) ServeHTTP(_ http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	r.mu.Lock()
	r.ids, r.bodies = append(r.ids, request.Header.Get("Idempotency-Key")), append(r.bodies, string(body))
	isFirst := len(r.ids) == 1
	r.mu.Unlock()
	if isFirst {
		close(r.came)
		<-r.letGo
	}
}

// taken returns the IDs and the texts of what came.
func (r *weeklyReceiver) taken() (ids, bodies []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.ids), slices.Clone(r.bodies)
}

// TestDigestOfInstances: of two instances the one that leads the team sends its word. It is killed while the receiver
// did not answer yet: the other one sends the same word under the same ID, for it cannot know, and nobody sends it
// after that. A week later, when nothing is killed, it is sent once.
func TestDigestOfInstances(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	c := newCluster(t, synctest.StorySite(t, synctest.LivingStory), "{name: K8S}",
		time.Date(2026, 10, 5, 9, 30, 0, 0, time.UTC)) // a Monday
	receiver := &weeklyReceiver{came: make(chan struct{}), letGo: make(chan struct{})}
	letGo := sync.OnceFunc(func() { close(receiver.letGo) })
	t.Cleanup(letGo)
	address := playServer(t, receiver)
	t.Cleanup(letGo) // before the server waits for what is held
	c.more = "digest: [{team: K8S, at: Mon 09:00, to: {webhook: '" + address + "'}}]\n"
	name := digest.Receiver{Channel: digest.Webhook, Address: address}.Name()
	isNoted := func(state digests.State) func() bool {
		return func() bool {
			s, err := places.OpenRead(t.Context(), c.database)
			if err != nil {
				return false
			}
			defer s.Close()
			note, known, err := s.Digests.Last(t.Context(), "K8S", name)
			return err == nil && known && note.State == state
		}
	}

	before := c.start(t, c.database, "--clock", "2026-10-04T12:00:00Z")
	awaitThat(t, "the receiver is known", isNoted(digests.Before))
	before.end(t)
	const due = "2026-10-05T09:20:00Z"
	both := []*instance{c.start(t, c.database, "--clock", due), c.start(t, c.database, "--clock", due)}
	<-receiver.came
	leader := slices.IndexFunc(both, func(i *instance) bool { return slices.Contains(i.leads(t), "team K8S") })
	if leader < 0 {
		t.Fatal("a word came and nobody leads the team")
	}
	both[leader].kill(t)
	letGo()
	awaitThat(t, "the other one sent it", isNoted(digests.Sent))
	third := c.start(t, c.database, "--clock", due)
	awaitThat(t, "the work is shared again", func() bool { return len(third.leads(t)) > 0 })
	ids, bodies := receiver.taken()
	if len(ids) != 2 || ids[0] != ids[1] || bodies[0] != bodies[1] {
		t.Errorf("after a kill these came: %q\n%q", ids, bodies)
	}

	both[1-leader].end(t)
	third.end(t)
	c.clock.Set(time.Date(2026, 10, 12, 9, 30, 0, 0, time.UTC))
	const next = "2026-10-12T09:20:00Z"
	both = []*instance{c.start(t, c.database, "--clock", next), c.start(t, c.database, "--clock", next)}
	awaitThat(t, "the next one came", func() bool { ids, _ := receiver.taken(); return len(ids) > 2 })
	awaitThat(t, "it is noted", isNoted(digests.Sent))
	awaitThat(t, "both share the work", func() bool { return len(both[0].leads(t)) > 0 && len(both[1].leads(t)) > 0 })
	both[0].end(t) // the other one takes over what it led, and looks what is due
	awaitThat(t, "the other one leads all", func() bool { return len(both[1].leads(t)) == 3 })
	if ids, _ := receiver.taken(); len(ids) != 3 || ids[2] == ids[0] {
		t.Errorf("a week later these came: %q", ids)
	}
}

// end ends an instance as whoever runs it does.
func (i *instance) end(t *testing.T) {
	t.Helper()
	i.signal(t, syscall.SIGTERM)
	if err := i.command.Wait(); err != nil {
		t.Errorf("an instance that is told to end: %v", err)
	}
}
