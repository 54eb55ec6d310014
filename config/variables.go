package config

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

// value is a value of a key, from the file or the environment.
type value struct {
	place
	key   string
	named string  // the key as it was spelled, or its variable's
	text  string  // with variables put in
	shown string  // as written, fit for messages unless the key is a secret
	items []value // of a list
}

// variableOf returns the environment variable of a key: JEREM_JIRA_PASSWORD for jira.password.
func variableOf(key string) string {
	return "JEREM_" + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(key))
}

// Variables lists the environment variables of all keys that have one.
func Variables() []string {
	var names []string
	for _, k := range topTable.all {
		if k.set == nil {
			continue
		}
		for _, name := range append([]string{k.name}, k.aliases...) {
			names = append(names, variableOf(name))
		}
	}
	return names
}

// lookUpKey returns the value of a key: of the environment if env, else of the file. An empty variable,
// a null, and an empty text where the key must be filled are no value.
func (l *loader) lookUpKey(t *tree, k *key, env bool) (value, bool) {
	if env && k.set != nil {
		for _, name := range append([]string{k.name}, k.aliases...) {
			variable := variableOf(name)
			if text := l.getenv(variable); text != "" {
				v := value{place: place{variable: variable}, key: k.name, named: name, text: text, shown: text}
				if k.list {
					v.items = commaSeparated(v)
				}
				t.given[k.name] = v.place
				return v, true
			}
		}
	}
	e, ok := t.entries[k.name]
	if !ok || isNull(e.value) {
		return value{}, false
	}
	t.given[k.name] = e.key
	if k.set == nil {
		return value{}, false
	}
	v, ok := l.resolveValue(t, k, e.value)
	v.named = e.name
	if ok && k.filled && v.text == "" {
		delete(t.given, k.name)
		return value{}, false
	}
	return v, ok
}

func commaSeparated(v value) []value {
	items := []value{}
	for part := range strings.SplitSeq(v.text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			items = append(items, value{place: v.place, key: v.key, text: part, shown: part})
		}
	}
	return items
}

// resolveValue checks the kind of a value of the file and puts in variables.
func (l *loader) resolveValue(t *tree, k *key, n *yaml.Node) (value, bool) {
	name := t.prefix + k.name
	if !k.list {
		return l.scalarValue(name, k.what, n)
	}
	if n.Kind != yaml.SequenceNode {
		l.addError(placeOf(n), name, "must be "+k.what+", is "+kindOf(n), "write it in brackets: [first, second]")
		return value{}, false
	}
	v, ok := value{place: placeOf(n), key: name, items: []value{}}, true
	for i, item := range n.Content {
		one, fine := l.scalarValue(fmt.Sprintf("%s[%d]", name, i), "text", followAliases(item))
		if fine && one.text == "" {
			l.addError(one.place, one.key, "is empty", "remove it")
			fine = false
		}
		ok = ok && fine
		v.items = append(v.items, one)
	}
	return v, ok
}

func (l *loader) scalarValue(name, what string, n *yaml.Node) (value, bool) {
	v := value{place: placeOf(n), key: name, text: n.Value, shown: n.Value}
	if n.Kind != yaml.ScalarNode {
		l.addError(v.place, name, "must be "+what+", is "+kindOf(n), "")
		return v, false
	}
	if tag := n.ShortTag(); n.Style&yaml.TaggedStyle != 0 && tag != "!!str" {
		l.addError(v.place, name, "has a tag (!…), which means nothing here",
			"put a value that begins with ! in 'quotes'")
		return v, false
	}
	text, problem := interpolateVariables(n.Value, l.getenv)
	if problem != "" {
		l.addError(
			v.place,
			name,
			problem,
			"set the variable, give a default as in ${NAME:-default}, or write $${ for a plain ${",
		)
		return v, false
	}
	v.text = text
	return v, true
}

var reference = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$`)

// interpolateVariables puts environment variables in: ${NAME}, ${NAME:-default}; $${ stands for a plain ${.
// As in a shell, an empty variable counts as not set where there is a default. The problem, if any,
// holds no part of the text but the name of a variable.
func interpolateVariables(text string, getenv func(string) string) (out, problem string) {
	var b strings.Builder
	for {
		i := strings.Index(text, "${")
		if i < 0 {
			b.WriteString(text)
			return b.String(), ""
		}
		if i > 0 && text[i-1] == '$' {
			b.WriteString(text[:i-1] + "${")
			text = text[i+2:]
			continue
		}
		b.WriteString(text[:i])
		inside, rest, closed := strings.Cut(text[i+2:], "}")
		if !closed {
			return "", "holds a ${ without its }"
		}
		m := reference.FindStringSubmatch(inside)
		if m == nil {
			return "", "holds a ${…} that is not the name of a variable"
		}
		set := getenv(m[1])
		if set == "" && !strings.Contains(inside, ":-") {
			return "", "the environment variable " + m[1] + " is not set"
		}
		if set == "" {
			set = m[2]
		}
		b.WriteString(set)
		text = rest
	}
}
