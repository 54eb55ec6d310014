package schema

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// Loader collects what is wrong while a configuration is read.
type Loader struct {
	file   string
	getenv func(string) string
	faults []fault
}

// NewLoader returns the reader of a file; path only names it in messages.
func NewLoader(path string, getenv func(string) string) *Loader {
	return &Loader{file: path, getenv: getenv}
}

// Faults returns all that was found wrong, in the order of the file; nil where nothing was.
func (l *Loader) Faults() Errors { return problemsOf(l.faults) }

// Position is where a value stands: in the file, or in a variable.
type Position struct {
	Line, Column int    // from 1
	Variable     string // "" in the file
}

// PositionOf returns where a part of the file begins.
func PositionOf(n *yaml.Node) Position { return Position{Line: n.Line, Column: n.Column} }

// AddError notes what is wrong at a position, and what to do.
func (l *Loader) AddError(at Position, key, message, hint string) {
	where := Place{File: l.file, Line: at.Line, Column: at.Column, Key: key}
	if at.Variable != "" {
		where.File, where.Variable = "", at.Variable
	}
	l.faults = append(l.faults, fault{where, message, hint})
}

// Entry is a value of the file with the key it was found under.
type Entry struct {
	Name  string // as spelled
	At    Position
	Value *yaml.Node
}

// Tree is a part of the file, flattened: a value by the full name of its key.
type Tree[T any] struct {
	Table    *Table[T]
	Prefix   string // of keys in messages: "" or "projects[1]."
	At       Position
	Entries  map[string]Entry
	Given    map[string]Position // keys with a value, right or wrong; known after [ApplyKeys]
	sections map[string]Position
	broken   map[string]bool // sections that hold something else than keys
}

// ParseFile returns the mapping that the file holds, or nil after telling what is wrong.
func (l *Loader) ParseFile(data []byte) *yaml.Node {
	var docs []yaml.Node
	if err := yaml.Load(joinSurrogates(data), &docs, yaml.WithAllDocuments()); err != nil {
		l.reportSyntax(err)
		return nil
	}
	if len(docs) > 1 {
		l.AddError(
			PositionOf(&docs[1]),
			"",
			"a second document begins here",
			"keep one document: remove the line ---, or what follows it",
		)
		return nil
	}
	if len(docs) == 0 || len(docs[0].Content) == 0 || IsNull(docs[0].Content[0]) {
		l.AddError(Position{}, "", emptiness(data),
			"write at least jira.url, jira.username, jira.password and projects")
		return nil
	}
	root := FollowAliases(docs[0].Content[0])
	if root.Kind != yaml.MappingNode {
		l.AddError(PositionOf(root), "", "must hold keys, is "+KindOf(root), "begin with `jira:`")
		return nil
	}
	return root
}

// emptiness tells in what way a file holds nothing. A mark of UTF-16 alone is what is left of a file that was written
// in part, or what an editor made of another encoding: "is empty" would send its reader to look for another file.
func emptiness(data []byte) string {
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		return "holds the mark of UTF-16 and nothing that can be read; save it as UTF-8"
	}
	return "is empty"
}

// surrogates is how JSON writes a sign beyond the first 65,536, as programs do that write ASCII alone, with what is
// escaped before it.
var surrogates = regexp.MustCompile(`(?i)(\\\\)*\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})`)

// joinSurrogates writes such signs as they are in a file of JSON: YAML, which JSON else is a part of, does not know
// them.
func joinSurrogates(data []byte) []byte {
	if !bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		return data
	}
	return surrogates.ReplaceAllFunc(data, func(found []byte) []byte {
		parts := surrogates.FindSubmatch(found)
		high, _ := strconv.ParseUint(string(parts[2]), 16, 32)
		low, _ := strconv.ParseUint(string(parts[3]), 16, 32)
		escaped := found[:len(found)-len(`\ud83e\udde8`)]
		return utf8.AppendRune(slices.Clone(escaped), utf16.DecodeRune(rune(high), rune(low)))
	})
}

var quoted = regexp.MustCompile(`'[^'\s]{2,}'`)

// reportSyntax reports a file that is not YAML. The parser's message may quote the file only where an
// anchor is unknown or given twice, and what follows a * may be a password.
func (l *Loader) reportSyntax(err error) {
	var bad *yaml.LoadError
	if !errors.As(err, &bad) {
		l.AddError(Position{}, "", "is not YAML", "check the file's encoding: it must be UTF-8")
		return
	}
	at := Position{Line: bad.Mark.Line, Column: bad.Mark.Column}
	message := quoted.ReplaceAllString(bad.Message, "…")
	if bad.ContextMsg != "" {
		message += " " + bad.ContextMsg
		if bad.ContextMark.Line > 0 && bad.ContextMark.Line != bad.Mark.Line {
			message += fmt.Sprintf(" that begins on line %d", bad.ContextMark.Line)
		}
	}
	l.AddError(
		at,
		"",
		"is not YAML: "+message,
		"check indentation and brackets; put a value that begins with * & ! % @ ` or holds `: ` in 'quotes'",
	)
}

