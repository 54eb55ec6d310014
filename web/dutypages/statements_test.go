package dutypages

import (
	"strings"
	"testing"

	"jerem/oncall/civil/civiltest"
	"jerem/oncall/pay"
	"jerem/oncall/plan"
)

// paid is a flat rate of 150.00 for each turn of level 1.
func paid(f *plan.File) {
	f.Policies = []pay.Policy{{From: civiltest.Date("2026-01-01"), Currency: "EUR", Flat: map[int]int64{1: 15000}}}
}

// TestStatements: pay sees all and freezes a month that is over, once; a person sees their own; others nothing.
func TestStatements(t *testing.T) {
	d := newDesk(t, paid)
	const january = "/oncall/statements/2026-01"
	_, body, _ := d.get("pat", january)
	isGolden(t, "statements", body)
	if _, body, _ = d.get("ben", january); strings.Contains(body, "ada") || !strings.Contains(body, "150.00") ||
		strings.Contains(body, "Freeze") {
		t.Errorf("ben's page:\n%s", mainOf(body))
	}
	status, text, header := d.get("pat", january+"/lines.csv")
	if status != 200 || header.Get("Content-Type") != "text/csv; charset=utf-8" ||
		!strings.Contains(text, "2026-01,ben,,EUR,draft,2026-01-12,flat,,k8s,1,604800,150.00,2026-01-01,") {
		t.Errorf("the table: %d, %v\n%s", status, header, text)
	}
	for who, want := range map[string]int{"vic": 403, "eve": 403, "stranger": 403} {
		for _, address := range []string{january, january + "/lines.csv"} {
			if status, _, _ := d.get(who, address); status != want {
				t.Errorf("%s by %s: %d", address, who, status)
			}
		}
	}
	for who, want := range map[string]int{"ben": 403, "eve": 403} {
		if status, _, _ := d.post(who, january+"/freeze", nil); status != want {
			t.Errorf("%s freezes: %d", who, status)
		}
	}
	if status, _, header := d.post("pat", january+"/freeze", nil); status != 303 ||
		header.Get("Location") != january+"?done=frozen" {
		t.Errorf("freezing: %d, %v", status, header)
	}
	if _, body, _ = d.get("pat", january+"?done=frozen"); !strings.Contains(body, "The month is frozen") ||
		strings.Contains(body, "/freeze") {
		t.Errorf("after freezing:\n%s", mainOf(body))
	}
	if status, _, _ := d.post("pat", january+"/freeze", nil); status != 409 {
		t.Errorf("freezing twice: %d", status)
	}
	if status, _, _ := d.get("pat", "/oncall/statements/2026-13"); status != 400 {
		t.Errorf("a month that is none: %d", status)
	}
	if _, body, _ = d.get("pat", "/oncall/statements/2026-02"); strings.Contains(body, "Freeze") {
		t.Error("a month that is not over can be frozen")
	}
}
