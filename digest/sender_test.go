package digest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/digest"
	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/messaging/mailtest"
	"jerem/store"
	"jerem/store/digests"
	"jerem/store/storetest"
)

// monday is 09:00 of a Monday in Paris.
var monday = time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)

// receiver takes what is posted to it, or refuses it.
type receiver struct {
	status int // 0 for taken
	bodies []string
	ids    []string
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	r.bodies, r.ids = append(r.bodies, string(body)), append(r.ids, request.Header.Get("Idempotency-Key"))
	if r.status != 0 {
		w.WriteHeader(r.status)
	}
}

// office is a sender of digests with a store and a receiver.
type office struct {
	t      *testing.T
	store  *store.Store
	sender *digest.Sender
	taken  *receiver
	log    *bytes.Buffer
	readAt time.Time // up to when the team was read
}

const secretPath = "/services/hunter2"

func newOffice(t *testing.T, channel digest.Channel) *office {
	t.Helper()
	s, err := store.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	taken := &receiver{}
	server := httptest.NewServer(taken)
	t.Cleanup(server.Close)
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, store: s, taken: taken, log: &bytes.Buffer{}, readAt: monday.Add(time.Minute)}
	carrier := &digest.Carrier{HTTP: server.Client()}
	o.sender = &digest.Sender{Notes: s.Digests, Carry: carrier.Carry, Log: slog.New(slog.NewTextHandler(o.log, nil)),
		Entries: []digest.Entry{{Team: "K", Day: time.Monday, Time: 9 * time.Hour,
			To: digest.Receiver{Channel: channel, Address: server.URL + secretPath}}},
		Zone: func(context.Context, string) (*time.Location, error) { return paris, nil },
		Word: func(context.Context, string) (*digest.Word, error) {
			return digest.WordOf(measure.Of(storytest.SteadyTeam(o.readAt, 3, 5)), o.readAt, "https://j.example/base")
		}}
	return o
}

// run runs the sender at a moment and returns how many digests were taken.
func (o *office) run(at time.Time) (int, error) {
	o.t.Helper()
	return o.sender.Run(o.t.Context(), at)
}

// expect runs the sender at a moment, which sends so many and has no trouble.
func (o *office) expect(at time.Time, want int) {
	o.t.Helper()
	if sent, err := o.run(at); sent != want || err != nil {
		o.t.Errorf("at %s: sent %d, want %d, %v", at, sent, want, err)
	}
}

// note is what became of the last word that was due.
func (o *office) note() digests.Note {
	o.t.Helper()
	e := o.sender.Entries[0]
	n, ok, err := o.store.Digests.Last(o.t.Context(), e.Team, e.To.Name())
	if !ok || err != nil {
		o.t.Fatal("no note", err)
	}
	return n
}

// TestWeekly: a receiver that is named gets a word at each of its moments from then on, once, however often it is
// looked.
func TestWeekly(t *testing.T) {
	o := newOffice(t, digest.Webhook)
	o.expect(monday.Add(-time.Hour), 0)
	if n := o.note(); n.State != digests.Before || !n.Due.Equal(monday.AddDate(0, 0, -7)) {
		t.Errorf("a moment before the receiver was named: %v", n)
	}
	o.expect(monday.Add(-time.Second), 0)
	o.expect(monday, 1)
	for day := range 7 {
		o.expect(monday.AddDate(0, 0, day).Add(time.Hour), 0)
	}
	o.readAt = monday.AddDate(0, 0, 7)
	o.expect(monday.AddDate(0, 0, 7), 1)
	if len(o.taken.ids) != 2 || o.taken.ids[0] == o.taken.ids[1] {
		t.Errorf("taken with the IDs %q", o.taken.ids)
	}
	var l digest.Letter
	if err := json.Unmarshal([]byte(o.taken.bodies[0]), &l); err != nil || l.ID != o.taken.ids[0] ||
		l.Subject != "K, the week to Mon 9 Nov 2026" || !strings.HasPrefix(l.Text, l.Subject+"\n  ") ||
		l.Word.Address != "https://j.example/base/teams/K/roadmap?quarter=Q4-26" || l.Word.Sentence == "" {
		t.Errorf("%v: %s", err, o.taken.bodies[0])
	}
}

// TestHourThatIsSkipped: where clocks skip the hour of a word it is due when they skip it, and once where they repeat
// it.
func TestHourThatIsSkipped(t *testing.T) {
	o := newOffice(t, digest.Webhook)
	e := &o.sender.Entries[0]
	e.Day, e.Time = time.Sunday, 2*time.Hour+30*time.Minute
	spring := time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC) // 02:00 becomes 03:00
	o.readAt = spring
	o.expect(spring.Add(-time.Hour), 0)
	o.expect(spring.Add(-time.Second), 0)
	o.expect(spring, 1)
	autumn := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC) // 02:30, and an hour later again
	o.readAt = autumn
	o.expect(autumn, 1)
	o.expect(autumn.Add(time.Hour), 0)
}

