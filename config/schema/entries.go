package schema

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// ApplyKeys sets the keys of a tree; with env, environment variables win.
func ApplyKeys[T any](l *Loader, t *Tree[T], to *T, env bool) {
	bad := func(v Value, message, hint string) { l.AddError(v.At, v.Key, message, hint) }
	for i := range t.Table.keys {
		k := &t.Table.keys[i]
		if v, ok := lookUpKey(l, t, k, env); ok {
			k.Set(to, v, bad)
		}
	}
}

// ReportMissing reports a key that is not set, unless its section is not one, which was told. A key that is needed
// because of others is told where the first of them was set by a variable: the file is not to blame then.
func ReportMissing[T any](l *Loader, t *Tree[T], key, hint string, because ...string) {
	for section := range t.broken {
		if strings.HasPrefix(key, section+".") {
			return
		}
	}
	at := t.missingAt(key)
	if e, ok := t.Entries[key]; ok {
		at = e.At
	}
	for _, other := range because {
		if given := t.Given[other]; given.Variable != "" {
			at = given
			if variable := VariableOf(key); !strings.Contains(hint, variable) {
				hint += "; it may stand in " + variable
			}
			break
		}
	}
	l.AddError(at, t.Prefix+key, "is missing", hint)
}

// ReadListNodes returns the items of a list of the file; example is told where it is no list.
func ReadListNodes[T any](l *Loader, t *Tree[T], name, example string) []*yaml.Node {
	e, ok := t.Entries[name]
	if !ok || IsNull(e.Value) {
		return nil
	}
	if e.Value.Kind != yaml.SequenceNode {
		l.AddError(PositionOf(e.Value), t.Prefix+name, "must be a list, is "+KindOf(e.Value), example)
		return nil
	}
	out := make([]*yaml.Node, len(e.Value.Content))
	for i, n := range e.Value.Content {
		out[i] = FollowAliases(n)
	}
	return out
}

// ReadEntryKeys reads an entry of a list by its table into what the target holds; nil where it holds no keys.
func ReadEntryKeys[T any](l *Loader, table *Table[T], named string, n *yaml.Node, to *T, example string) *Tree[T] {
	if n.Kind != yaml.MappingNode {
		l.AddError(PositionOf(n), named, "must hold keys, is "+KindOf(n), example)
		return nil
	}
	t := NewTree(table, named+".", n)
	FlattenInto(l, t, n, "")
	ApplyKeys(l, t, to, false)
	return t
}

// RequireKeys reports keys of an entry that are missing; each has the hint beside it.
func RequireKeys[T any](l *Loader, t *Tree[T], keysAndHints ...string) {
	for pair := range slices.Chunk(keysAndHints, 2) {
		if _, given := t.Given[pair[0]]; !given {
			ReportMissing(l, t, pair[0], pair[1])
		}
	}
}

// CheckTwice reports a value that another entry of the list has already.
func CheckTwice[T any](l *Loader, t *Tree[T], field, text string, seen map[string]int, i int) {
	if text == "" {
		return
	}
	if j, taken := seen[text]; taken {
		list := t.Prefix[:strings.LastIndexByte(t.Prefix, '[')]
		l.AddError(t.Given[field], t.Prefix+field, fmt.Sprintf("is that of %s[%d] too", list, j), "give each its own")
		return
	}
	seen[text] = i
}
