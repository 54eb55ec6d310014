package schema

import (
	"slices"
	"strings"

	"jerem/problem"
)

// Report tells what is wrong with a value, and what to do.
type Report func(v Value, message, hint string)

// Key is a key of the configuration; T is what the keys of a table set.
type Key[T any] struct {
	Name    string // full, in dotted spelling
	Aliases []string
	What    string // the type, for messages
	List    bool
	Filled  bool                             // an empty text is as good as none
	Set     func(to *T, v Value, bad Report) // nil for what is read apart
}

// Table is the keys that may stand in one part of the file.
type Table[T any] struct {
	keys     []Key[T]
	byName   map[string]*Key[T] // and by alias
	sections map[string]bool    // every proper beginning of a name
	top      *Table[T]          // of the whole file, nil where this is it
}

// NewTable returns the table of some lists of keys.
func NewTable[T any](lists ...[]Key[T]) *Table[T] {
	t := &Table[T]{keys: slices.Concat(lists...), byName: map[string]*Key[T]{}, sections: map[string]bool{}}
	for i := range t.keys {
		k := &t.keys[i]
		for _, name := range append([]string{k.Name}, k.Aliases...) {
			t.byName[name] = k
			for j, r := range name {
				if r == '.' {
					t.sections[name[:j]] = true
				}
			}
		}
	}
	return t
}

// Below returns the table as that of an entry of a list: a key of the top that stands in it is told to belong there.
func (t *Table[T]) Below(top *Table[T]) *Table[T] {
	t.top = top
	return t
}

// Keys returns the keys in their order.
func (t *Table[T]) Keys() []Key[T] { return t.keys }

// findAtTop returns a key of the whole file, nil where it has none of that name.
func (t *Table[T]) findAtTop(name string) *Key[T] {
	if t.top == nil {
		return t.byName[name]
	}
	return t.top.byName[name]
}

// WithAliases returns the key with further names.
func WithAliases[T any](k Key[T], aliases ...string) Key[T] {
	k.Aliases = aliases
	return k
}

// listKeys names what may stand in a section, "" for the top.
func (t *Table[T]) listKeys(section string) string {
	var known []string
	for _, k := range t.keys {
		name := k.Name
		if section != "" {
			inside, ok := strings.CutPrefix(name, section+".")
			if !ok {
				continue
			}
			name = inside
		} else {
			name, _, _ = strings.Cut(name, ".")
		}
		if !slices.Contains(known, name) {
			known = append(known, name)
		}
	}
	return "known here: " + strings.Join(known, ", ")
}

// suggestKey tells what an unknown key was likely meant to be.
func (t *Table[T]) suggestKey(unknown string) string {
	if unknown == "<<" || strings.HasSuffix(unknown, ".<<") {
		return "merge keys are not supported: write the keys out, or give a whole section by an alias"
	}
	if best := nearestKey(unknown, t); best != "" {
		return "did you mean " + best + "?"
	}
	if k := t.findAtTop(unknown); k != nil {
		return k.Name + " holds for all teams: write it at the top of the file"
	}
	section, last := "", unknown
	if i := strings.LastIndexByte(unknown, '.'); i >= 0 {
		section, last = unknown[:i], unknown[i+1:]
	}
	for _, k := range t.keys {
		if strings.HasSuffix(k.Name, "."+last) || len(last) > 2 && strings.HasPrefix(k.Name, last) {
			return "did you mean " + k.Name + "?"
		}
	}
	if !t.sections[section] {
		section = ""
	}
	return t.listKeys(section)
}

// nearestKey returns the known key or section that differs from a name by few letters, or "".
func nearestKey[T any](unknown string, t *Table[T]) string {
	names := []string{}
	for name := range t.byName {
		names = append(names, name)
	}
	for name := range t.sections {
		names = append(names, name)
	}
	slices.Sort(names)
	return problem.Nearest(strings.ToLower(unknown), names, min(3, 1+len(unknown)/4))
}
