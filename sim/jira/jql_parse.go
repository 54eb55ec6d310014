package jirasim

import (
	"fmt"
	"strconv"
	"strings"
)

// query is JQL understood: nil where means no restriction.
type query struct {
	where node
	order []ordering
}

type ordering struct {
	field      string
	descending bool
}

// node is a condition: *logic, *negation or *clause.
type node interface{}

type logic struct {
	and   bool
	parts []node
}

type negation struct{ part node }

// clause is "field operator values"; operator is one of = != ~ !~ > >= < <= in "not in" is "is not".
type clause struct {
	field    string
	operator string
	values   []operand
}

// operand is a value: text, a bare word, a function or EMPTY.
type operand struct {
	text     string
	quoted   bool
	function string
	args     []string
	empty    bool
}

// maxDepth bounds parentheses and NOTs, so that hostile JQL cannot exhaust the stack.
const maxDepth = 200

type jqlParser struct {
	tokens []token
	i      int
	depth  int
}

// parseJQL reads JQL. Errors are Jira's 400s.
func parseJQL(src string) (*query, error) {
	tokens, err := lexJQL(src)
	if err != nil {
		return nil, err
	}
	p := &jqlParser{tokens: tokens}
	q := &query{}
	if !p.peek().is("order") && p.peek().kind != 'e' {
		if q.where, err = p.or(); err != nil {
			return nil, err
		}
	}
	if p.peek().is("order") {
		if q.order, err = p.orderBy(); err != nil {
			return nil, err
		}
	}
	if t := p.peek(); t.kind != 'e' {
		return nil, p.unexpected("Expecting either 'OR' or 'AND'")
	}
	return q, nil
}

func (p *jqlParser) peek() token { return p.tokens[p.i] }

func (p *jqlParser) next() token {
	t := p.tokens[p.i]
	if t.kind != 'e' {
		p.i++
	}
	return t
}

func (p *jqlParser) unexpected(want string) error {
	t := p.peek()
	if t.kind == 'e' {
		return badRequest(fmt.Sprintf("Error in the JQL Query: %s before the end of the query.", want))
	}
	return badRequest(fmt.Sprintf("Error in the JQL Query: %s but got '%s'. (line 1, character %d)", want, t.text, t.pos+1))
}

func (p *jqlParser) or() (node, error) {
	return p.chain(false, func(t token) bool { return t.is("or") || t.sign("||") || t.sign("|") }, p.and)
}

func (p *jqlParser) and() (node, error) {
	return p.chain(true, func(t token) bool { return t.is("and") || t.sign("&&") || t.sign("&") }, p.not)
}

func (p *jqlParser) chain(and bool, joins func(token) bool, part func() (node, error)) (node, error) {
	first, err := part()
	if err != nil || !joins(p.peek()) {
		return first, err
	}
	l := &logic{and: and, parts: []node{first}}
	for joins(p.peek()) {
		p.next()
		n, err := part()
		if err != nil {
			return nil, err
		}
		l.parts = append(l.parts, n)
	}
	return l, nil
}

func (p *jqlParser) not() (node, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, badRequest("Error in the JQL Query: the query is nested too deeply.")
	}
	defer func() { p.depth-- }()
	switch t := p.peek(); {
	case t.is("not") || t.sign("!"):
		p.next()
		n, err := p.not()
		return &negation{n}, err
	case t.sign("("):
		p.next()
		n, err := p.or()
		if err != nil {
			return nil, err
		}
		if !p.peek().sign(")") {
			return nil, p.unexpected("Expecting ')'")
		}
		p.next()
		return n, nil
	}
	return p.clause()
}