// TestTriedAgain: what is not taken is sent again as it was, under the same ID, after longer and longer pauses, and
// given up after a day. No address is logged, told or noted.
func TestTriedAgain(t *testing.T) {
	o := newOffice(t, digest.Slack)
	o.expect(monday.Add(-time.Hour), 0)
	o.taken.status = http.StatusServiceUnavailable
	told, tries := "", 0
	for at := monday; at.Before(monday.Add(26 * time.Hour)); at = at.Add(time.Minute) {
		before := len(o.taken.bodies)
		sent, err := o.run(at)
		if sent != 0 || len(o.taken.bodies) > before != (err != nil) {
			t.Fatalf("at %s: sent %d, %v", at, sent, err)
		}
		if err != nil {
			told, tries = err.Error(), tries+1
		}
		o.readAt = o.readAt.Add(time.Minute) // what is sent stays as it was
	}
	if n := o.note(); n.State != digests.Failed || n.Tries != tries || tries < 24 || tries > 40 || n.Letter != "" {
		t.Errorf("%d tries: %v", tries, n)
	}
	for i := range o.taken.bodies {
		if o.taken.bodies[i] != o.taken.bodies[0] || o.taken.ids[i] != o.taken.ids[0] {
			t.Errorf("try %d sends %s %s", i, o.taken.ids[i], o.taken.bodies[i])
		}
	}
	if !strings.HasPrefix(told, "digest of K to slack ") || !strings.HasSuffix(told, ": the webhook answered 503") ||
		!strings.Contains(o.log.String(), "a digest was given up") {
		t.Errorf("told %q, logged %s", told, o.log)
	}
	if text := told + o.log.String() + o.note().Receiver; strings.Contains(text, "hunter2") {
		t.Errorf("an address is shown: %s", text)
	}
	o.taken.status, o.readAt = 0, monday.AddDate(0, 0, 7)
	o.expect(monday.AddDate(0, 0, 7), 1)
}

// endingNotes keep a number of notes, and end the program then.
type endingNotes struct {
	digest.Notes
	left int
}

func (n *endingNotes) Put(ctx context.Context, note digests.Note) error {
	n.left--
	if n.left < 0 {
		return errors.New("ended")
	}
	return n.Notes.Put(ctx, note)
}

// TestEndedInBetween: wherever the program ends, the word is sent after that, as it was and under the same ID; nothing
// is sent that was not noted.
func TestEndedInBetween(t *testing.T) {
	for left, want := range []int{1, 1, 2} { // before it is noted as due, before its letter is, before it is as taken
		o := newOffice(t, digest.Webhook)
		o.expect(monday.Add(-time.Hour), 0)
		o.sender.Notes = &endingNotes{o.store.Digests, left}
		if _, err := o.run(monday); err == nil {
			t.Errorf("%d notes: what could not be noted is no error", left)
		}
		if sentUnnoted := len(o.taken.bodies); sentUnnoted != want-1 {
			t.Errorf("%d notes: sent %d before the program ended", left, sentUnnoted)
		}
		o.sender.Notes = o.store.Digests
		o.readAt = o.readAt.Add(time.Minute)
		o.expect(monday.Add(2*time.Minute), 1)
		if len(o.taken.ids) != want || o.taken.ids[0] != o.taken.ids[want-1] ||
			o.taken.bodies[0] != o.taken.bodies[want-1] {
			t.Errorf("%d notes: sent %q", left, o.taken.bodies)
		}
		o.expect(monday.Add(3*time.Minute), 0)
	}
}

// TestMissedMoments: a moment that passed while the program was stopped is made up for within a day, once; later it is
// skipped and told.
func TestMissedMoments(t *testing.T) {
	for late, want := range map[time.Duration]int{24 * time.Hour: 1, 24*time.Hour + time.Minute: 0} {
		o := newOffice(t, digest.Webhook)
		o.expect(monday.AddDate(0, 0, -14), 0)
		o.readAt = monday.Add(late)
		o.expect(monday.Add(late), want)
		o.expect(monday.Add(late+time.Minute), 0)
		isTold := strings.Contains(o.log.String(), "a digest is skipped")
		if isTold != (want == 0) || len(o.taken.bodies) != want || (o.note().State == digests.Skipped) != isTold {
			t.Errorf("%v late: %v, logged %s", late, o.note(), o.log)
		}
	}
}

