package jql

import (
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// Query is a whole query; Where is nil where it restricts nothing.
type Query struct {
	Where *Or        `parser:"@@?"`
	Order []Ordering `parser:"( 'order' 'by' @@ ( ',' @@ )* )?"`
}

// Ordering is one field of ORDER BY.
type Ordering struct {
	Field      Field `parser:"@@"`
	Descending bool  `parser:"( 'asc' | @'desc' )?"`
}

// Or holds where one of its parts holds.
type Or struct {
	Parts []And `parser:"@@ ( ( 'or' | '||' | '|' ) @@ )*"`
}

// And holds where all of its parts hold.
type And struct {
	Parts []Not `parser:"@@ ( ( 'and' | '&&' | '&' ) @@ )*"`
}

// Not is one of three: a negation, a group in parentheses, or a clause.
type Not struct {
	Negated *Not    `parser:"  ( 'not' | '!' ) @@"`
	Group   *Or     `parser:"| '(' @@ ')'"`
	Clause  *Clause `parser:"| @@"`
}

// Clause compares a field with values. Values holds exactly one operand but for "in" and "not in".
type Clause struct {
	Field    Field    `parser:"@@"`
	Operator Operator `parser:"@@"`
	Values   Values   `parser:"@@"`
}

// Field names a field: by its name, its id, or as cf[10016].
type Field struct {
	Custom string `parser:"  'cf' '[' @Word ']'"`
	Name   string `parser:"| (?! 'and' | 'or' | 'order' 'by' ) @( Word | String )"`
}

// ID is the name as it was written; for cf[10016] it is customfield_10016.
func (f Field) ID() string {
	if f.Custom != "" {
		return "customfield_" + f.Custom
	}
	return f.Name
}

// Operator is the words of an operator as they were written.
type Operator struct {
	Signs []string `parser:"  @( '!=' | '!~' | '>=' | '<=' | '=' | '>' | '<' | '~' )"`
	Words []string `parser:"| @'in' | @'not' @'in' | @'is' @'not'?"`
}

// String is one of = != ~ !~ > >= < <= in "not in" is "is not".
func (o Operator) String() string {
	return strings.ToLower(strings.Join(slices.Concat(o.Signs, o.Words), " "))
}

// Values is a list in parentheses or a single operand.
type Values struct {
	List   []Operand `parser:"  '(' @@ ( ',' @@ )* ')'"`
	Single *Operand  `parser:"| @@"`
}

// All is every operand, in the order of the text.
func (v Values) All() []Operand {
	if v.Single != nil {
		return []Operand{*v.Single}
	}
	return v.List
}

// Operand is a value, in one of four forms.
type Operand struct {
	Empty bool    `parser:"  @( 'empty' | 'null' )"`
	Call  *Call   `parser:"| @@"`
	Text  *string `parser:"| @String"`
	Word  string  `parser:"| @Word"`
}

// Value is the text of a quoted or a bare word, and empty for the other forms.
func (o Operand) Value() string {
	if o.Text != nil {
		return *o.Text
	}
	return o.Word
}

// Call is a function that stands for values, with its arguments.
type Call struct {
	Function  string   `parser:"@Word '('"`
	Arguments []string `parser:"( @( Word | String ) ( ',' @( Word | String ) )* )? ')'"`
}

// String is the call as Jira's errors name it.
func (c Call) String() string { return c.Function + "(" + strings.Join(c.Arguments, ", ") + ")" }

// lookahead is how many tokens tell a call from a word, and "not in" from a negation.
const lookahead = 3

var (
	tokens = lexer.MustSimple([]lexer.SimpleRule{
		{Name: "String", Pattern: `"(\\(.|\n)|[^"\\])*"|'(\\(.|\n)|[^'\\])*'`},
		{Name: "Sign", Pattern: `!=|!~|>=|<=|&&|\|\||[=<>~(),\[\]!&|]`},
		{Name: "Word", Pattern: `[\pL\pN_\-.+:]+`},
		{Name: "space", Pattern: `[\s\p{Zs}]+`},
	})
	grammar = participle.MustBuild[Query](
		participle.Lexer(tokens), participle.CaseInsensitive("Word"), participle.UseLookahead(lookahead),
		participle.Map(unquoteToken, "String"))
)

// unquoteToken drops the quotes, and the backslash before any character.
func unquoteToken(t lexer.Token) (lexer.Token, error) {
	var text strings.Builder
	escaped := false
	for _, r := range t.Value[1 : len(t.Value)-1] {
		if r == '\\' && !escaped {
			escaped = true
			continue
		}
		text.WriteRune(r)
		escaped = false
	}
	t.Value = text.String()
	return t, nil
}
