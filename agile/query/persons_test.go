package query

import (
	"strings"
	"testing"
)

// TestFew: a query that makes a team of one person or two is refused, in whatever way it asks; one for a
// group, for three, or for what nobody has is taken, and so is one that only looks like it.
func TestFew(t *testing.T) {
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
		`labels=x&assignee=ada`:                             "assignee",
		`labels=x||(!reporter=ada)`:                         "reporter",
		`assign\u0065e = ada`:                               "assignee",
		`"assign\u0065e" = ada`:                             "assignee",
		`assignee = "empty"`:                                "assignee",
		"assignee in (ada, 'ada', ADA)":                     "assignee",
		"assignee in (ada, empty, ben)":                     "assignee",
		"issue in issueHistory()":                           "issuehistory()",

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
		"status changed from reporter to done":     "",
		`assignee in (ada, membersOf("k8s"))`:      "",
		"labels=x&assignee=empty|labels=y":         "",
	} {
		if got := Few(jql, People{}); got != want {
			t.Errorf("%s: %q, want %q", jql, got, want)
		}
	}
}

// TestFewOfASite: a field that the site says to be of people is one, by each of its names; the same name in another
// place is none, and neither is a field of another kind.
func TestFewOfASite(t *testing.T) {
	known := NewPeople("Reviewer", "cf[12001]", `Bob "the" Builder`, "Prüferin", "Request participants", "")
	for jql, want := range map[string]string{
		`"Reviewer" = zeb`:                             "reviewer",
		"reviewer=zeb":                                 "reviewer",
		"REVIEWER was zeb":                             "reviewer",
		"labels = x AND Reviewer in (zeb, ada)":        "reviewer",
		`"Reviewer[Benutzerauswahl (einzeln)]" = zeb`:  "reviewer[benutzerauswahl (einzeln)]",
		"cf[12001] = zeb":                              "cf[12001]",
		"CF [ 12001 ] != zeb":                          "cf[12001]",
		"not cf[12001] = zeb":                          "cf[12001]",
		`"Bob \"the\" Builder" = zeb`:                  `bob "the" builder`,
		`'Bob "the" Builder' = zeb`:                    `bob "the" builder`,
		`"PRÜFERIN" ~ zeb`:                             "prüferin",
		`Request\ participants = zeb`:                  "request participants",
		`(labels=x)&&("request participants" in(zeb))`: "request participants",

		"cf[12002] = zeb":                           "",
		"cf[1200] = zeb":                            "",
		`"Reviewers" = zeb`:                         "",
		`Reviewer in membersOf("k8s")`:              "",
		"Reviewer in (ada, ben, zeb)":               "",
		"cf[12001] is EMPTY":                        "",
		"labels = Reviewer":                         "",
		"status changed from Reviewer to Done":      "",
		"status was not in (Reviewer, Done)":        "",
		`text ~ "Reviewer = zeb"`:                   "",
		"ORDER BY Reviewer":                         "",
		`"Reviewer group[Group Picker]" = k8s`:      "",
		`labels = x ORDER BY "Reviewer", cf[12001]`: "",
	} {
		if got := Few(jql, known); got != want {
			t.Errorf("%s: %q, want %q", jql, got, want)
		}
	}
}

// TestSavedFilters: a saved filter is found in whatever way it is named, and nothing else is taken for one.
func TestSavedFilters(t *testing.T) {
	for jql, want := range map[string]string{
		"filter = 10042":                                      "10042",
		"labels = x OR Filter != 10042":                       "10042",
		"filter in (1, 2) and request = 3":                    "1 2 3",
		`not savedFilter not in ("4") or "searchRequest" = 5`: "4 5",
		"labels = filter":                                     "",
		"filter is empty":                                     "",
		`text ~ "filter = 3"`:                                 "",
		"ORDER BY filter":                                     "",
		"status changed from filter to done":                  "",
	} {
		if got := strings.Join(SavedFilters(jql), " "); got != want {
			t.Errorf("%s: %q, want %q", jql, got, want)
		}
	}
	for jql, want := range map[string]string{"filter = 7": "", `filter in (7, "Mine 2")`: "mine 2", "labels = x": ""} {
		if got := UnnumberedFilter(jql); got != want {
			t.Errorf("%s: %q, want %q", jql, got, want)
		}
	}
}
