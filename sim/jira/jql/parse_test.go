package jql

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	q, err := Parse(`project = "K 8 \"S\"" AND (NOT cf[11028] is not empty or sprint not in (7, openSprints("a", ` +
		`b))) order by Rank DESC, key`)
	if err != nil {
		t.Fatal(err)
	}
	and := q.Where.Parts[0].Parts
	if c := and[0].Clause; c.Field.ID() != "project" || c.Operator.String() != "=" ||
		c.Values.All()[0].Value() != `K 8 "S"` {
		t.Errorf("the first clause is %s %s %q", c.Field.ID(), c.Operator, c.Values.All()[0].Value())
	}
	group := and[1].Group.Parts
	if c := group[0].Parts[0].Negated.Clause; c.Field.ID() != "customfield_11028" || c.Operator.String() != "is not" ||
		!c.Values.All()[0].Empty {
		t.Errorf("the negated clause is %s %s %+v", c.Field.ID(), c.Operator, c.Values.All())
	}
	c := group[1].Parts[0].Clause
	if values := c.Values.All(); c.Operator.String() != "not in" || len(values) != 2 || values[0].Value() != "7" ||
		values[1].Call.String() != "openSprints(a, b)" {
		t.Errorf("the list is %s %+v", c.Operator, values)
	}
	if len(q.Order) != 2 || q.Order[0].Field.ID() != "Rank" || !q.Order[0].Descending || q.Order[1].Descending {
		t.Errorf("the order is %+v", q.Order)
	}
}

// Hostile texts end with a sentence, not with the stack.
func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		strings.Repeat("not ", 1e6) + "a = b":  "nested too deeply",
		strings.Repeat("! ", 1e6) + "a = b":    "nested too deeply",
		strings.Repeat("(not ", 1e6) + "a = b": "nested too deeply",
		"a in " + strings.Repeat("(", 1e6):     "nested too deeply",
		`cf[x] = 1`:                            "Expecting a custom field id but got 'x'.",
		`a = (b)`:                              "Expecting a value, list or function but got '('.",
		"a = b\nand c ? d":                     "The character '?' is a reserved JQL character",
		"a = b\nand c d":                       "(line 2, character 7)",
		`a = 'b`:                               "The quoted string 'b' has not been completed.",
		`"" = b`:                               "Expecting a field name",
		`a = b order by ` + strings.Repeat("x, ", 7) + `x`: "at most 7 fields",
		`a = b order by cf[y]`:                             "Expecting a custom field id but got 'y'.",
		`a is not b`: "The operator 'is not' can only be used with the value " +
			"EMPTY or NULL.",
		`not (a = b or (c is d))`: "The operator 'is' can only be used with the value EMPTY " +
			"or NULL.",
		`a = b and and c = d`: "but got 'and'. (line 1, character 11)",
		`a in (b c)`:          "Expecting ',' or ')' but got 'c'",
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: %v, want %q", text, err, want)
		}
	}
	if _, err := Parse(strings.Repeat("(", 200) + "a = b" + strings.Repeat(")", 200)); err != nil {
		t.Errorf("200 parentheses: %v", err)
	}
	if _, err := Parse(strings.Repeat("not a = b and ", 1000) + "a = b"); err != nil {
		t.Errorf("1000 negations beside each other: %v", err)
	}
}
