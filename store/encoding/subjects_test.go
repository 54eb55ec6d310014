package encoding

import (
	"testing"

	"jerem/agile"
)

// TestSubjects: what a gap is of is kept as a code and its arguments, and read as it was.
func TestSubjects(t *testing.T) {
	for want, s := range map[string]agile.Subject{
		"":                                  {},
		`["no_issues"]`:                     agile.NewSubject(agile.SubjectNoIssues),
		`["sprint_gone","7"]`:               agile.NewSubject(agile.SubjectSprintGone, 7),
		`["issues_unlisted","12","345"]`:    agile.NewSubject(agile.SubjectIssuesUnlisted, 12, 345),
		`["sprint_date","","4"]`:            agile.NewSubject(agile.SubjectSprintDate, "", 4),
		`["name","say \"é\" <b> & \\ 7\n"]`: agile.NamedSubject("say \"é\" <b> & \\ 7\n"),
	} {
		got := EncodeSubject(s)
		if got != want {
			t.Errorf("%+v is kept as %s, not %s", s, got, want)
		}
		if read, err := DecodeSubject(got); err != nil || read != s {
			t.Errorf("%s is read as %+v, %v", got, read, err)
		}
	}
	for _, text := range []string{"sprint 7 is gone", "[]", `["a","b","c","d"]`, `{"code":"a"}`, "[7]"} {
		if s, err := DecodeSubject(text); err == nil {
			t.Errorf("%s is read as %+v", text, s)
		}
	}
}
