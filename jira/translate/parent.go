package translate

import (
	"slices"
	"strconv"
	"time"

	"jerem/agile"
	"jerem/jira/document"
)

// sameChange is the time within which the same change recorded a second time is one.
const sameChange = 2 * time.Second

// rewindParent rewinds the parent. Jira records an epic's change both as parent and as association, some milliseconds
// apart: the second record of one change is left out. Data Center leaves the field out of issues that have no parent.
func (t *translator) rewindParent() agile.Timeline[int64] {
	var list []agile.Change[int64]
	for _, c := range t.source.changes["parent"] {
		from, to := parentSides(c)
		if n := len(list); n > 0 && list[n-1].From == from && list[n-1].To == to &&
			c.at.Sub(list[n-1].At) <= sameChange {
			continue
		}
		list = append(list, agile.Change[int64]{At: c.at, Order: c.order, From: from, To: to})
	}
	var current int64
	field, tellsParents := t.source.content.Fields["parent"]
	if len(field.IDs) > 0 {
		current = field.IDs[0]
		list = append(linksBefore(t.source, list, current), list...)
	} else if n := len(list); n > 0 && t.source.hasEpicLink() && !tellsParents {
		current = list[n-1].To // a site that keeps epics in the older link only
	}
	tl, broken := agile.Rewind(t.source.created, t.source.updated, current, list, isSame[int64])
	t.addBroken(agile.FieldParent, broken+datedBefore(t.source.created, list))
	return tl
}

func parentSides(c change) (from, to int64) {
	from, _ = strconv.ParseInt(c.item.From, 10, 64)
	to, _ = strconv.ParseInt(c.item.To, 10, 64)
	return from, to
}

// linksBefore returns the changes of the older link that stand for the parent before its own changes: Cloud made
// parents of the links that there were, without a change in any history. They do so where they lead to the parent of
// then.
func linksBefore(s *source, own []agile.Change[int64], parent int64) []agile.Change[int64] {
	if len(own) > 0 {
		parent = own[0].From
	}
	var list []agile.Change[int64]
	for _, c := range s.epicChanges() {
		if c.item.Kind == document.KindParent {
			break
		}
		from, to := parentSides(c)
		list = append(list, agile.Change[int64]{At: c.at, Order: c.order, From: from, To: to})
	}
	if n := len(list); n == 0 || parent == 0 || list[n-1].To != parent {
		return nil
	}
	return list
}

// changesOfEpicLinks is the field under which changes of the older link stand that name no id of a field, on a site
// where the link has another name.
const changesOfEpicLinks = "epic link"

// rewindEpicLink rewinds the older link. Changes tell the epic's id and key, the present value only the
// key: it takes the id of the last change that went to that key. A link without changes beside a parent
// only mirrors that one, whose changes stand under its own name.
func (t *translator) rewindEpicLink(field, key string) agile.Timeline[string] {
	list := t.source.changes[field]
	if field != changesOfEpicLinks {
		list = append(slices.Clone(list), t.source.changes[changesOfEpicLinks]...)
	}
	if len(list) == 0 && len(t.source.content.Fields["parent"].IDs) > 0 {
		return agile.Constant(t.source.created, "")
	}
	ids := map[string]string{} // by key
	reference := func(id, key string) string {
		if id == "" {
			return key
		}
		ids[key] = id
		return id
	}
	var changes []agile.Change[string]
	for _, c := range list {
		changes = append(changes, agile.Change[string]{
			At: c.at, Order: c.order,
			From: reference(c.item.From, c.item.FromString), To: reference(c.item.To, c.item.ToString),
		})
	}
	current := key
	if id, ok := ids[key]; ok && key != "" {
		current = id
	}
	return rewindTimeline(t, rewinding[string]{
		field: field, name: agile.FieldEpicLink, current: current, changes: changes,
		until: t.source.updated, equal: isSame[string],
	})
}
