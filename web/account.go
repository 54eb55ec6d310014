package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"jerem/measure"
)

var accountTemplate = parsePage(frameFiles, "account.html")

// accountView is the page that holds a sprint's ledger against the sprint report of Jira itself.
type accountView struct {
	Sprint, Address, CSV, API string
	Sentence                  template.HTML
	Unit                      string
	Sums                      []accountSum
	Lines                     []accountLine
	Explains                  []explanation
}

type accountSum struct{ Name, Issues, Initial, Final string }

type accountLine struct{ Key, Address, Here, Report, Estimate, Why string }

// reportLists are the lists of Jira's report, in its order and in its words.
var reportLists = []struct{ list, name string }{{measure.ListCompleted, "Completed"}, {measure.ListNotCompleted, "Not completed"},
	{measure.ListCompletedOutside, "Completed outside of the sprint"}, {measure.ListRemoved, "Removed from the sprint"}}

// accountPage describes the account of a sprint against Jira's own report.
func (s *sprintPages) accountPage(r *http.Request) (view, error) {
	team, sp, at, err := s.teams.sprintAsked(r)
	if err != nil {
		return view{}, err
	}
	d, err := team.Differences(sp.ID, at)
	if err != nil {
		return view{}, err
	}
	w := wordsOf(team)
	v := view{template: accountTemplate, Title: sp.Name + " against Jira's report", page: "sprint"}
	v.shown(team, w, at)
	base, keep := teamAddress(v.Team), ""
	if asked := queryAt(r.URL.RawQuery); asked != "" {
		keep = "?at=" + url.QueryEscape(asked)
	}
	sprint := fmt.Sprintf("%s/sprints/%d", base, sp.ID)
	p := accountView{Sprint: sp.Name, Address: sprint + keep, CSV: sprint + "/differences.csv" + keep, API: "/api/v1" + sprint + "/differences" + keep, Unit: w.unitName()}
	p.Sentence = "This sprint has no ledger to hold against a report yet."
	if d != nil {
		p.fill(d, w, base, keep)
	}
	v.Body = p
	return v, nil
}

// fill writes the account.
func (p *accountView) fill(d *measure.Differences, w words, base, keep string) {
	lists := map[string][]measure.ReportIssue{measure.ListCompleted: d.Report.Completed, measure.ListNotCompleted: d.Report.NotCompleted,
		measure.ListCompletedOutside: d.Report.CompletedOutside, measure.ListRemoved: d.Report.Removed}
	names := map[string]string{}
	for _, one := range reportLists {
		sums := d.Sums[one.list]
		names[one.list] = strings.ToLower(one.name)
		p.Sums = append(p.Sums, accountSum{one.name, fmt.Sprint(len(lists[one.list])), w.amount(sums.Initial), w.amount(sums.Final)})
	}
	switch n := len(d.Differences); n {
	case 0:
		p.Sentence = "The ledger and Jira's own report say the same of every issue."
	case 1:
		p.Sentence = "The ledger and Jira's own report differ on 1 issue, and it is named."
	default:
		p.Sentence = template.HTML(fmt.Sprintf("The ledger and Jira's own report differ on %d issues, each named.", n))
	}
	for _, one := range d.Differences {
		line := accountLine{Key: one.Issue, Address: issueAddress(base, one.Issue, keep), Here: "–", Report: "not listed", Estimate: w.signed(one.Estimate), Why: strings.ReplaceAll(one.Why, "_", " ")}
		var here []string
		for _, kind := range one.Here {
			here = append(here, orElse(kindWords[kind], string(kind)))
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

// accountCSV is the table of differences for other programs, estimates in the team's unit.
func (s *sprintPages) accountCSV(r *http.Request) (view, error) {
	team, sp, at, err := s.teams.sprintAsked(r)
	if err != nil {
		return view{}, err
	}
	d, err := team.Differences(sp.ID, at)
	if err != nil {
		return view{}, err
	}
	rows := [][]string{{"issue", "here", "report", "estimate", "why"}}
	if d != nil {
		for _, one := range d.Differences {
			var here []string
			for _, kind := range one.Here {
				here = append(here, string(kind))
			}
			rows = append(rows, []string{one.Issue, strings.Join(here, ", "), cell(one.Report), number(one.Estimate), one.Why})
		}
	}
	return csvView(fmt.Sprintf("differences-%d", sp.ID), rows), nil
}
