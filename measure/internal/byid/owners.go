package byid

import "maps"

// Owners tell whose a text is, as of the keys of issues, by id. Those that go on from others share what was known
// first: what is another since stands beside it.
type Owners struct {
	first map[string]int64
	later map[string]int64 // 0 for a text that is nobody's any more
}

// mostLater is how many owners may have become others before all are put together.
const mostLater = 4096

// NewOwners returns owners of nothing, with room for so many texts.
func NewOwners(count int) Owners { return Owners{first: make(map[string]int64, count)} }

// GoOn returns owners that can be written while those given stay as they are.
func (o Owners) GoOn() Owners {
	if len(o.later) <= max(mostLater, len(o.first)/16) {
		out := Owners{o.first, maps.Clone(o.later)}
		if out.later == nil {
			out.later = map[string]int64{}
		}
		return out
	}
	out := Owners{maps.Clone(o.first), map[string]int64{}}
	for text, id := range o.later {
		if id == 0 {
			delete(out.first, text)
		} else {
			out.first[text] = id
		}
	}
	return out
}

// Of returns the owner of a text; false for one that is nobody's.
func (o Owners) Of(text string) (id int64, ok bool) {
	if id, differs := o.later[text]; differs {
		return id, id != 0
	}
	id, ok = o.first[text]
	return id, ok
}

// Set enters the owner of a text.
func (o Owners) Set(text string, id int64) {
	if o.later == nil {
		o.first[text] = id
	} else {
		o.later[text] = id
	}
}

// Remove has a text be nobody's, of owners that go on from others.
func (o Owners) Remove(text string) { o.later[text] = 0 }