// Flatten finds the value of each key of a table, in any mix of dotted and nested spelling.
func Flatten[T any](l *Loader, root *yaml.Node, t *Table[T]) *Tree[T] {
	return FlattenInto(l, NewTree(t, "", root), root, "")
}

// NewTree returns the tree of an entry of a list, empty yet; prefix begins its keys in messages.
func NewTree[T any](t *Table[T], prefix string, root *yaml.Node) *Tree[T] {
	return &Tree[T]{Table: t, Prefix: prefix, At: PositionOf(root), Entries: map[string]Entry{},
		sections: map[string]Position{}, broken: map[string]bool{}, Given: map[string]Position{}}
}

// FlattenInto adds what a mapping holds to a tree; section begins the names of its keys.
func FlattenInto[T any](l *Loader, t *Tree[T], mapping *yaml.Node, section string) *Tree[T] {
	seen := map[string]int{}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		k, v := mapping.Content[i], FollowAliases(mapping.Content[i+1])
		if k.Kind != yaml.ScalarNode {
			l.AddError(PositionOf(k), "", "a key must be text, is "+KindOf(k),
				"write a name and a colon, as in `jira:`; put what is a text in 'quotes'")
			continue
		}
		name := section + k.Value
		if line, twice := seen[name]; twice {
			l.AddError(
				PositionOf(k),
				t.Prefix+PresentableKey(name),
				fmt.Sprintf("is set twice, first on line %d", line),
				"keep one of them",
			)
			continue
		}
		seen[name] = k.Line
		flattenKey(l, t, name, k, v)
	}
	return t
}

func flattenKey[T any](l *Loader, t *Tree[T], name string, k, v *yaml.Node) {
	if known, ok := t.Table.byName[name]; ok {
		first, twice := t.Entries[known.Name]
		if twice {
			l.AddError(
				PositionOf(k),
				t.Prefix+name,
				fmt.Sprintf("is set twice, first as %s on line %d", first.Name, first.At.Line),
				"keep one of them; "+spellingHint(first.Name, name),
			)
			return
		}
		t.Entries[known.Name] = Entry{name, PositionOf(k), v}
		for section := parentKey(known.Name); section != ""; section = parentKey(section) {
			if _, ok := t.sections[section]; !ok {
				t.sections[section] = PositionOf(k) // in dotted spelling, the first key of it
			}
		}
		return
	}
	if !t.Table.sections[name] {
		l.AddError(PositionOf(k), t.Prefix+PresentableKey(name), "is not a known key", t.Table.suggestKey(name))
		return
	}
	if _, ok := t.sections[name]; !ok {
		t.sections[name] = PositionOf(k)
	}
	if IsNull(v) {
		return
	}
	if v.Kind != yaml.MappingNode {
		t.broken[name] = true
		l.AddError(PositionOf(v), t.Prefix+name, "must hold keys, is "+KindOf(v), t.Table.listKeys(name))
		return
	}
	FlattenInto(l, t, v, name+".")
}

func spellingHint(first, second string) string {
	if first != second {
		return "they are two names of the same key"
	}
	return "nested and dotted spelling are the same"
}

// missingAt tells where a missing key would stand: at its section, else at the top.
func (t *Tree[T]) missingAt(key string) Position {
	for section := parentKey(key); section != ""; section = parentKey(section) {
		if at, ok := t.sections[section]; ok {
			return at
		}
	}
	return t.At
}

// parentKey cuts the last part of a name.
func parentKey(name string) string { return name[:max(0, strings.LastIndexByte(name, '.'))] }

// FollowAliases follows aliases; the parser refuses unknown ones, and one never leads to another alias.
func FollowAliases(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

// IsNull tells whether a value is none.
func IsNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// KindOf names the kind of a value for messages, never the value.
func KindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a section"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.ShortTag() {
	case "!!int", "!!float":
		return "a number"
	case "!!bool":
		return "true or false"
	case "!!null":
		return "nothing"
	}
	return "text"
}

// PresentableKey cuts a key that no key can be: one that holds more than a name may be a secret that
// a missing space glued to it.
func PresentableKey(key string) string {
	for i, r := range key {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.", r) || i >= 60 {
			return key[:i] + "…"
		}
	}
	return key
}
