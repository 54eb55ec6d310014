package document

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/jira/wire"
)

// readValue reads a value by the kind of its field; false for one that has no shape of that kind. Were such a one taken
// for absent, figures would be wrong and nobody told.
func readValue(f field, raw json.RawMessage) (v Value, ok bool) {
	v = Value{Name: f.name, Kind: f.kind}
	if string(raw) == "null" {
		return v, true
	}
	switch f.kind {
	case KindNumber, KindSeconds:
		if text, err := wire.DecodeText(raw); err == nil && text != "" {
			v.Number = parseNumber(string(text))
			return v, v.Number != nil && f.kind.Holds(*v.Number)
		}
		return v, true
	case KindText, KindEpicLink:
		ok = wire.Decode(raw, &v.Text) == nil
		return v, ok && (v.Text == "" || f.takesText(v.Text))
	case KindLabels:
		var labels []string
		ok = wire.Decode(raw, &labels) == nil
		for _, l := range labels {
			v.Options = append(v.Options, Option{Name: l})
		}
		return v, ok
	case KindSprint:
		v.IDs, ok = readSprintIDs(raw)
		return v, ok
	case KindFlag, KindOptions, KindParts, KindOne, KindTeam:
		v.Options, ok = ReadOptions(raw)
		return v, ok
	case KindParent:
		w, err := wire.DecodeEntity(raw)
		if err != nil {
			return v, false
		}
		id, err := strconv.ParseInt(string(w.ID), 10, 64)
		v.IDs, v.Text = []int64{id}, w.Key
		return v, err == nil
	}
	return v, true
}

// takesText tells whether a text is one that figures can be made of: dates that they rest on have to be dates.
func (f field) takesText(text string) bool {
	switch {
	case f.isEvidence():
		_, ok := wire.ParseTime(text)
		return ok
	case f.id == agile.FieldDue:
		_, err := time.Parse(time.DateOnly, text)
		return err == nil
	}
	return true
}

// ReadOptions reads one thing or a list of them; false where one has neither id nor name.
func ReadOptions(raw json.RawMessage) (out []Option, ok bool) {
	var many []*wire.Entity
	if isList(raw) {
		if wire.Decode(raw, &many) != nil {
			return nil, false
		}
	} else {
		one, err := wire.DecodeEntity(raw)
		if err != nil {
			return nil, false
		}
		if o := (Option{ID: string(one.ID), Name: one.Label()}); o != (Option{}) {
			return []Option{o}, true
		}
		return nil, false
	}
	for _, w := range many {
		if w == nil {
			continue
		}
		o := Option{ID: string(w.ID), Name: w.Label()}
		if o == (Option{}) {
			return nil, false
		}
		out = append(out, o)
	}
	return out, true
}

func isList(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] == '[' }

// readSprintIDs reads the sprints of an issue: objects, numbers, or the strings of older servers, of
// which only the id is safe to take. False where one has no id above 0.
func readSprintIDs(raw json.RawMessage) (ids []int64, ok bool) {
	if all, usual := readSprints(raw); usual {
		slices.Sort(all)
		return slices.Compact(all), true
	}
	var list []json.RawMessage
	if wire.Decode(raw, &list) != nil {
		return nil, false
	}
	for _, one := range list {
		if string(one) == "null" {
			continue
		}
		id := readSprintID(one)
		if id <= 0 { // boards have no such one
			return nil, false
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return slices.Compact(ids), true
}

// namesOfSprint are the names of a sprint that are read.
var namesOfSprint = []string{"id"}

// readSprints reads the sprints of an issue where all are objects with an id above 0, as a Jira of today sends them.
func readSprints(raw json.RawMessage) (ids []int64, ok bool) {
	s := wire.NewScan(raw)
	read := s.List(func() bool {
		var id int64
		is := s.Object(namesOfSprint, func(int) bool { return s.Whole(&id) })
		ids = append(ids, id)
		return is && id > 0
	})
	return ids, read && s.IsAtEnd()
}

// readSprintID reads the id of a sprint in any of its forms, 0 where there is none.
func readSprintID(raw json.RawMessage) int64 {
	var object struct {
		ID int64 `json:"id"`
	}
	var number int64
	var old string
	switch {
	case len(raw) > 0 && raw[0] == '{' && wire.Decode(raw, &object) == nil:
		return object.ID
	case len(raw) > 0 && raw[0] == '"' && wire.Decode(raw, &old) == nil:
		return sprintIDInText(old)
	case wire.Decode(raw, &number) == nil:
		return number
	}
	return 0
}

// sprintPart finds the parts of a sprint's string form. Names and goals may hold such parts too.
var sprintPart = regexp.MustCompile(`[\[,](id|rapidViewId|state|name|startDate|endDate|completeDate|activatedDate|` +
	`sequence|goal|autoStartStop|synced|incompleteIssuesDestinationId)=(\d*)`)

// sprintIDInText finds the id in the string form of a sprint, 0 where there is none: the one that stands first; else
// one that does not stand behind free text; else the last one.
func sprintIDInText(text string) (id int64) {
	open := strings.IndexByte(text, '[')
	if open < 0 {
		return 0
	}
	text = text[open:]
	inFreeText := false // what is read may be part of a name or a goal
	for _, m := range sprintPart.FindAllStringSubmatchIndex(text, -1) {
		key, value, rest := text[m[2]:m[3]], text[m[4]:m[5]], text[m[5]:]
		isFirst := m[0] == 0
		if key != "id" {
			inFreeText = key == "name" || key == "goal"
			continue
		}
		n, err := strconv.ParseInt(value, 10, 64)
		isPart := isFirst || text[m[0]] == ','
		isWhole := rest == "" || rest[0] == ',' || rest[0] == ']'
		switch {
		case err != nil || !isPart || !isWhole:
		case isFirst || !inFreeText:
			return n
		default:
			id = n
		}
	}
	return id
}
