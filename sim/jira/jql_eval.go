package jirasim

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// searcher runs JQL against a view. It first checks every clause, so that a wrong value is an error
// even where no issue would have asked for it.
type searcher struct {
	site *Site
	view *view
	now  time.Time
	zone *time.Location // of the account that asks: quoted dates are in it

	level      func(*shown) int64
	dataCenter bool
}

// test says whether an issue meets a condition.
type test func(*shown) bool

// search returns the issues that JQL finds, in its order. Errors are Jira's 400s.
func (s *searcher) search(jql string) ([]*shown, error) {
	q, err := parseJQL(jql)
	if err != nil {
		return nil, err
	}
	if q.where == nil && s.dataCenter {
		q.where = &logic{and: true}
	}
	if q.where == nil {
		return nil, badRequest("Unbounded JQL queries are not allowed here. Please add a search restriction to your query.")
	}
	ok, err := s.compile(q.where)
	if err != nil {
		return nil, err
	}
	less, err := s.orders(q.order)
	if err != nil {
		return nil, err
	}
	var out []*shown
	for _, i := range s.view.issues {
		if ok(i) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, less)
	return out, nil
}

func (s *searcher) compile(n node) (test, error) {
	switch n := n.(type) {
	case *negation:
		t, err := s.compile(n.part)
		return func(i *shown) bool { return !t(i) }, err
	case *logic:
		var parts []test
		for _, p := range n.parts {
			t, err := s.compile(p)
			if err != nil {
				return nil, err
			}
			parts = append(parts, t)
		}
		return func(i *shown) bool {
			for _, t := range parts {
				if t(i) != n.and {
					return !n.and
				}
			}
			return n.and
		}, nil
	}
	return s.clause(n.(*clause))
}

// jqlField is a field of the language: what an issue holds in it, as the texts a value may be written in
// (one inner list for each element the issue holds), and how a value is checked.
type jqlField struct {
	name   string
	values func(*shown) [][]string
	known  func(word string) bool // nil: any value is fine
	wrong  string                 // the words of the 400 for an unknown value; %s is the value
	time   string                 // id of a field that holds a moment

	canonical func(word string) string // the text that stands for a known value; nil: the value itself
}

func (s *searcher) clause(c *clause) (test, error) {
	f, err := s.field(c.field)
	if err != nil {
		return nil, err
	}
	switch {
	case f.time != "" && !strings.HasPrefix(c.operator, "is"):
		return s.timeClause(c, f)
	case strings.Contains(c.operator, "~"):
		return textClause(c, f)
	case strings.ContainsAny(c.operator, "<>"):
		if f.name == "key" {
			return s.keyClause(c)
		}
		return nil, badRequest(fmt.Sprintf("The operator '%s' is not supported by the '%s' field.", c.operator, c.field))
	}
	match, err := s.matcher(c, f)
	if err != nil {
		return nil, err
	}
	if c.operator == "!=" || c.operator == "not in" || c.operator == "is not" {
		// As in Jira, a negative comparison with values finds no issue whose field is empty.
		byEmpty := slices.ContainsFunc(c.values, func(o operand) bool { return o.empty })
		return func(i *shown) bool { return !match(i) && (byEmpty || len(f.values(i)) > 0) }, nil
	}
	return match, nil
}

// matcher returns a test whether the field holds one of the clause's values.
func (s *searcher) matcher(c *clause, f jqlField) (test, error) {
	var words []string
	empty := false
	for _, v := range c.values {
		switch {
		case v.empty:
			empty = true
		case v.function != "":
			w, err := s.function(v, f)
			if err != nil {
				return nil, err
			}
			words = append(words, w...)
		default:
			if f.known != nil && !f.known(v.text) {
				return nil, badRequest(fmt.Sprintf(f.wrong, v.text))
			}
			if f.name == "resolution" && strings.EqualFold(v.text, "unresolved") {
				empty = true
				continue
			}
			if f.canonical != nil {
				v.text = f.canonical(v.text)
			}
			words = append(words, strings.ToLower(v.text))
		}
	}
	return func(i *shown) bool {
		held := f.values(i)
		if len(held) == 0 {
			return empty
		}
		for _, forms := range held {
			if slices.ContainsFunc(forms, func(h string) bool { return slices.Contains(words, strings.ToLower(h)) }) {
				return true
			}
		}
		return false
	}, nil
}

