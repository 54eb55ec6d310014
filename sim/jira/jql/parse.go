package jql

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

const (
	maxNesting = 200 // parentheses and NOTs within each other, so that hostile JQL cannot exhaust the stack
	maxOrder   = 7   // fields that Jira Cloud orders by
)

// Parse reads a query. An error is a Refusal: what Jira answers with status 400.
func Parse(text string) (*Query, error) {
	if err := checkNesting(text); err != nil {
		return nil, err
	}
	q, err := grammar.ParseString("", text)
	if err != nil {
		return nil, inJiraWords(text, err)
	}
	if len(q.Order) > maxOrder {
		return nil, Refusal(fmt.Sprintf("JQL can be ordered by at most %d fields.", maxOrder))
	}
	return q, q.checkQuery()
}

func checkNesting(text string) error {
	lex, err := tokens.LexString("", text)
	if err != nil {
		return inJiraWords(text, err)
	}
	depth, negations := 0, 0
	for {
		t, err := lex.Next()
		if err != nil {
			return inJiraWords(text, err)
		}
		switch {
		case t.EOF():
			return nil
		case t.Value == "!" || strings.EqualFold(t.Value, "not"):
			negations++
		case t.Value == "(":
			depth, negations = depth+1, 0
		case t.Value == ")":
			depth, negations = depth-1, 0
		case t.Type != tokens.Symbols()["space"]:
			negations = 0
		}
		if depth+negations > maxNesting {
			return refuseQuery("the query is nested too deeply.")
		}
	}
}

// checkQuery refuses what the grammar lets through: a custom field that is no number, IS with a value, IN without a
// list.
func (q *Query) checkQuery() error {
	for _, o := range q.Order {
		if err := o.Field.checkName(); err != nil {
			return err
		}
	}
	if q.Where == nil {
		return nil
	}
	return q.Where.checkParts()
}

func (o *Or) checkParts() error {
	for _, and := range o.Parts {
		for _, part := range and.Parts {
			if err := part.checkInner(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (n *Not) checkInner() error {
	switch {
	case n.Negated != nil:
		return n.Negated.checkInner()
	case n.Group != nil:
		return n.Group.checkParts()
	}
	return n.Clause.checkClause()
}

func (c *Clause) checkClause() error {
	if err := c.Field.checkName(); err != nil {
		return err
	}
	operator, single := c.Operator.String(), c.Values.Single
	isList := slices.Contains([]string{"in", "not in"}, operator)
	switch {
	case isList && single != nil && single.Call == nil:
		return refuseQuery("Expecting '(' after 'in'.")
	case !isList && single == nil:
		return refuseQuery("Expecting a value, list or function but got '('.")
	case strings.HasPrefix(operator, "is") && !single.Empty:
		return Refusal(fmt.Sprintf("The operator '%s' can only be used with the value EMPTY or NULL.", operator))
	}
	return nil
}

func (f Field) checkName() error {
	if f.Custom == "" {
		if f.Name == "" {
			return refuseQuery("Expecting a field name but got ''.")
		}
		return nil
	}
	if _, err := strconv.Atoi(f.Custom); err != nil {
		return refuseQuery(fmt.Sprintf("Expecting a custom field id but got '%s'.", f.Custom))
	}
	return nil
}

// Refusal is a sentence of Jira about a query that it does not take.
type Refusal string

// Error is the sentence.
func (r Refusal) Error() string { return string(r) }

func refuseQuery(what string) error { return Refusal("Error in the JQL Query: " + what) }

// inJiraWords says what Jira says where a text is no query.
func inJiraWords(text string, err error) error {
	var unexpected *participle.UnexpectedTokenError
	if errors.As(err, &unexpected) {
		want := expectedText(unexpected)
		if unexpected.Unexpected.EOF() {
			return refuseQuery(want + " before the end of the query.")
		}
		return refuseQuery(fmt.Sprintf("%s but got '%s'. (%s)", want, unexpected.Unexpected.Value,
			placeText(unexpected.Unexpected.Pos)))
	}
	var illegal *lexer.Error
	if !errors.As(err, &illegal) {
		return refuseQuery(err.Error())
	}
	rest := text[min(illegal.Pos.Offset, len(text)):]
	if strings.HasPrefix(rest, `"`) || strings.HasPrefix(rest, "'") {
		return refuseQuery(fmt.Sprintf("The quoted string '%s' has not been completed. (%s)", rest[1:],
			placeText(illegal.Pos)))
	}
	first := []rune(rest + " ")[0]
	return refuseQuery(fmt.Sprintf("The character '%c' is a reserved JQL character. You must enclose it in a "+
		"string or "+
		"use the escape "+
		"'\\u%04x' instead. (%s)", first, first, placeText(illegal.Pos)))
}

func placeText(p lexer.Position) string {
	return fmt.Sprintf("line %d, character %d", p.Line, p.Column)
}

// expectedText names what Jira would have read next. The parser tells it as the rest of its rule, which begins with
// what is missing.
func expectedText(u *participle.UnexpectedTokenError) string {
	_, rule, _ := strings.Cut(u.Error(), "(expected ")
	for _, known := range []struct{ rule, words string }{
		{"Operator", "Expecting operator"},
		{"Values", "Expecting a value, list or function"},
		{"Operand", "Expecting a value, list or function"},
		{`")"`, "Expecting ')'"},
		{`"("`, "Expecting ',' or ')'"},
		{`"by"`, "Expecting 'by'"},
		{`"]"`, "Expecting ']'"},
		{"", "Expecting either 'OR' or 'AND'"},
	} {
		if known.rule != "" && strings.HasPrefix(rule, known.rule) || known.rule == rule {
			return known.words
		}
	}
	return "Expecting a field name"
}
