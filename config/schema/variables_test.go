package schema

import "testing"

// TestVariables: what stands for a variable of the environment is put in, and a dollar sign alone stays.
func TestVariables(t *testing.T) {
	env := func(name string) string { return map[string]string{"USER_NAME": "bot", "TEAM": "Ops"}[name] }
	for _, test := range []struct{ text, want, problem string }{
		{"plain", "plain", ""},
		{"${USER_NAME}", "bot", ""},
		{"a ${USER_NAME} b ${TEAM}", "a bot b Ops", ""},
		{"${NONE:-x}", "x", ""},
		{"${EMPTY:-x}", "x", ""},
		{"${NONE:-}", "", ""},
		{"${TEAM:-x}", "Ops", ""},
		{"${NONE:-http://x:1}", "http://x:1", ""},
		{"$${TEAM}", "${TEAM}", ""},
		{"$TEAM $", "$TEAM $", ""},
		{"${NONE}", "", "the environment variable NONE is not set"},
		{"${EMPTY}", "", "the environment variable EMPTY is not set"},
		{"x${TEAM", "", "holds a ${ without its }"},
		{"${a b}", "", "holds a ${…} that is not the name of a variable"},
		{"${1A}", "", "holds a ${…} that is not the name of a variable"},
	} {
		got, problem := interpolateVariables(test.text, env)
		if got != test.want || problem != test.problem {
			t.Errorf("%s: %q, %q; want %q, %q", test.text, got, problem, test.want, test.problem)
		}
	}
}
