package config

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

// loader collects what is wrong while a configuration is read.
type loader struct {
	file   string
	getenv func(string) string
	faults []fault
}

// place is where a value stands: in the file, or in a variable.
type place struct {
	line, column int
	variable     string
}

func placeOf(n *yaml.Node) place { return place{line: n.Line, column: n.Column} }

func (l *loader) addError(at place, key, message, hint string) {
	where := Place{File: l.file, Line: at.line, Column: at.column, Key: key}
	if at.variable != "" {
		where.File, where.Variable = "", at.variable
	}
	l.faults = append(l.faults, fault{where, message, hint})
}

// entry is a value of the file with the key it was found under.
type entry struct {
	name  string // as spelled
	key   place
	value *yaml.Node
}

// tree is a part of the file, flattened: a value by the full name of its key.
type tree struct {
	table    *table
	prefix   string // of keys in messages: "" or "projects[1]."
	at       place
	entries  map[string]entry
	sections map[string]place
	broken   map[string]bool  // sections that hold something else than keys
	given    map[string]place // keys with a value, right or wrong; known after apply
}

// parseFile returns the mapping that the file holds, or nil after telling what is wrong.
func (l *loader) parseFile(data []byte) *yaml.Node {
	var docs []yaml.Node
	if err := yaml.Load(data, &docs, yaml.WithAllDocuments()); err != nil {
		l.reportSyntax(err)
		return nil
	}
	if len(docs) > 1 {
		l.addError(
			placeOf(&docs[1]),
			"",
			"a second document begins here",
			"keep one document: remove the line ---, or what follows it",
		)
		return nil
	}
	if len(docs) == 0 || len(docs[0].Content) == 0 || isNull(docs[0].Content[0]) {
		l.addError(place{}, "", "is empty", "write at least jira.url, jira.username, jira.password and projects")
		return nil
	}
	root := followAliases(docs[0].Content[0])
	if root.Kind != yaml.MappingNode {
		l.addError(placeOf(root), "", "must hold keys, is "+kindOf(root), "begin with `jira:`")
		return nil
	}
	return root
}

var quoted = regexp.MustCompile(`'[^'\s]{2,}'`)

// reportSyntax reports a file that is not YAML. The parser's message may quote the file only where an
// anchor is unknown or given twice, and what follows a * may be a password.
func (l *loader) reportSyntax(err error) {
	var bad *yaml.LoadError
	if !errors.As(err, &bad) {
		l.addError(place{}, "", "is not YAML", "check the file's encoding: it must be UTF-8")
		return
	}
	at := place{line: bad.Mark.Line, column: bad.Mark.Column}
	message := quoted.ReplaceAllString(bad.Message, "…")
	if bad.ContextMsg != "" {
		message += " " + bad.ContextMsg
		if bad.ContextMark.Line > 0 && bad.ContextMark.Line != bad.Mark.Line {
			message += fmt.Sprintf(" that begins on line %d", bad.ContextMark.Line)
		}
	}
	l.addError(
		at,
		"",
		"is not YAML: "+message,
		"check indentation and brackets; put a value that begins with * & ! % @ ` or holds `: ` in 'quotes'",
	)
}

// flattenTree finds the value of each key of a table, in any mix of dotted and nested spelling.
func (l *loader) flattenTree(root *yaml.Node, t *table) *tree {
	return l.flattenInto(newTree(t, "", root), root, "")
}

func newTree(t *table, prefix string, root *yaml.Node) *tree {
	return &tree{table: t, prefix: prefix, at: placeOf(root), entries: map[string]entry{},
		sections: map[string]place{}, broken: map[string]bool{}, given: map[string]place{}}
}

func (l *loader) flattenInto(t *tree, mapping *yaml.Node, section string) *tree {
	seen := map[string]int{}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		k, v := mapping.Content[i], followAliases(mapping.Content[i+1])
		if k.Kind != yaml.ScalarNode {
			l.addError(placeOf(k), "", "a key must be text, is "+kindOf(k), "")
			continue
		}
		name := section + k.Value
		if line, twice := seen[name]; twice {
			l.addError(
				placeOf(k),
				t.prefix+presentableKey(name),
				fmt.Sprintf("is set twice, first on line %d", line),
				"keep one of them",
			)
			continue
		}
		seen[name] = k.Line
		l.flattenKey(t, name, k, v)
	}
	return t
}

func (l *loader) flattenKey(t *tree, name string, k, v *yaml.Node) {
	if known, ok := t.table.keys[name]; ok {
		first, twice := t.entries[known.name]
		if twice {
			l.addError(
				placeOf(k),
				t.prefix+name,
				fmt.Sprintf("is set twice, first as %s on line %d", first.name, first.key.line),
				"keep one of them; "+spellingHint(first.name, name),
			)
			return
		}
		t.entries[known.name] = entry{name, placeOf(k), v}
		for section := parentKey(known.name); section != ""; section = parentKey(section) {
			if _, ok := t.sections[section]; !ok {
				t.sections[section] = placeOf(k) // in dotted spelling, the first key of it
			}
		}
		return
	}
	if !t.table.sections[name] {
		l.addError(placeOf(k), t.prefix+presentableKey(name), "is not a known key", t.table.suggestKey(name))
		return
	}
	if _, ok := t.sections[name]; !ok {
		t.sections[name] = placeOf(k)
	}
	if isNull(v) {
		return
	}
	if v.Kind != yaml.MappingNode {
		t.broken[name] = true
		l.addError(placeOf(v), t.prefix+name, "must hold keys, is "+kindOf(v), t.table.listKeys(name))
		return
	}
	l.flattenInto(t, v, name+".")
}

func spellingHint(first, second string) string {
	if first != second {
		return "they are two names of the same key"
	}
	return "nested and dotted spelling are the same"
}

// missingAt tells where a missing key would stand: at its section, else at the top.
func (t *tree) missingAt(key string) place {
	for section := parentKey(key); section != ""; section = parentKey(section) {
		if at, ok := t.sections[section]; ok {
			return at
		}
	}
	return t.at
}

// parentKey cuts the last part of a name.
func parentKey(name string) string { return name[:max(0, strings.LastIndexByte(name, '.'))] }

// followAliases follows aliases; the parser refuses unknown ones, and one never leads to another alias.
func followAliases(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// kindOf names the kind of a value for messages, never the value.
func kindOf(n *yaml.Node) string {
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

// presentableKey cuts a key that no key can be: one that holds more than a name may be a secret that
// a missing space glued to it.
func presentableKey(key string) string {
	for i, r := range key {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.", r) || i >= 60 {
			return key[:i] + "…"
		}
	}
	return key
}
