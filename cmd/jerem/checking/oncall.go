package checking

import (
	"context"
	"time"

	"jerem/check"
	"jerem/cmd/jerem/setup"
	"jerem/config"
	"jerem/config/schema"
	"jerem/oncall/verify"
)

// checkOncall tells what is worth knowing of the section on call; nothing where the file has no rota.
func checkOncall(ctx context.Context, c *config.Config) []check.Finding {
	if !c.HasOncall() {
		return nil
	}
	r, records, err := setup.OpenRoster(ctx, c, false)
	if err != nil {
		return []check.Finding{check.FailedFinding("on-call store", "store", err)}
	}
	if records != nil {
		defer records.Close()
	}
	v, err := r.View(ctx, time.Now().Truncate(time.Second))
	if err != nil {
		return []check.Finding{check.FailedFinding("on-call store", "store", err)}
	}
	var out []check.Finding
	for _, f := range verify.File(v, c.Oncall.LineOf) {
		out = append(out, onCallFinding(f))
	}
	return out
}

// onCallFinding is a finding about the section on call among the others: it names what it is about, and keeps its
// severity.
func onCallFinding(f verify.Finding) check.Finding {
	out := check.Finding{What: "on-call " + f.Subject(), Part: "oncall." + f.Part, OK: !f.IsError(),
		Found: f.Subject() + ": " + f.Text, Hint: f.Remedy,
		Details: map[string]any{"severity": f.Severity, "line": f.Line}}
	if f.IsError() {
		out.Code = schema.Invalid
	}
	return out
}
