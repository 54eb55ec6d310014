package plan_test

import (
	"testing"

	"jerem/calendar"
	"jerem/oncall/plan"
)

// TestSourceAcceptsItsSecrets: each secret of a source opens it while it is being changed, nothing else does.
func TestSourceAcceptsItsSecrets(t *testing.T) {
	s := plan.Source{Secrets: []plan.SecretHash{plan.NewSecretHash("the old secret"),
		plan.NewSecretHash("the new one")}}
	for secret, want := range map[string]bool{"the old secret": true, "the new one": true, "": false,
		"the new on": false} {
		if s.Accepts(secret) != want {
			t.Errorf("%q is accepted: %v, want %v", secret, !want, want)
		}
	}
	if (plan.Source{}).Accepts("") {
		t.Error("a source without a secret accepts none")
	}
}

// TestHandleOf: nobody without a login has a handle, whatever the file says.
func TestHandleOf(t *testing.T) {
	f := plan.File{Logins: map[string]string{"ada@example.org": "ada", "": "eve"}}
	if f.HandleOf("ada@example.org") != "ada" || f.HandleOf("") != "" || f.HandleOf("ben") != "" {
		t.Error("handles are mistaken")
	}
}

// TestHolidaysOf: a region has its holidays, none has none.
func TestHolidaysOf(t *testing.T) {
	bastille := calendar.Date{Year: 2026, Month: 7, Day: 14}
	if !plan.HolidaysOf("FR")(bastille) || plan.HolidaysOf("FR")(bastille.Add(1)) {
		t.Error("14 July 2026 is the holiday of France")
	}
	if plan.HolidaysOf("") != nil || plan.HolidaysOf("XX") != nil {
		t.Error("what is no region has holidays")
	}
}
