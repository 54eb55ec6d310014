package reporting

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/measure/words"
	"jerem/web"
)

// Explain is the command that opens a figure.
type Explain struct {
	Figure  string `arg:"" help:"{explain_figure}"`
	Team    string `help:"The team." placeholder:"NAME"`
	Sprint  string `help:"Of this sprint, by its number in Jira." placeholder:"ID" xor:"quarter,epic"`
	Quarter string `help:"{explain_quarter}" placeholder:"Q4-26" xor:"quarter"`
	Epic    string `help:"{explain_epic}" placeholder:"KEY" xor:"epic"`
	Nature  string `help:"Of this nature, for impediments.by_nature." placeholder:"NAME"`
	Rule    string `help:"Of this rule of alerts, for figures of on-call by rule." placeholder:"NAME"`
	Column  string `help:"Of this column, for column_pace." placeholder:"NAME"`
	Week    string `help:"{explain_week}" placeholder:"2026-W46"`
	Epics   string `help:"{explain_epics}" placeholder:"KEY,KEY"`

	Initiative string `help:"{explain_initiative}" placeholder:"NAME"`

	At   string `help:"{explain_at}" placeholder:"TIME"`
	JSON bool   `help:"Write JSON, as /api/v1/explain answers." name:"json"`
}

// recordedAnswer is an answer of the API, kept in memory.
type recordedAnswer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (r *recordedAnswer) Header() http.Header { return r.header }

// WriteHeader implements http.ResponseWriter.
func (r *recordedAnswer) WriteHeader(status int) { r.status = status }

// Write implements http.ResponseWriter.
func (r *recordedAnswer) Write(text []byte) (int, error) { return r.body.Write(text) }

// Run writes the explanation of the API, which the pages open too.
func (c Explain) Run(e *setup.Environment) error {
	if _, err := setup.ParseMoment("--at", c.At); err != nil {
		return err
	}
	o, err := e.OpenRead(e.Ctx)
	if err != nil {
		return err
	}
	defer o.Store.Close()
	query, err := c.query(o)
	if err != nil {
		return err
	}
	computed, err := o.ComputedTeams(e.Ctx)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(e.Ctx, http.MethodGet, "http://localhost"+explainPath+"?"+query.Encode(),
		nil)
	if err != nil {
		return err
	}
	answer := &recordedAnswer{header: http.Header{}, status: http.StatusOK}
	web.New(web.Options{Store: o.Store, Teams: o.Teams, Computed: computed, Jira: o.Config.Jira.URL, Log: o.Log,
		AnyHost: true}).ServeHTTP(answer, request)
	if answer.status != http.StatusOK {
		return explainProblem(answer)
	}
	if c.JSON {
		_, err = e.Stdout.Write(answer.body.Bytes())
		return err
	}
	return writeExplanation(e, cmp.Or(query.Get("team"), query.Get("initiative")), answer.body.Bytes())
}

// explainPath is where the API explains figures.
const explainPath = "/api/v1/explain"

// query is what the API is asked: what the flags name, or what the address of an explanation does.
func (c Explain) query(o *setup.Instance) (url.Values, error) {
	if _, text, isAddress := strings.Cut(c.Figure, explainPath+"?"); isAddress {
		query, err := url.ParseQuery(text)
		if err == nil && c.isNarrowed() {
			err = errors.New("an address says what it is of: leave out --team and all else but --json")
		}
		if err != nil {
			return nil, setup.UsageError{Err: fmt.Errorf("%s: %w", c.Figure, err)}
		}
		return query, nil
	}
	if c.Team == "" && c.Initiative == "" {
		return nil, setup.UsageError{Err: errors.New("--team is missing: name the team whose figure it is")}
	}
	if c.Team != "" {
		if _, err := o.ChosenTeams(c.Team); err != nil {
			return nil, err
		}
	}
	query := url.Values{"figure": {c.Figure}, "team": {c.Team}, "sprint": {c.Sprint}, "quarter": {c.Quarter},
		"epic": {c.Epic}, "nature": {c.Nature}, "rule": {c.Rule}, "column": {c.Column},
		"week": {c.Week}, "epics": {c.Epics}, "initiative": {c.Initiative}, "at": {c.At}}
	maps.DeleteFunc(query, func(_ string, values []string) bool { return values[0] == "" })
	return query, nil
}

// isNarrowed tells whether flags say what the figure is of.
func (c Explain) isNarrowed() bool {
	return c != Explain{Figure: c.Figure, JSON: c.JSON}
}

// explainProblem tells what the API refused, and the remedy; a question that cannot be asked is wrong usage.
func explainProblem(answer *recordedAnswer) error {
	var told struct {
		Error struct{ Message, Hint string }
	}
	if err := json.Unmarshal(answer.body.Bytes(), &told); err != nil {
		return err
	}
	err := errors.New(told.Error.Message + ": " + told.Error.Hint)
	if answer.status == http.StatusBadRequest || answer.status == http.StatusNotFound {
		return setup.UsageError{Err: err}
	}
	return err
}

// writeExplanation writes an explanation for people; it is of a team, or of an initiative.
func writeExplanation(e *setup.Environment, of string, body []byte) error {
	var a struct {
		Figure, Unit string
		Value        any // a number, a date or null
		At           time.Time
		Formula      struct{ Words, Numbers string }
		Inputs       []struct {
			Time        *time.Time
			Date        *string
			Issue, What string
			Value       *float64
		}
		Notes   []string
		JQL     *string
		Quality struct {
			Grade   string
			Reasons []string
		}
	}
	if err := json.Unmarshal(body, &a); err != nil {
		return err
	}
	number := func(x float64) string { return fmt.Sprintf("%g", x) }
	var out bytes.Buffer
	line := func(format string, args ...any) {
		out.WriteString(terminal.Printable(fmt.Sprintf(format, args...)) + "\n")
	}
	line("%s of %s: %s (%s), as of %s", a.Figure, of, valueText(a.Value), a.Unit, a.At.Format(time.RFC3339))
	line("  %s", a.Formula.Words)
	line("  %s", a.Formula.Numbers)
	for _, i := range a.Inputs {
		when := words.OrDash(i.Date, func(date string) string { return date })
		if i.Time != nil {
			when = i.Time.Format(time.RFC3339)
		}
		line("  %s  %s  %s  %s", when, i.Issue, i.What, words.OrDash(i.Value, number))
	}
	for _, note := range a.Notes {
		line("  %s", note)
	}
	line("  grade: %s", a.Quality.Grade)
	for _, reason := range a.Quality.Reasons {
		line("    %s", reason)
	}
	if a.JQL != nil {
		line("  JQL: %s", *a.JQL)
	}
	_, err := e.Stdout.Write(out.Bytes())
	return err
}

// valueText writes the value of a figure: a number, a date, or a dash where it cannot be told.
func valueText(value any) string {
	switch value := value.(type) {
	case nil:
		return "–"
	case float64:
		return fmt.Sprintf("%g", value)
	}
	return fmt.Sprint(value)
}
