package document

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/jira/wire"
)

// cleanIssue makes the content of a document of an issue and its histories. Only fields of the set are copied, and of
// each only what its kind knows. A value or an entry that cannot be read costs itself alone, and is told.
func cleanIssue(w wire.Issue, histories []wire.History, fs Fieldset) (Content, []agile.Gap, error) {
	id, err := strconv.ParseInt(w.ID, 10, 64)
	if err != nil {
		return Content{}, nil, fmt.Errorf("issue %q: its id is no number", w.ID)
	}
	if w.Wrong != nil {
		return Content{}, nil, fmt.Errorf("issue %s: comes in another shape: %w", w.Name(), w.Wrong)
	}
	created, ok := wire.ParseTimeValue(w.Fields["created"])
	if !ok {
		return Content{}, nil, fmt.Errorf("issue %s: created is no time: %s", w.Key, w.Fields["created"])
	}
	c := Content{ID: id, Key: w.Key, Created: created.UnixMilli(), Updated: created.UnixMilli()}
	var gaps []agile.Gap
	if updated, ok := wire.ParseTimeValue(w.Fields["updated"]); ok {
		c.Updated = updated.UnixMilli()
	} else if isSet(w.Fields["updated"]) {
		gaps = append(gaps, unreadableValue("updated"))
	}
	persons := personFields(w.Fields, fs)
	fields, unreadFields, err := cleanFields(w, fs, persons)
	if err != nil {
		return Content{}, nil, err
	}
	c.Fields = fields
	var unreadEntries []agile.Gap
	c.Histories, unreadEntries = cleanHistories(histories, fs, w.Fields, persons)
	return c, slices.Concat(gaps, unreadFields, unreadEntries), nil
}

// cleanFields copies the values of the fields of the set, of those that hold persons nothing. The error says which
// field makes the issue unreadable.
func cleanFields(w wire.Issue, fs Fieldset, persons map[string]bool) (
	values map[string]Value, gaps []agile.Gap, err error,
) {
	values = make(map[string]Value, min(len(w.Fields), len(fs.fields)))
	for _, f := range fs.fields {
		raw, came := w.Fields[f.id]
		if !came || f.id == agile.FieldLabels && !isSet(raw) { // no labels are an empty list
			continue
		}
		v, ok := Value{Name: f.name, Kind: f.kind}, true
		if !persons[f.id] { // of those nothing is kept, and nothing is lacking
			v, ok = readValue(f, raw)
		}
		if f.isEssential() && (!ok || !v.isEssence()) {
			return nil, nil, fmt.Errorf("issue %s: the field %s holds something else than %s", w.Name(), f.id, f.kind)
		}
		if !ok {
			v = Value{Name: f.name, Kind: f.kind, Unread: true}
			if fs.mattersToFigures(f) {
				gaps = append(gaps, unreadableValue(f.name))
			}
		}
		values[f.id] = v
	}
	return values, gaps, nil
}

func unreadableValue(field string) agile.Gap {
	return agile.Gap{Source: agile.SourceValues, Code: agile.GapUnreadable, Subject: agile.NamedSubject(field)}
}

func isSet(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

// cleanHistories takes the entries that can be read, each once, in their order. Amounts in them that are out of all
// bounds are told.
func cleanHistories(
	entries []wire.History, fs Fieldset, values map[string]json.RawMessage, persons map[string]bool,
) (list []History, gaps []agile.Gap) {
	seen, last := make(map[string]bool, len(entries)), lastTexts(entries)
	for _, h := range entries {
		at, dated := wire.ParseTime(h.Created)
		if h.Wrong != nil || !dated && len(fs.KeptItems(h.Items)) > 0 {
			gaps = append(gaps, agile.Gap{Source: agile.SourceHistories, Code: agile.GapUnreadable})
		}
		if h.Wrong != nil || !dated || h.ID != "" && seen[string(h.ID)] {
			continue
		}
		seen[string(h.ID)] = true
		entry := cleanHistory(h, at, fs, values, last, persons)
		for _, i := range entry.Items {
			f := fs.byID[i.Field]
			if !i.isReadable() && fs.mattersToFigures(f) {
				gaps = append(gaps, unreadableValue(f.name))
			}
		}
		if len(entry.Items) > 0 {
			list = append(list, entry)
		}
	}
	slices.SortStableFunc(list, byTimeAndID)
	return list, gaps
}

// isReadable says whether both sides of a change can be read: those of amounts may be out of all bounds, or no numbers.
func (i Item) isReadable() bool {
	if i.Kind != KindNumber && i.Kind != KindSeconds {
		return true
	}
	from, to := i.Amounts()
	return from.IsReadable() && to.IsReadable()
}

// lastTexts tells to what the changes of each name came in the end, by the name in lower case.
func lastTexts(histories []wire.History) map[string]string {
	last, when := map[string]string{}, map[string]time.Time{}
	for _, h := range histories {
		at, isRead := time.Time{}, false
		for _, i := range h.Items {
			if i.FieldID != "" {
				continue
			}
			if !isRead {
				at, _ = wire.ParseTime(h.Created)
				isRead = true
			}
			if name := strings.ToLower(i.Field); !at.Before(when[name]) {
				last[name], when[name] = string(i.ToString), at
			}
		}
	}
	return last
}

// cleanHistory copies the changes of an entry that belong to fields of the set, but for those of fields that hold
// accounts. values are those of the issue, last is to what the changes of each name came in the end: they tell fields
// of one name apart.
func cleanHistory(
	w wire.History, at time.Time, fs Fieldset, values map[string]json.RawMessage, last map[string]string,
	persons map[string]bool,
) History {
	h := History{ID: string(w.ID), At: at.UnixMilli()}
	for _, i := range w.Items {
		end := ""
		if i.FieldID == "" {
			end = last[strings.ToLower(i.Field)]
		}
		f, ok := fs.fieldOf(i, values, end)
		if !ok || persons[f.id] || !namesOptions(f.kind, i) {
			continue
		}
		h.Items = append(h.Items, Item{
			Field: f.id, Kind: f.kind,
			From: string(i.From), FromString: string(i.FromString), To: string(i.To), ToString: string(i.ToString),
		})
	}
	return h
}
