package schema

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Value is a value of a key, from the file or the environment.
type Value struct {
	At    Position
	Key   string
	Named string  // the key as it was spelled, or its variable's
	Text  string  // with variables put in
	Shown string  // as written, fit for messages unless the key is a secret
	Items []Value // of a list
}

// VariableOf returns the environment variable of a key: JEREM_JIRA_PASSWORD for jira.password.
func VariableOf(key string) string {
	return "JEREM_" + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(key))
}

// lookUpKey returns the value of a key: of the environment if env, else of the file. An empty variable,
// a null, and an empty text where the key must be filled are no value.
func lookUpKey[T any](l *Loader, t *Tree[T], k *Key[T], env bool) (Value, bool) {
	if env && k.Set != nil {
		for _, name := range append([]string{k.Name}, k.Aliases...) {
			variable := VariableOf(name)
			if text := l.getenv(variable); text != "" {
				v := Value{At: Position{Variable: variable}, Key: k.Name, Named: name, Text: text, Shown: text}
				if k.List {
					v.Items = commaSeparated(v)
				}
				t.Given[k.Name] = v.At
				return v, true
			}
		}
	}
	e, ok := t.Entries[k.Name]
	if !ok || IsNull(e.Value) {
		return Value{}, false
	}
	t.Given[k.Name] = e.At
	if k.Set == nil {
		return Value{}, false
	}
	v, ok := ResolveValue(l, t, k, e.Value)
	v.Named = e.Name
	if ok && k.Filled && v.Text == "" {
		delete(t.Given, k.Name)
		return Value{}, false
	}
	return v, ok
}

func commaSeparated(v Value) []Value {
	items := []Value{}
	for part := range strings.SplitSeq(v.Text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			items = append(items, Value{At: v.At, Key: v.Key, Text: part, Shown: part})
		}
	}
	return items
}

// ResolveValue checks the kind of a value of the file and puts in variables.
func ResolveValue[T any](l *Loader, t *Tree[T], k *Key[T], n *yaml.Node) (Value, bool) {
	name := t.Prefix + k.Name
	if !k.List {
		return l.ScalarValue(name, k.What, n)
	}
	if n.Kind != yaml.SequenceNode {
		l.AddError(PositionOf(n), name, "must be "+k.What+", is "+KindOf(n), "write it in brackets: [first, second]")
		return Value{}, false
	}
	v, ok := Value{At: PositionOf(n), Key: name, Items: []Value{}}, true
	for i, item := range n.Content {
		one, fine := l.ScalarValue(fmt.Sprintf("%s[%d]", name, i), "text", FollowAliases(item))
		if fine && one.Text == "" {
			l.AddError(one.At, one.Key, "is empty", "remove it")
			fine = false
		}
		ok = ok && fine
		v.Items = append(v.Items, one)
	}
	return v, ok
}

// ScalarValue reads a value of the file that stands alone, with variables put in; what names its type in messages.
func (l *Loader) ScalarValue(name, what string, n *yaml.Node) (Value, bool) {
	v := Value{At: PositionOf(n), Key: name, Text: n.Value, Shown: n.Value}
	if n.Kind != yaml.ScalarNode {
		l.AddError(v.At, name, "must be "+what+", is "+KindOf(n), "write one value, without - [ ] or { }")
		return v, false
	}
	if tag := n.ShortTag(); n.Style&yaml.TaggedStyle != 0 && tag != "!!str" {
		l.AddError(v.At, name, "has a tag (!…), which means nothing here",
			"put a value that begins with ! in 'quotes'")
		return v, false
	}
	text, problem := interpolateVariables(n.Value, l.getenv)
	if problem != "" {
		l.AddError(
			v.At,
			name,
			problem,
			"set the variable, give a default as in ${NAME:-default}, or write $${ for a plain ${",
		)
		return v, false
	}
	v.Text = text
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