func (p *jqlParser) clause() (node, error) {
	field, err := p.field()
	if err != nil {
		return nil, err
	}
	c := &clause{field: field}
	if c.operator, err = p.operator(); err != nil {
		return nil, err
	}
	if c.operator == "in" || c.operator == "not in" {
		c.values, err = p.values()
		return c, err
	}
	v, err := p.operand()
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(c.operator, "is") && !v.empty {
		return nil, badRequest(fmt.Sprintf("The operator '%s' can only be used with the value EMPTY or NULL.", c.operator))
	}
	c.values = []operand{v}
	return c, nil
}

func (p *jqlParser) field() (string, error) {
	t := p.peek()
	if t.kind != 'w' && t.kind != 's' || t.text == "" || t.is("and") || t.is("or") {
		return "", p.unexpected("Expecting a field name")
	}
	p.next()
	if !strings.EqualFold(t.text, "cf") || !p.peek().sign("[") {
		return t.text, nil
	}
	p.next()
	id := p.next()
	if _, err := strconv.Atoi(id.text); err != nil || !p.peek().sign("]") {
		return "", p.unexpected("Expecting a custom field id")
	}
	p.next()
	return "customfield_" + id.text, nil
}

func (p *jqlParser) operator() (string, error) {
	t := p.peek()
	two := func(first, second string) string {
		p.next()
		if p.peek().is(second) {
			p.next()
			return first + " " + second
		}
		return first
	}
	switch {
	case t.kind == 'o' && strings.Contains(" = != ~ !~ > >= < <= ", " "+t.text+" "):
		p.next()
		return t.text, nil
	case t.is("in"):
		p.next()
		return "in", nil
	case t.is("not") && p.tokens[p.i+1].is("in"):
		return two("not", "in"), nil
	case t.is("is"):
		return two("is", "not"), nil
	}
	return "", p.unexpected("Expecting operator")
}

// values reads a list in parentheses, or a function that stands for one.
func (p *jqlParser) values() ([]operand, error) {
	if !p.peek().sign("(") {
		v, err := p.operand()
		if err == nil && v.function == "" {
			return nil, badRequest("Error in the JQL Query: Expecting '(' after 'in'.")
		}
		return []operand{v}, err
	}
	p.next()
	var out []operand
	for {
		v, err := p.operand()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
		switch t := p.peek(); {
		case t.sign(","):
			p.next()
		case t.sign(")"):
			p.next()
			return out, nil
		default:
			return nil, p.unexpected("Expecting ',' or ')'")
		}
	}
}

func (p *jqlParser) operand() (operand, error) {
	t := p.peek()
	if t.kind != 'w' && t.kind != 's' || t.kind == 'w' && t.text == "" {
		return operand{}, p.unexpected("Expecting a value, list or function")
	}
	p.next()
	if t.kind == 's' {
		return operand{text: t.text, quoted: true}, nil
	}
	if t.is("empty") || t.is("null") {
		return operand{empty: true}, nil
	}
	if !p.peek().sign("(") {
		return operand{text: t.text}, nil
	}
	p.next()
	o := operand{function: t.text}
	for !p.peek().sign(")") {
		a := p.peek()
		if a.kind == 'e' || a.kind == 'o' && a.text != "," {
			return operand{}, p.unexpected("Expecting ')'")
		}
		if p.next(); a.kind != 'o' {
			o.args = append(o.args, a.text)
		}
	}
	p.next()
	return o, nil
}

// maxOrder is how many fields Jira Cloud orders by.
const maxOrder = 7

func (p *jqlParser) orderBy() ([]ordering, error) {
	p.next()
	if !p.peek().is("by") {
		return nil, p.unexpected("Expecting 'by'")
	}
	p.next()
	var out []ordering
	for {
		f, err := p.field()
		if err != nil {
			return nil, err
		}
		o := ordering{field: f}
		if t := p.peek(); t.is("asc") || t.is("desc") {
			o.descending = p.next().is("desc")
		}
		out = append(out, o)
		if !p.peek().sign(",") {
			break
		}
		p.next()
	}
	if len(out) > maxOrder {
		return nil, badRequest("JQL can be ordered by at most 7 fields.")
	}
	return out, nil
}
