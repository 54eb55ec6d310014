package report

import (
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"jerem/measure/sprintreport"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/source"
)

//go:embed differences.html
var files embed.FS

var pageTemplate = frame.ParsePage(files, "differences.html")

// Pages are the page of a sprint's differences from Jira's own report, and its files.
type Pages struct{ Teams *source.Teams }

// differencesPage is the page that holds a sprint's ledger against the sprint report of Jira itself.
type differencesPage struct {
	Sprint, Address, CSV, ListsCSV, API string
	Sentence                            template.HTML
	Unit                                string
	Sums                                []differencesSum
	Lines                               []differenceLine
	Explains                            []frame.Explanation
}

type differencesSum struct{ Name, Issues, Initial, Final string }

type differenceLine struct{ Key, Address, Here, Report, Estimate, Why string }

// reportLists are the lists of Jira's report, in its order and in its words.
var reportLists = []struct{ list, name string }{{sprintreport.ListCompleted, "Completed"},
	{sprintreport.ListNotCompleted, "Not completed"},
	{sprintreport.ListCompletedOutside, "Completed outside of the sprint"},
	{sprintreport.ListRemoved, "Removed from the sprint"}}

// Page describes the account of a sprint against Jira's own report.
func (s *Pages) Page(r *http.Request) (frame.View, error) {
	team, sp, at, err := s.Teams.SprintAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	d, err := sprintreport.Compare(team, sp.ID, at)
	if err != nil {
		return frame.View{}, err
	}
	w := format.WordsOf(team)
	v := frame.View{Template: pageTemplate, Title: sp.Name + " against Jira's report", Kind: "sprint"}
	v.SetMoment(team, w, at)
	base, keep := frame.TeamAddress(v.Team), ""
	if asked := frame.AskedAt(r.URL.RawQuery); asked != "" {
		keep = "?at=" + url.QueryEscape(asked)
	}
	sprint := fmt.Sprintf("%s/sprints/%d", base, sp.ID)
	p := differencesPage{Sprint: sp.Name, Address: sprint + keep, CSV: sprint + "/differences.csv" + keep,
		ListsCSV: sprint + "/report.csv" + keep, API: "/api/v1" + sprint + "/differences" + keep, Unit: w.UnitName()}
	p.Sentence = "This sprint has no ledger to hold against a report yet."
	if d != nil {
		p.fillDifferences(d, w, base, keep)
	}
	v.Body = p
	return v, nil
}

// fillDifferences writes the account.
func (p *differencesPage) fillDifferences(d *sprintreport.Differences, w format.Words, base, keep string) {
	lists := reportRows(d)
	names := map[string]string{}
	for _, one := range reportLists {
		sums := d.Sums[one.list]
		names[one.list] = strings.ToLower(one.name)
		p.Sums = append(p.Sums, differencesSum{one.name, fmt.Sprint(len(lists[one.list])), w.Amount(sums.Initial),
			w.Amount(sums.Final)})
	}
	switch n := len(d.Differences); n {
	case 0:
		p.Sentence = "The ledger and Jira's own report say the same of every issue."
	case 1:
		p.Sentence = `The ledger and Jira's own report differ on <a class="plain" ` +
			`href="#differences">1 issue</a>, and it is named.`
	default:
		p.Sentence = template.HTML(fmt.Sprintf(`The ledger and Jira's own report differ on <a class="plain" `+
			`href="#differences">%d issues</a>, each named.`, n))
	}
	for _, one := range d.Differences {
		line := differenceLine{Key: one.Issue, Address: frame.IssueAddress(base, one.Issue, keep), Here: "–",
			Report: "not listed", Estimate: w.Signed(one.Estimate), Why: strings.ReplaceAll(one.Why, "_", " ")}
		var here []string
		for _, kind := range one.Here {
			here = append(here, format.OrElse(format.KindWords[kind], string(kind)))
		}
		if len(here) > 0 {
			line.Here = strings.Join(here, ", ")
		}
		if one.Report != nil {
			line.Report = names[*one.Report]
		}
		p.Lines = append(p.Lines, line)
	}
}
