package publish

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"sync"

	"jerem/series"
	"jerem/slowrequest"
	"jerem/sorting"
)

// Encoder is a sink whose requests can be written before they are sent.
type Encoder interface {
	Sink
	// Encoding names the form of the bodies: sinks of the same encoding take the same. It is empty while the sink is
	// not known well enough to write for it.
	Encoding() string
	// Encode writes the body of a request that posts series.
	Encode(list []series.Series) ([]byte, error)
	// PushBody posts series like Push, with the body that Encode wrote of them.
	PushBody(ctx context.Context, list []series.Series, body []byte) error
}

// Prepared is what a delivery is to post next. The body of its first request is written while another request is under
// way.
type Prepared struct {
	list  []series.Series // all of it, those of the fewest points first
	first []series.Series // of the first request
	body  chan encoded    // of the first request; nil where it is not written ahead
}

type encoded struct {
	body []byte
	err  error
}

// Prepare begins to write the body of the first request for series. The series are not to be changed until they were
// posted.
func (d *Delivery) Prepare(list []series.Series) *Prepared {
	list = slices.DeleteFunc(slices.Clone(list), func(s series.Series) bool { return len(s.Points) == 0 })
	sorting.By(list, func(a, b series.Series) int { return cmp.Compare(len(a.Points), len(b.Points)) })
	p := &Prepared{list: list}
	sink, ok := d.Sink.(Encoder)
	if !ok || len(list) == 0 || sink.Encoding() == "" {
		return p
	}
	batch, _ := d.cutBatch(list)
	if p.first, _ = d.withinBounds(batch); len(p.first) == 0 {
		return p
	}
	p.body = make(chan encoded, 1)
	go func() {
		body, err := d.Bodies.encodeBody(sink, p.first)
		p.body <- encoded{body, err}
	}()
	return p
}

// pushRequest sends one request, with the body that was prepared where it is of these very series.
func (d *Delivery) pushRequest(ctx context.Context, list []series.Series, prepared *Prepared) error {
	answered := slowrequest.Tell(d.Log, "waiting for a sink to take points", "sink", d.Sink.Name(), "points",
		countPoints(list))
	defer answered()
	sink, ok := d.Sink.(Encoder)
	if !ok || sink.Encoding() == "" {
		return d.Sink.Push(ctx, list)
	}
	body, err := []byte(nil), error(nil)
	if prepared.isOf(list) {
		written := <-prepared.body
		body, err, prepared.body = written.body, written.err, nil
	} else {
		body, err = d.Bodies.encodeBody(sink, list)
	}
	if err != nil {
		return err
	}
	return sink.PushBody(ctx, list, body)
}

// isOf tells whether the body that was prepared is one of these series: the same points in the same order.
func (p *Prepared) isOf(list []series.Series) bool {
	return p != nil && p.body != nil && slices.EqualFunc(p.first, list, func(a, b series.Series) bool {
		return len(a.Points) == len(b.Points) && &a.Points[0] == &b.Points[0]
	})
}

// Bodies holds the bodies of the latest requests, so that each is made once for all sinks that take the same. It is
// safe for concurrent use.
type Bodies struct {
	mu     sync.Mutex
	latest []*sharedBody // the oldest first
	made   int
}

// keptBodies is how many bodies wait for other sinks: a body of 50,000 points has about 200 kB. A sink that is further
// behind has them made anew.
const keptBodies = 32

// sharedBody is a body that several sinks may send.
type sharedBody struct {
	encoding string
	content  [sha256.Size]byte
	write    func() ([]byte, error) // once
}

// encodeBody returns the body of a request for series. On nil bodies it is made for the sink alone.
func (b *Bodies) encodeBody(sink Encoder, list []series.Series) ([]byte, error) {
	if b == nil {
		return sink.Encode(list)
	}
	return b.bodyOf(sink, list, contentOf(list)).write()
}

// bodyOf returns what is kept of a body, or is to be from now on.
func (b *Bodies) bodyOf(sink Encoder, list []series.Series, content [sha256.Size]byte) *sharedBody {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, one := range b.latest {
		if one.encoding == sink.Encoding() && one.content == content {
			return one
		}
	}
	b.made++
	one := &sharedBody{sink.Encoding(), content, sync.OnceValues(func() ([]byte, error) { return sink.Encode(list) })}
	if b.latest = append(b.latest, one); len(b.latest) > keptBodies {
		b.latest = slices.Delete(b.latest, 0, 1)
	}
	return one
}

// Made tells how many bodies were made so far.
func (b *Bodies) Made() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.made
}

// contentOf tells lists of series apart.
func contentOf(list []series.Series) (sum [sha256.Size]byte) {
	hash := sha256.New()
	var b []byte
	for i := range list {
		b = list[i].AppendContent(b[:0])
		hash.Write(b)
	}
	hash.Sum(sum[:0])
	return sum
}
