package encoding

import (
	"jerem/agile"
	"jerem/parallel"
)

// decodedAtOnce is how many issues are handed over at once; waitingParts how many such lists wait at most.
const decodedAtOnce, waitingParts = 128, 4

// Decoding reads the timelines of issues beside who finds their rows. It is for one goroutine, which ends it by Wait.
type Decoding struct {
	next  []undecoded
	parts chan []undecoded
	ended func() error
}

// undecoded is an issue with the text of its timelines.
type undecoded struct {
	issue *agile.Issue
	text  string
}

// StartDecoding begins a decoding.
func StartDecoding() *Decoding {
	d := &Decoding{parts: make(chan []undecoded, waitingParts)}
	d.ended = parallel.Start(func() error { return decodeParts(d.parts) })
	return d
}

// decodeParts reads all that comes, up to the first text that cannot be read.
func decodeParts(parts <-chan []undecoded) (err error) {
	defer func() { // who hands over goes on where a fault of the program ends the reading
		for range parts {
		}
	}()
	decoder := NewDecoder()
	for part := range parts {
		for _, one := range part {
			if err == nil {
				err = decoder.ReadIssue(one.issue, one.text)
			}
		}
	}
	return err
}

// Add hands over an issue, whose timelines are there after Wait.
func (d *Decoding) Add(i *agile.Issue, text string) {
	d.next = append(d.next, undecoded{i, text})
	if len(d.next) == decodedAtOnce {
		d.parts <- d.next
		d.next = make([]undecoded, 0, decodedAtOnce)
	}
}

// Wait ends the decoding. The error names the first issue whose text cannot be read.
func (d *Decoding) Wait() error {
	d.parts <- d.next
	close(d.parts)
	return d.ended()
}