// TestReadingIsAwaited: a word waits for a reading that ended after its moment, for an hour; then it says how old it
// is. A team that was never read is tried again like what is not taken.
func TestReadingIsAwaited(t *testing.T) {
	o := newOffice(t, digest.Webhook)
	o.readAt = monday.Add(-3 * 24 * time.Hour)
	o.expect(monday.Add(-time.Hour), 0)
	o.expect(monday, 0)
	o.expect(monday.Add(59*time.Minute), 0)
	o.expect(monday.Add(time.Hour), 1)
	const old = "Nothing newer was read of Jira than at Fri 6 Nov 2026 08:00."
	if !strings.Contains(o.taken.bodies[0], old) {
		t.Errorf("it does not say how old it is: %s", o.taken.bodies[0])
	}
	word, unread := o.sender.Word, errors.New("team K: was not read yet")
	o.sender.Word = func(context.Context, string) (*digest.Word, error) { return nil, unread }
	next := monday.AddDate(0, 0, 7)
	o.expect(next, 0)
	if _, err := o.run(next.Add(time.Hour)); !errors.Is(err, unread) {
		t.Errorf("a team that was never read: %v", err)
	}
	o.expect(next.Add(time.Hour+time.Second), 0)
	o.sender.Word, o.readAt = word, next
	o.expect(next.Add(time.Hour+time.Minute), 1)
	if strings.Contains(o.taken.bodies[1], "Nothing newer") {
		t.Errorf("it is new: %s", o.taken.bodies[1])
	}
}

// TestSlack: a chat gets the text as the command prints it, without markup and mentions, and its ID.
func TestSlack(t *testing.T) {
	o := newOffice(t, digest.Slack)
	word := o.sender.Word
	o.sender.Word = func(ctx context.Context, team string) (*digest.Word, error) {
		w, err := word(ctx, team)
		w.Unexpected = "<!channel> A&B *K-1*\u202e\x1b[2J"
		return w, err
	}
	o.expect(monday.Add(-time.Hour), 0)
	o.expect(monday, 1)
	var got map[string]any
	if err := json.Unmarshal([]byte(o.taken.bodies[0]), &got); err != nil {
		t.Fatal(err)
	}
	text, _ := got["text"].(string)
	if !strings.HasPrefix(text, "K, the week to Mon 9 Nov 2026\n  ") || got["mrkdwn"] != false ||
		!strings.Contains(text, "  &lt;!channel&gt; A&amp;B *K-1*\ufffd\ufffd[2J\n") ||
		!strings.HasSuffix(text, "\n  "+o.taken.ids[0]) || len(got) != 2 {
		t.Errorf("posted %s", o.taken.bodies[0])
	}
}

// TestMail: a mail has the word's heading as subject and its ID as Message-ID; without a server nothing is sent.
func TestMail(t *testing.T) {
	o := newOffice(t, digest.Mail)
	o.sender.Entries[0].To.Address = "team@example.org"
	o.sender.Carry = (&digest.Carrier{}).Carry
	o.expect(monday.Add(-time.Hour), 0)
	if _, err := o.run(monday); err == nil || !strings.Contains(err.Error(), "mail.url is not set") {
		t.Errorf("without a server: %v", err)
	}
	backend, server := mailtest.Serve(t, "")
	o.sender.Carry = (&digest.Carrier{Mail: server}).Carry
	o.expect(monday.Add(time.Minute), 1)
	letters := backend.Taken()
	if len(letters) != 1 || letters[0].To != "team@example.org" ||
		letters[0].Head.Get("Subject") != "K, the week to Mon 9 Nov 2026" ||
		!strings.HasPrefix(letters[0].Head.Get("Message-Id"), "<digest-") ||
		!strings.Contains(letters[0].Body, "the week to Mon 9 Nov 2026\r\n  Q4-26: ") {
		t.Errorf("%v", letters)
	}
}

// TestMailIsTriedAgain: a mail that the server refuses for now is sent again, and one that it took while the program
// ended, before that was noted, is sent once more: as it was, under the same Message-ID, by which twins are told.
func TestMailIsTriedAgain(t *testing.T) {
	o := newOffice(t, digest.Mail)
	o.sender.Entries[0].To.Address = "team@example.org"
	backend, server := mailtest.Serve(t, "")
	o.sender.Carry = (&digest.Carrier{Mail: server}).Carry
	o.expect(monday.Add(-time.Hour), 0)
	backend.Refuses = 1
	if sent, err := o.run(monday); sent != 0 || err == nil || strings.Contains(err.Error(), "team@example.org") {
		t.Errorf("a server that refuses for now: sent %d, %v", sent, err)
	}
	if n := o.note(); n.State != digests.Waiting || n.Letter == "" {
		t.Errorf("what was refused is noted as %v", n)
	}
	o.sender.Notes = &endingNotes{o.store.Digests, 0} // the program ends once the server took it
	if _, err := o.run(monday.Add(2 * time.Minute)); err == nil || len(backend.Taken()) != 1 {
		t.Errorf("%d mails were taken when the program ended: %v", len(backend.Taken()), err)
	}
	o.sender.Notes, o.readAt = o.store.Digests, o.readAt.Add(time.Minute)
	o.expect(monday.Add(3*time.Minute), 1)
	o.expect(monday.Add(4*time.Minute), 0)
	letters := backend.Taken()
	if len(letters) != 2 || letters[0].Body != letters[1].Body ||
		letters[0].Head.Get("Message-Id") != letters[1].Head.Get("Message-Id") {
		t.Errorf("these were taken: %v", letters)
	}
}
