package verify

import (
	"slices"

	"jerem/oncall/risk"
	"jerem/oncall/roster"
)

// SetAside returns a finding for each source of which events are set aside, with how many and why the last one is.
func SetAside(aside []roster.SetAside) []Finding {
	var out []Finding
	for _, s := range aside {
		out = append(out, Finding{Severity: Warning, Part: string(risk.WarnSetAside), Text: s.Text(),
			Remedy: roster.AsideRemedy})
	}
	return out
}

// WithSetAside puts the findings about what is set aside behind the other warnings.
func WithSetAside(findings []Finding, aside []roster.SetAside) []Finding {
	i := slices.IndexFunc(findings, func(f Finding) bool { return f.Severity == OK })
	if i < 0 {
		i = len(findings)
	}
	return slices.Insert(slices.Clone(findings), i, SetAside(aside)...)
}
