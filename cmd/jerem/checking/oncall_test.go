package checking

import (
	"bytes"
	"strings"
	"testing"

	"jerem/check"
	"jerem/oncall/verify"
)

// TestSeverityOfOnCall: a finding about on-call has one severity wherever it is told: "ok" stands before none that is a
// warning or an error, whether it has a remedy or not, and each names the rota or person that it is about.
func TestSeverityOfOnCall(t *testing.T) {
	for _, c := range []struct {
		finding verify.Finding
		want    string
	}{
		{verify.Finding{Severity: verify.Error, Part: "few_people", Rota: "net", Text: "net has 2 people, fewer than 5",
			Remedy: "it runs all the same"}, "error oncall.few_people rota net: net has 2 people, fewer than 5"},
		{verify.Finding{Severity: verify.Warning, Part: "rest", Person: "ada", Text: "less than 11 h of rest"},
			"warn oncall.rest person ada: less than 11 h of rest"},
		{verify.Finding{Severity: verify.Warning, Part: "contact", Rota: "net", Person: "ben", Text: "has no contact",
			Remedy: "add one"}, "warn oncall.contact rota net, ben: has no contact"},
		{verify.Finding{Severity: verify.OK, Part: "coverage", Rota: "net", Text: "covers the whole week"},
			"ok oncall.coverage rota net: covers the whole week"},
		{verify.Finding{Severity: verify.Error, Part: "closed", Rota: "net", Text: "it has begun"},
			"FAIL oncall.closed rota net: it has begun"},
	} {
		var out bytes.Buffer
		page{out: &out}.writeFindings([]check.Finding{onCallFinding(c.finding)})
		if got := strings.Join(strings.Fields(out.String()), " "); !strings.Contains(got, c.want) {
			t.Errorf("%+v is told as %q, want %q", c.finding, got, c.want)
		}
	}
}
