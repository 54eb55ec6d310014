package check

import (
	"fmt"

	"jerem/agile"
)

// checkEstimate says what the team estimates by, why, and how many issues hold an estimate.
func (c *checker) checkEstimate(err error) {
	if err != nil {
		f := FailedFinding("", "", err)
		f.Details = map[string]any{"field": c.board.Estimate, "visible": false}
		c.found.addFinding("estimate", f)
		return
	}
	switch field := c.board.Estimate; {
	case field == "":
		c.found.addFinding("estimate", countedIssues(c))
	case !c.fields.Reads(field):
		c.found.addFinding(
			"estimate",
			Finding{
				Found: fmt.Sprintf(
					"%s, and a request has no room for it: it is not read",
					fieldLabel(c.site.fields[field]),
				),
				Hint:    "Let the teams estimate by fewer fields, or use an account that sees fewer.",
				Details: map[string]any{"field": field, "unit": c.board.Unit(), "visible": false},
			},
		)
	default:
		c.found.addFinding("estimate", c.estimateHeld(c.site.fields[field]))
	}
}

// countedIssues tells that issues are counted, and which field they hold that may be an estimate.
func countedIssues(c *checker) Finding {
	why := "the board estimates by nothing"
	if c.board.EstimateUntold {
		why = "Jira does not tell what the board estimates by"
	}
	f := Finding{OK: true, Found: "issues are counted, for " + why,
		Details: map[string]any{"field": nil, "unit": c.board.Unit()}}
	if other, n := c.sample.fullestField(c.fields, ""); other.ID != "" {
		f.Hint = fmt.Sprintf(
			"%s of the issues hold %s: if the team estimates by it, choose it as the board's estimation in Jira.",
			ofAll(n, len(c.sample.planned)),
			fieldLabel(other),
		)
		f.Details["candidate"] = other.ID
	}
	return f
}

// estimateHeld tells how many issues hold an estimate in the board's field, and whether another one is held by more.
func (c *checker) estimateHeld(field agile.Field) Finding {
	unit, all := c.board.Unit(), len(c.sample.planned)
	held := c.sample.countHolding(field.ID)
	f := Finding{
		OK: true,
		Found: fmt.Sprintf(
			"%s, in %s, for the board is set to estimate by it; %s issues hold one",
			fieldLabel(field),
			unit,
			ofAll(held, all),
		),
		Details: map[string]any{"field": c.board.Estimate, "name": field.Name, "unit": unit, "held": held, "of": all},
	}
	other, m := c.sample.fullestField(c.fields, c.board.Estimate)
	switch {
	case m > held && 2*m > all:
		f.Hint = fmt.Sprintf(
			"%s hold %s: if the team estimates by that one, choose it as the board's estimation in Jira.",
			ofAll(m, all),
			fieldLabel(other),
		)
		f.Details["candidate"] = other.ID
	case all > 0 && 2*held < all:
		f.Hint = "Most issues are not estimated: the pages say so beside each figure in " + string(unit) + "."
	}
	return f
}

// fieldLabel tells a field by its name, with its id where that differs.
func fieldLabel(f agile.Field) string {
	if f.Name == f.ID || f.Name == "" {
		return f.ID
	}
	return f.Name + " (" + f.ID + ")"
}
