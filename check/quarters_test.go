package check

import (
	"strings"
	"testing"

	"jerem/agile"
	"jerem/sync/synctest"
)

// quarterSite is a site whose epics carry a mark of their quarter.
func quarterSite(marks ...string) string {
	story := "-- board 1 scrum K8S \"Kubernetes\" --\n-- sprints --\n-- versions --\n501 K8S \"Q3-26\" renamed " +
		"2026-08-05 10:00 \"Q4-26\"\n502 K8S \"4.2\"\n503 K8S \"2026-Q4\"\n504 K8S \"Q4-2026\"\n"
	for n, mark := range marks {
		story += "-- K8S-" + string(rune('1'+n)) + " Epic \"E\" --\n2026-08-01 10:00 created " + mark + "\n"
	}
	return story + "-- K8S-9 Story \"S\" --\n2026-08-10 10:00 created points=1\n"
}

// TestCheckQuartersBy: check tells the quarters by what the configuration says, and which setting would tell them where
// nothing does.
func TestCheckQuartersBy(t *testing.T) {
	const version, due, label = agile.ByFixVersion, agile.ByDueDate, agile.ByLabel
	for _, c := range []struct {
		by    agile.QuarterBy
		epics []string
		found string
		hint  string
		set   string // a line of the configuration
	}{
		{version, []string{"fix=501", "fix=501,502", "fix=502", "labels=Q1-27"},
			"4 epics: Q4-26 (2); 2 without a quarter", "", ""},
		{due, []string{"due=2026-09-30", "due=2026-10-01", "due=2026-12-31", ""},
			"4 epics: Q4-26 (2), Q3-26 (1); 1 without a quarter", "", ""},
		{version, []string{"fix=502"}, "1 epic, none with a fix version named like a quarter: no roadmap",
			"Give each epic the version of its quarter in Fix versions, named such as Q4-26.", ""},
		{due, []string{""}, "1 epic, none with a due date: no roadmap",
			"Give each epic the day on which it is due.", ""},
		{due, nil, "there are no epics: no roadmap",
			"Put issues into epics, and give each epic a due date, to see the quarter.", ""},
		{version, []string{"fix=504"}, "but these look like quarters: Q4-2026 (1)", "",
			`quarter.label '(?i)^Q([1-4])[-_.]?20(\d{2})$' as the versions are named: Q4-2026 (1)`},
		{version, []string{"fix=503"}, "but these look like quarters: 2026-Q4 (1)",
			"The year must come after the quarter: add versions such as Q4-26 to these epics in Jira.", ""},
		{label, []string{"fix=501", "fix=501", ""}, "none with a quarter's label: no roadmap; but fix versions tell " +
			"quarters: Q4-26 (2)", "", "quarter.by fix_version as the epics tell: Q4-26 (2)"},
		{label, []string{"due=2026-10-01"}, "but due dates tell quarters: Q4-26 (1)", "",
			"quarter.by due_date as the epics tell: Q4-26 (1)"},
		{version, []string{"labels=Q4-26"}, "but labels tell quarters: Q4-26 (1)", "",
			"quarter.by label as the epics tell: Q4-26 (1)"},
		{label, []string{"due=2026-10-01", "", ""}, "3 epics, none with a quarter's label: no roadmap",
			"Give each epic the label of its quarter, such as Q4-26.", ""}, // most have no due date
	} {
		conf := synctest.Team("K8S", 0)
		conf.Quarter.By = c.by
		f := checkOf(t, synctest.StorySite(t, quarterSite(c.epics...)), conf)["team K8S: quarters"]
		set := ""
		for _, s := range f.Settings {
			set += s.Key + " " + s.Value + " " + s.Why
		}
		if !strings.HasSuffix(f.Found, c.found) || f.Hint != c.hint || set != c.set {
			t.Errorf("by %s, %q:\n got %q, %q, %q\nwant %q, %q, %q", c.by, c.epics, f.Found, f.Hint, set, c.found,
				c.hint, c.set)
		}
	}
}
