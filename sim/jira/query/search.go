package query

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/sim/jira/jql"
	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
	"jerem/sorting"
)

// Searcher runs JQL against a view. It first checks every clause, so that a wrong value is an error
// even where no issue would have asked for it.
type Searcher struct {
	Site *sitedata.Site
	View *sitedata.View // what is found in
	Now  time.Time
	Zone *time.Location // of the account that asks: quoted dates are in it

	Level      func(*sitedata.IssueView) int64 // of its type: 1 epic, 0 story, -1 sub-task
	DataCenter bool
}

// condition says whether an issue meets a part of a query.
type condition func(*sitedata.IssueView) bool

// Run returns the issues that JQL finds, in its order. An error is a [Refused].
func (s *Searcher) Run(text string) ([]*sitedata.IssueView, error) {
	q, err := jql.Parse(text)
	if err != nil {
		return nil, Refused(err.Error())
	}
	matches, err := s.compileWhere(q)
	if err != nil {
		return nil, err
	}
	less, err := compileOrder(s, q.Order)
	if err != nil {
		return nil, err
	}
	var out []*sitedata.IssueView
	for _, i := range s.View.Issues {
		if matches(i) {
			out = append(out, i)
		}
	}
	sorting.By(out, less)
	return out, nil
}

// compileWhere compiles WHERE. Cloud refuses a query without one; Data Center finds everything.
func (s *Searcher) compileWhere(q *jql.Query) (condition, error) {
	switch {
	case q.Where != nil:
		return s.compileOr(q.Where)
	case s.DataCenter:
		return func(*sitedata.IssueView) bool { return true }, nil
	}
	return nil, Refused("Unbounded JQL queries are not allowed here. Please add a search restriction to " +
		"your query.")
}

