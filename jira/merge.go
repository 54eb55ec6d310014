package jira

import (
	"encoding/json"
	"fmt"
	"slices"

	"jerem/agile"
)

// Merged says what a document lacked that was known of its issue.
type Merged struct {
	Entries int      // changes that were known and did not come; they stay
	Fields  []string // fields that were asked for and did not come, or could not be read; what was known of them stays
}

// Merge joins what was known of an issue with what was read of it now: a history does not shrink, and a field that was
// asked for and does not stand in the answer is not empty. known is of any version, nil where nothing was known. What an
// older state of the issue tells, as after Jira was restored from a backup, is taken as it is.
func Merge(known []byte, now Document, fs Fieldset) (Document, Merged, error) {
	var lacks Merged
	if known == nil {
		return now, lacks, nil
	}
	var old, d document
	if err := json.Unmarshal(known, &old); err != nil {
		return now, lacks, fmt.Errorf("issue %d: what is kept of it cannot be read: %w", now.ID, err)
	}
	if err := json.Unmarshal(now.Raw, &d); err != nil {
		return now, lacks, err
	}
	if old.ID != d.ID || old.Updated > d.Updated {
		return now, lacks, nil
	}
	lacks.Fields = keepFields(&d, old, fs)
	lacks.Entries = keepEntries(&d, old, fs)
	if lacks.Entries == 0 && len(lacks.Fields) == 0 {
		return now, lacks, nil
	}
	raw, err := json.Marshal(d)
	now.Raw, now.Changes = raw, d.changes()
	if lacks.Entries > 0 {
		now.Gaps = sortedGaps(append(slices.Clone(now.Gaps), agile.Gap{Source: agile.SourceHistories, Code: agile.GapShrunk}))
	}
	return now, lacks, err
}

// keepFields takes over the values that are lacking, but for those that changed since.
func keepFields(d *document, old document, fs Fieldset) (lacking []string) {
	for _, id := range fs.Asked() {
		was, known := old.Fields[id]
		is, came := d.Fields[id]
		if !known || was.Unread || came && !is.Unread || is.Kind != "" && is.Kind != was.Kind {
			continue
		}
		if d.changesOf(id) > old.changesOf(id) || id == "parent" && d.changesOfKind(kindParent) > old.changesOfKind(kindParent) {
			continue
		}
		d.Fields[id] = was
		if !was.empty() {
			lacking = append(lacking, id)
		}
	}
	return lacking
}

// empty says whether a field held nothing.
func (v value) empty() bool {
	return v.Number == nil && v.Text == "" && len(v.Options) == 0 && len(v.IDs) == 0
}

// keepEntries takes over the changes that are lacking, of fields that are still read.
func keepEntries(d *document, old document, fs Fieldset) (lacking int) {
	type place struct {
		at int64
		item
	}
	there := map[place]int{}
	for _, h := range d.Histories {
		for _, i := range h.Items {
			there[place{h.At, i}]++
		}
	}
	for _, h := range old.Histories {
		var lost []item
		for _, i := range h.Items {
			p := place{h.At, i}
			switch {
			case there[p] > 0:
				there[p]--
			case fs.reads(i):
				lost = append(lost, i)
			}
		}
		if len(lost) == 0 {
			continue
		}
		lacking += len(lost)
		at := slices.IndexFunc(d.Histories, func(o history) bool { return o.ID == h.ID && o.At == h.At })
		if at < 0 {
			d.Histories = append(d.Histories, history{h.ID, h.At, lost})
			continue
		}
		d.Histories[at].Items = append(d.Histories[at].Items, lost...)
	}
	slices.SortStableFunc(d.Histories, byTimeAndID)
	return lacking
}

// reads says whether the field of a kept change is one that is read now, in the same way.
func (fs Fieldset) reads(i item) bool {
	if f, ok := fs.byID[i.Field]; ok {
		return f.kind == i.Kind
	}
	for _, f := range pseudo {
		if f.id == i.Field {
			return f.kind == i.Kind
		}
	}
	return false
}

func (d document) changes() (n int) {
	for _, h := range d.Histories {
		n += len(h.Items)
	}
	return n
}

func (d document) changesOf(field string) (n int) {
	for _, h := range d.Histories {
		for _, i := range h.Items {
			if i.Field == field {
				n++
			}
		}
	}
	return n
}

func (d document) changesOfKind(kind fieldKind) (n int) {
	for _, h := range d.Histories {
		for _, i := range h.Items {
			if i.Kind == kind {
				n++
			}
		}
	}
	return n
}
