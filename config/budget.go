package config

import (
	"jerem/agile"
	"jerem/config/schema"
)

// budgetIncludesKey is what counts in the budget of a sprint beside impediments.
func budgetIncludesKey(name string) key {
	return key{Name: name, What: "text", Set: func(t *target, v schema.Value, bad schema.Report) {
		switch scope := agile.BudgetScope(v.Text); scope {
		case agile.ImpedimentsAlone, agile.WithOnCall:
			t.rules.Sprint.BudgetIncludes = scope
		default:
			bad(v, schema.QuoteValue(v)+" is nothing that a budget includes",
				"write oncall, so that call-outs count too, or leave it out")
		}
	}}
}