func (s *Searcher) compileOr(or *jql.Or) (condition, error) {
	var parts []condition
	for _, and := range or.Parts {
		part, err := s.compileAnd(and)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return func(i *sitedata.IssueView) bool {
		return slices.ContainsFunc(parts, func(holds condition) bool { return holds(i) })
	}, nil
}

func (s *Searcher) compileAnd(and jql.And) (condition, error) {
	var parts []condition
	for _, not := range and.Parts {
		part, err := s.compileNot(not)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return func(i *sitedata.IssueView) bool {
		return !slices.ContainsFunc(parts, func(holds condition) bool { return !holds(i) })
	}, nil
}

func (s *Searcher) compileNot(not jql.Not) (condition, error) {
	switch {
	case not.Group != nil:
		return s.compileOr(not.Group)
	case not.Clause != nil:
		return s.compileClause(not.Clause)
	}
	negated, err := s.compileNot(*not.Negated)
	return func(i *sitedata.IssueView) bool { return !negated(i) }, err
}

// jqlField is a field of the language: what an issue holds in it, as the texts a value may be written in
// (one inner list for each element the issue holds), and how a value is checked.
type jqlField struct {
	name   string
	values func(*sitedata.IssueView) [][]string
	known  func(word string) bool // nil: any value is fine
	wrong  string                 // the words of the 400 for an unknown value; %s is the value
	time   string                 // id of a field that holds a moment

	canonical func(word string) string // the text that stands for a known value; nil: the value itself
}

func (s *Searcher) compileClause(c *jql.Clause) (condition, error) {
	operator := c.Operator.String()
	f, err := s.queryField(c.Field.ID())
	if err != nil {
		return nil, err
	}
	switch {
	case f.time != "" && !strings.HasPrefix(operator, "is"):
		return s.timeCondition(c, f)
	case strings.Contains(operator, "~"):
		return textCondition(c, f)
	case strings.ContainsAny(operator, "<>"):
		if f.name == "key" {
			return s.keyCondition(c)
		}
		return nil, unsupportedOperator(c)
	}
	holds, err := s.valueCondition(c, f)
	if err != nil {
		return nil, err
	}
	if operator == "!=" || operator == "not in" || operator == "is not" {
		// As in Jira, a negative comparison with values finds no issue whose field is empty.
		byEmpty := slices.ContainsFunc(c.Values.All(), func(o jql.Operand) bool { return o.Empty })
		return func(i *sitedata.IssueView) bool { return !holds(i) && (byEmpty || len(f.values(i)) > 0) }, nil
	}
	return holds, nil
}

func unsupportedOperator(c *jql.Clause) error {
	return Refused(
		fmt.Sprintf("The operator '%s' is not supported by the '%s' field.", c.Operator, c.Field.ID()),
	)
}

// valueCondition tells whether the field holds one of the clause's values.
func (s *Searcher) valueCondition(c *jql.Clause, f jqlField) (condition, error) {
	var words []string
	empty := false
	for _, v := range c.Values.All() {
		if v.Empty || f.name == "resolution" && strings.EqualFold(v.Value(), "unresolved") {
			empty = true
			continue
		}
		w, err := s.valueWords(v, f)
		if err != nil {
			return nil, err
		}
		words = append(words, w...)
	}
	return func(i *sitedata.IssueView) bool {
		held := f.values(i)
		if len(held) == 0 {
			return empty
		}
		return slices.ContainsFunc(held, func(forms []string) bool {
			return slices.ContainsFunc(forms, func(h string) bool { return slices.Contains(words, strings.ToLower(h)) })
		})
	}, nil
}

// valueWords returns the texts, in lower case, one of which a field holds where it holds the operand.
func (s *Searcher) valueWords(v jql.Operand, f jqlField) ([]string, error) {
	if v.Call != nil {
		return s.sprintsOf(*v.Call, f)
	}
	word := v.Value()
	if f.known != nil && !f.known(word) {
		return nil, Refused(fmt.Sprintf(f.wrong, word))
	}
	if f.canonical != nil {
		word = f.canonical(word)
	}
	return []string{strings.ToLower(word)}, nil
}

// sprintsOf returns the ids of the sprints that a function stands for.
func (s *Searcher) sprintsOf(call jql.Call, f jqlField) ([]string, error) {
	states := map[string]string{"opensprints": "active", "closedsprints": "closed", "futuresprints": "future"}
	state := states[strings.ToLower(call.Function)]
	if state == "" {
		return nil, Refused(fmt.Sprintf("Unable to find JQL function '%s'.", call))
	}
	if f.name != "sprint" {
		return nil, Refused(fmt.Sprintf("The function '%s' is not supported by the '%s' field.", call.Function,
			f.name))
	}
	var ids []string
	for _, sprint := range s.View.Sprints {
		if wire.Text(sprint["state"]) == state {
			ids = append(ids, wire.Text(sprint["id"]))
		}
	}
	return ids, nil
}

func textCondition(c *jql.Clause, f jqlField) (condition, error) {
	wanted := c.Values.All()[0].Value()
	if f.name != "summary" || wanted == "" {
		return nil, unsupportedOperator(c)
	}
	words := strings.Fields(strings.ToLower(strings.Trim(wanted, `"*`)))
	return func(i *sitedata.IssueView) bool {
		title := strings.ToLower(wire.Text(i.Fields["summary"]))
		lacks := slices.ContainsFunc(
			words,
			func(w string) bool { return !strings.Contains(title, strings.Trim(w, "*")) },
		)
		return lacks == (c.Operator.String() == "!~")
	}, nil
}

// keyCondition compares issues of the same project by number, as Jira does.
func (s *Searcher) keyCondition(c *jql.Clause) (condition, error) {
	word := c.Values.All()[0].Value()
	other := s.View.FindIssue(word)
	if other == nil {
		return nil, Refused(fmt.Sprintf("An issue with key '%s' does not exist for field 'key'.", word))
	}
	project, n := splitKey(other.Key)
	return func(i *sitedata.IssueView) bool {
		p, m := splitKey(i.Key)
		return p == project && comparisonHolds(c.Operator.String(), cmp.Compare(m, n))
	}, nil
}

func comparisonHolds(operator string, c int) bool {
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

func (s *Searcher) timeCondition(c *jql.Clause, f jqlField) (condition, error) {
	operator := c.Operator.String()
	if operator == "in" || operator == "not in" || strings.Contains(operator, "~") {
		return nil, unsupportedOperator(c)
	}
	t, err := s.parseMoment(c.Values.All()[0], c.Field.ID())
	if err != nil {
		return nil, err
	}
	return func(i *sitedata.IssueView) bool {
		held := wire.ParseTime(i.Fields[f.time])
		return !held.IsZero() && comparisonHolds(operator, held.Compare(t))
	}, nil
}

// parseMoment reads a date of JQL: quoted in the zone of the account, bare digits as milliseconds of the epoch,
// "-75m" relative to now.
func (s *Searcher) parseMoment(v jql.Operand, field string) (time.Time, error) {
	if v.Call != nil {
		return s.momentOf(*v.Call)
	}
	if ms, err := strconv.ParseInt(v.Word, 10, 64); err == nil {
		return time.UnixMilli(ms), nil
	}
	for _, layout := range []string{"2006/01/02 15:04", "2006-01-02 15:04", "2006/01/02", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, v.Value(), s.Zone); err == nil {
			return t, nil
		}
	}
	if d, ok := parsePeriod(v.Value()); ok {
		return s.Now.Add(d), nil
	}
	return time.Time{}, Refused(
		fmt.Sprintf("Date value '%s' for field '%s' is invalid. Valid formats include: "+
			"'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', "+
			"'4w 2d'.",
			v.Value(), field),
	)
}

// momentOf is the moment that a function without arguments stands for.
func (s *Searcher) momentOf(call jql.Call) (time.Time, error) {
	year, month, day := s.Now.In(s.Zone).Date()
	name := strings.ToLower(call.Function)
	if len(call.Arguments) > 0 {
		name = ""
	}
	switch name {
	case "now":
		return s.Now, nil
	case "startofday":
		return time.Date(year, month, day, 0, 0, 0, 0, s.Zone), nil
	case "startofmonth":
		return time.Date(year, month, 1, 0, 0, 0, 0, s.Zone), nil
	case "startofyear":
		return time.Date(year, 1, 1, 0, 0, 0, 0, s.Zone), nil
	}
	return time.Time{}, Refused(fmt.Sprintf("Unable to find JQL function '%s'.", call))
}

// parsePeriod reads "-75m", "4w 2d"; a sign counts for the whole.
func parsePeriod(s string) (time.Duration, bool) {
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

// Refused is why Jira answers a query with 400, in its words.
type Refused string

// Error returns Jira's words.
func (r Refused) Error() string { return string(r) }
