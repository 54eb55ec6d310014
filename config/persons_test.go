package config

import (
	"strings"
	"testing"
)

// TestQueriesOfPersons: a query that makes a team of one person or two is refused, in whatever way it asks; one for a
// group, for three, or for what nobody has is taken, and so is one that only looks like it.
func TestQueriesOfPersons(t *testing.T) {
	for jql, want := range map[string]string{
		"assignee = ada":                                    "assignee",
		"Assignee != ada AND component = Core":              "assignee",
		`component = Core and "assignee" in (ada, 'ben b')`: "assignee",
		"reporter not in (ada)":                             "reporter",
		"creator=ada":                                       "creator",
		"worklogAuthor = ada":                               "worklogauthor",
		"watcher was ada":                                   "watcher",
		"assignee was not in (ada, ben)":                    "assignee",
		"assignee changed by ada":                           "assignee",
		"assignee changed from ada to ben":                  "assignee",
		"assignee = currentUser()":                          "assignee",
		"issuekey in updatedBy(ada)":                        "updatedby()",
		"status changed by currentUser()":                   "currentuser()",
		"voter ~ ada":                                       "voter",
		"status changed by ada":                             "by",
		`status changed to Done BY "ada" AFTER -2w`:         "by",
		`status was Done by (ada, ben)`:                     "by",
		"issue in watchedIssues()":                          "watchedissues()",
		"key in votedIssues()":                              "votedissues()",
		"approvals = approver(ada)":                         "approver()",
		`"Reviewer[User Picker (single user)]" = ada`:       "reviewer[user picker (single user)]",
		`'Approvers[People]' in (ada, ben)`:                 "approvers[people]",
		`issueFunction in commented("by ada after -2w")`:    "issuefunction",

		"":                                   "",
		"component = Core ORDER BY assignee": "",
		"assignee in (ada, ben, cleo)":       "",
		`assignee in membersOf("k8s-team")`:  "",
		`assignee not in membersOf("contractors")`: "",
		"assignee is EMPTY":                        "",
		"assignee is not empty AND labels = x":     "",
		"assignee = empty":                         "",
		"assignee changed":                         "",
		"assignee changed after -2w":               "",
		`summary ~ "assignee = ada"`:               "",
		"labels = assignee":                        "",
		"labels = x order by assignee":             "",
		`status changed by membersOf("k8s-team")`:  "",
		"status changed by (ada, ben, cleo)":       "",
		`summary ~ "step by step"`:                 "",
		`"by" = x`:                                 "",
		`"Size[Number]" = 3`:                       "",
		`"Squad[Dropdown]" = x`:                    "",
		`issueFunction in hasLinks("blocked by")`:  "",
		"labels in (reporter, watcher)":            "",
	} {
		if got := personAskedFor(jql); got != want {
			t.Errorf("%s: %q, want %q", jql, got, want)
		}
	}
}

// TestQueriesOfPersonsAreRefused: the error names the place, for every query of the file.
func TestQueriesOfPersonsAreRefused(t *testing.T) {
	const file = "jira: {url: https://jira.example, token: t}\nimpediment.jql: reporter = ada\nprojects:\n" +
		"  - name: K8S\n    jql_filter: assignee = ada\n"
	_, err := Load("jerem.yml", []byte(file), variables())
	if err == nil || strings.Count(err.Error(), "never a person") != 2 ||
		!strings.Contains(err.Error(), "jerem.yml:2:") || !strings.Contains(err.Error(), "jerem.yml:5:") {
		t.Errorf("%v", err)
	}
}