// function returns the values that a function stands for.
func (s *searcher) function(o operand, f jqlField) ([]string, error) {
	state := map[string]string{"opensprints": "active", "closedsprints": "closed", "futuresprints": "future"}[strings.ToLower(o.function)]
	if state == "" {
		return nil, badRequest(fmt.Sprintf("Unable to find JQL function '%s(%s)'.", o.function, strings.Join(o.args, ", ")))
	}
	if f.name != "sprint" {
		return nil, badRequest(fmt.Sprintf("The function '%s' is not supported by the '%s' field.", o.function, f.name))
	}
	var ids []string
	for _, sp := range s.view.sprints {
		if text(sp["state"]) == state {
			ids = append(ids, text(sp["id"]))
		}
	}
	return ids, nil
}

func textClause(c *clause, f jqlField) (test, error) {
	if f.name != "summary" || c.values[0].text == "" {
		return nil, badRequest(fmt.Sprintf("The operator '%s' is not supported by the '%s' field.", c.operator, c.field))
	}
	words := strings.Fields(strings.ToLower(strings.Trim(c.values[0].text, `"*`)))
	return func(i *shown) bool {
		have := strings.ToLower(text(i.fields["summary"]))
		all := true
		for _, w := range words {
			all = all && strings.Contains(have, strings.Trim(w, "*"))
		}
		return all == (c.operator == "~")
	}, nil
}

// keyClause compares issues of the same project by number, as Jira does.
func (s *searcher) keyClause(c *clause) (test, error) {
	word := c.values[0].text
	other := s.view.issue(word)
	if other == nil {
		return nil, badRequest(fmt.Sprintf("An issue with key '%s' does not exist for field 'key'.", word))
	}
	project, n := splitKey(other.key)
	return func(i *shown) bool {
		p, m := splitKey(i.key)
		return p == project && compares(c.operator, cmp.Compare(m, n))
	}, nil
}

func compares(operator string, c int) bool {
	switch operator {
	case ">":
		return c > 0
	case ">=":
		return c >= 0
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case "!=":
		return c != 0
	}
	return c == 0
}

func (s *searcher) timeClause(c *clause, f jqlField) (test, error) {
	if c.operator == "in" || c.operator == "not in" || strings.Contains(c.operator, "~") {
		return nil, badRequest(fmt.Sprintf("The operator '%s' is not supported by the '%s' field.", c.operator, c.field))
	}
	v := c.values[0]
	t, err := s.moment(v, c.field)
	if err != nil {
		return nil, err
	}
	return func(i *shown) bool {
		held := parseTime(i.fields[f.time])
		return !held.IsZero() && compares(c.operator, held.Compare(t))
	}, nil
}

// moment reads a date of JQL: quoted in the zone of the account, bare digits as milliseconds of the epoch,
// "-75m" relative to now.
func (s *searcher) moment(v operand, field string) (time.Time, error) {
	if v.function != "" {
		return s.startOf(v)
	}
	if ms, err := strconv.ParseInt(v.text, 10, 64); err == nil && !v.quoted {
		return time.UnixMilli(ms), nil
	}
	for _, layout := range []string{"2006/01/02 15:04", "2006-01-02 15:04", "2006/01/02", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, v.text, s.zone); err == nil {
			return t, nil
		}
	}
	if d, ok := relative(v.text); ok {
		return s.now.Add(d), nil
	}
	return time.Time{}, badRequest(fmt.Sprintf("Date value '%s' for field '%s' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.", v.text, field))
}

func (s *searcher) startOf(v operand) (time.Time, error) {
	y, m, d := s.now.In(s.zone).Date()
	switch name := strings.ToLower(v.function); {
	case name == "now" && len(v.args) == 0:
		return s.now, nil
	case name == "startofday" && len(v.args) == 0:
		return time.Date(y, m, d, 0, 0, 0, 0, s.zone), nil
	case name == "startofmonth" && len(v.args) == 0:
		return time.Date(y, m, 1, 0, 0, 0, 0, s.zone), nil
	case name == "startofyear" && len(v.args) == 0:
		return time.Date(y, 1, 1, 0, 0, 0, 0, s.zone), nil
	}
	return time.Time{}, badRequest(fmt.Sprintf("Unable to find JQL function '%s(%s)'.", v.function, strings.Join(v.args, ", ")))
}

// relative reads "-75m", "4w 2d"; a sign counts for the whole.
func relative(s string) (time.Duration, bool) {
	units := map[byte]time.Duration{'m': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}
	sign := time.Duration(1)
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		s, sign = rest, -1
	} else {
		s = strings.TrimPrefix(s, "+")
	}
	var sum time.Duration
	for _, w := range strings.Fields(s) {
		n, err := strconv.ParseUint(w[:len(w)-1], 10, 20)
		unit := units[w[len(w)-1]]
		if err != nil || unit == 0 {
			return 0, false
		}
		sum += time.Duration(n) * unit
	}
	return sign * sum, sum != 0
}
