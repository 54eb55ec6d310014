package jira

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"jerem/agile"
)

// twice is the time within which the same change recorded a second time is one.
const twice = 2 * time.Second

// parent rewinds the parent. Jira records an epic's change both as parent and as association, some
// milliseconds apart: the second record of one change is left out.
func (t *translator) parent() agile.Timeline[int64] {
	var list []agile.Change[int64]
	for _, c := range t.changes["parent"] {
		from, _ := strconv.ParseInt(c.From, 10, 64)
		to, _ := strconv.ParseInt(c.To, 10, 64)
		if n := len(list); n > 0 && list[n-1].From == from && list[n-1].To == to && c.at.Sub(list[n-1].At) <= twice {
			continue
		}
		list = append(list, agile.Change[int64]{At: c.at, Order: c.order, From: from, To: to})
	}
	var current int64
	if ids := t.d.Fields["parent"].IDs; len(ids) > 0 {
		current = ids[0]
		list = append(t.mirrored(list, current), list...)
	} else if n := len(list); n > 0 && t.epicField() != "" && !t.tellsParents() {
		current = list[n-1].To // a site that keeps epics in the older link only
	}
	return rewoundParent(t, current, list)
}

// mirrored returns the changes of the older link that stand for the parent before its own ones: Cloud made parents of the
// links that there were, without a change in any history.
func (t *translator) mirrored(own []agile.Change[int64], parent int64) []agile.Change[int64] {
	first := math.MaxInt
	if len(own) > 0 {
		first, parent = own[0].Order, own[0].From
	}
	var list []agile.Change[int64]
	for _, c := range t.links() {
		from, _ := strconv.ParseInt(c.From, 10, 64)
		to, _ := strconv.ParseInt(c.To, 10, 64)
		if c.order < first {
			list = append(list, agile.Change[int64]{At: c.at, Order: c.order, From: from, To: to})
		}
	}
	if n := len(list); n == 0 || parent == 0 || list[n-1].To != parent {
		return nil
	}
	return list
}

// links returns the changes of the older link to an epic, under whatever name, in their order.
func (t *translator) links() []change {
	var list []change
	for _, changes := range t.changes {
		if changes[0].Kind == kindEpicLink {
			list = append(list, changes...)
		}
	}
	slices.SortFunc(list, func(a, b change) int { return cmp.Compare(a.order, b.order) })
	return list
}

// epicField returns the id of the older link to an epic where the document has one.
func (t *translator) epicField() string {
	for id, v := range t.d.Fields {
		if v.Kind == kindEpicLink && v.Text != "" {
			return id
		}
	}
	return ""
}

// tellsParents says whether the document tells a parent at all.
func (t *translator) tellsParents() bool {
	_, ok := t.d.Fields["parent"]
	return ok
}

// epicLink rewinds the older link. Changes tell the epic's id and key, the present value only the
// key: it takes the id of the last change that went to that key. A link without changes beside a parent
// only mirrors that one, whose changes stand under its own name.
func (t *translator) epicLink(field, key string) agile.Timeline[string] {
	list := t.changes[field]
	if field != "epic link" {
		list = append(slices.Clone(list), t.changes["epic link"]...)
	}
	if len(list) == 0 && len(t.d.Fields["parent"].IDs) > 0 {
		return agile.Constant(t.created, "")
	}
	ids := map[string]string{}
	ref := func(id, key string) string {
		if id != "" {
			ids[key] = id
			return id
		}
		return key
	}
	var changes []agile.Change[string]
	for _, c := range list {
		changes = append(changes, agile.Change[string]{At: c.at, Order: c.order, From: ref(c.From, c.FromString), To: ref(c.To, c.ToString)})
	}
	current := key
	if id, ok := ids[key]; ok && key != "" {
		current = id
	}
	return rewound(t, field, agile.FieldEpicLink, current, changes)
}

// rewoundParent rebuilds the timeline of the parent. Data Center leaves the field out of issues that have none.
func rewoundParent(t *translator, current int64, list []agile.Change[int64]) agile.Timeline[int64] {
	tl, broken := agile.Rewind(t.created, t.updated, current, list, same[int64])
	t.breaks(agile.FieldParent, broken)
	return tl
}
