package bot

import (
	"time"

	"jerem/publish"
)

// outlet is a sink with what was learnt of it since the start. One goroutine uses it at a time.
type outlet struct {
	sink     publish.Sink
	delivery *publish.Delivery
	refused  time.Time // our clock when it last refused a deletion; zero for never
}

// deleteAgain is how often deletions are tried at a sink that refuses them.
const deleteAgain = time.Hour

// outlet returns the outlet of a sink, the same one each time.
func (b *Bot) outlet(sink publish.Sink) *outlet {
	b.outletsLock.Lock()
	defer b.outletsLock.Unlock()
	if b.outlets == nil {
		b.outlets = map[publish.Sink]*outlet{}
	}
	o := b.outlets[sink]
	if o == nil {
		o = &outlet{sink: sink, delivery: &publish.Delivery{Sink: sink, Lines: perPush, Now: time.Now}}
		b.outlets[sink] = o
	}
	return o
}

// mayDelete tells whether deletions are to be tried now.
func (o *outlet) mayDelete(now time.Time) bool {
	return o.refused.IsZero() || now.Sub(o.refused) >= deleteAgain
}
