package wire

import (
	"bytes"
	stdjson "encoding/json"
	"strconv"
)

// The names of the shapes, in the order of their numbers.
var (
	namesOfIssue   = []string{"id", "key", "fields", "changelog"}
	namesOfLog     = []string{"total", "histories"}
	namesOfHistory = []string{"id", "created", "items"}
	namesOfItem    = []string{"field", "fieldId", "fieldtype", "from", "fromString", "to", "toString"}
	namesOfEntity  = []string{"id", "key", "name", "value", "child"}
)

// rawField is a field of an issue, and where in the answer its value stands.
type rawField struct {
	id         string
	begin, end int
}

// Issues reads a list of issues; null is none.
func (r *Reader) Issues(to *[]Issue) bool {
	if r.Scan.Null() {
		return true
	}
	*to = []Issue{}
	return r.Scan.List(func() bool {
		*to = append(*to, Issue{})
		return r.issue(&(*to)[len(*to)-1])
	})
}

func (r *Reader) issue(to *Issue) bool {
	return r.Scan.Object(namesOfIssue, func(number int) bool {
		switch number {
		case 0:
			return r.Text(&to.ID)
		case 1:
			return r.Text(&to.Key)
		case 2:
			return r.Scan.Null() || r.readFields(to)
		}
		return r.Scan.Null() || r.readChangelog(to)
	})
}

// readFields reads the fields of an issue, whose values stay as they are written. They are copied at once: the memory
// of an answer is used again.
func (r *Reader) readFields(to *Issue) bool {
	r.fields = r.fields[:0]
	r.Scan.Begins()
	begin := r.Scan.at
	whole := r.Scan.eachName(func(name []byte) bool {
		id := r.wordOf(name)
		r.Scan.Begins()
		from := r.Scan.at
		read := r.Scan.Skip()
		r.fields = append(r.fields, rawField{id, from - begin, r.Scan.at - begin})
		return read
	})
	if !whole {
		return false
	}
	text := bytes.Clone(r.Scan.text[begin:r.Scan.at])
	to.Fields = make(map[string]stdjson.RawMessage, len(r.fields))
	for _, f := range r.fields {
		to.Fields[f.id] = text[f.begin:f.end:f.end]
	}
	return true
}

// readChangelog reads the histories that came with an issue.
func (r *Reader) readChangelog(to *Issue) bool {
	log := &Changelog{}
	to.Changelog = log
	return r.Scan.Object(namesOfLog, func(number int) bool {
		if number == 1 {
			return r.Histories(&log.Histories)
		}
		var total int64
		read := r.Scan.Whole(&total)
		log.Total = int(total)
		return read
	})
}

// Histories reads a list of histories; null is none.
func (r *Reader) Histories(to *[]History) bool {
	if r.Scan.Null() {
		return true
	}
	r.histories = r.histories[:0]
	read := r.Scan.List(func() bool {
		r.histories = append(r.histories, History{})
		return r.readHistory(&r.histories[len(r.histories)-1])
	})
	*to = append(make([]History, 0, len(r.histories)), r.histories...)
	clear(r.histories)
	return read
}

func (r *Reader) readHistory(to *History) bool {
	read := r.Scan.Object(namesOfHistory, func(number int) bool {
		switch number {
		case 0:
			return r.LooseText(&to.ID)
		case 1:
			return r.readCreated(to)
		}
		return r.Scan.Null() || r.readItems(to)
	})
	to.Wrong = to.checkItems()
	return read
}

// readCreated reads the moment of a history, which is a text or a number.
func (r *Reader) readCreated(to *History) bool {
	if r.Scan.Begins() == '"' {
		var text string
		read := r.Text(&text)
		to.Created = text
		return read
	}
	number, err := strconv.ParseFloat(string(r.Scan.takeNumber()), 64)
	to.Created = number
	return err == nil
}

func (r *Reader) readItems(to *History) bool {
	r.items = r.items[:0]
	read := r.Scan.List(func() bool {
		r.items = append(r.items, Item{})
		return r.readItem(&r.items[len(r.items)-1])
	})
	to.Items = append(make([]Item, 0, len(r.items)), r.items...)
	return read
}

func (r *Reader) readItem(to *Item) bool {
	return r.Scan.Object(namesOfItem, func(number int) bool {
		switch number {
		case 0:
			return r.Text(&to.Field)
		case 1:
			return r.Text(&to.FieldID)
		case 2:
			return r.Text(&to.Type)
		case 3:
			return r.LooseText(&to.From)
		case 4:
			return r.LooseText(&to.FromString)
		case 5:
			return r.LooseText(&to.To)
		}
		return r.LooseText(&to.ToString)
	})
}

// LooseText reads a text that may come as a number or as null.
func (r *Reader) LooseText(to *Text) bool {
	switch r.Scan.Begins() {
	case 'n', '"':
		return r.Text((*string)(to))
	}
	number := r.Scan.takeNumber()
	*to = Text(r.wordOf(number))
	return len(number) > 0
}

// entity reads an entity; null leaves it as it is.
func (r *Reader) entity(to *Entity) bool {
	return r.Scan.Null() || r.Scan.Object(namesOfEntity, func(number int) bool {
		switch number {
		case 0:
			return r.LooseText(&to.ID)
		case 1:
			return r.Text(&to.Key)
		case 2:
			return r.Text(&to.Name)
		case 3:
			return r.Text(&to.Value)
		}
		if r.Scan.Null() {
			return true
		}
		to.Child = &Entity{}
		return r.entity(to.Child)
	})
}

// entities reads a list of entities.
func (r *Reader) entities(to *[]*Entity) bool {
	return r.Scan.List(func() bool {
		if r.Scan.Null() {
			*to = append(*to, nil)
			return true
		}
		one := &Entity{}
		*to = append(*to, one)
		return r.entity(one)
	})
}

// texts reads a list of texts.
func (r *Reader) texts(to *[]string) bool {
	return r.Scan.List(func() bool {
		*to = append(*to, "")
		return r.Text(&(*to)[len(*to)-1])
	})
}

// Whole reads a whole number.
func (s *Scan) Whole(to *int64) bool {
	s.Begins()
	n, err := strconv.ParseInt(string(s.takeNumber()), 10, 64)
	*to = n
	return err == nil
}
