// Package catalogue names every figure once.
//
// Words. A figure is one of a subject: a sprint, a quarter, an epic, a forecast, a flow. Its name is its path in the
// answer of the API that carries it. Its expression gives its value over the inputs of its explanation, which
// measure/explain makes. Its class is that of its series, its metric the name under which /metrics tells it.
//
// Pages, the API and its description, explanations, /metrics, series and docs/measures.md are made from the catalogue
// or held to it by tests. A new figure begins here: with an entry in the list of its subject, the tests say what else
// it wants.
//
// A worked example. The working days that the rest of a quarter takes are
//
//	f, ok := catalogue.Find(catalogue.OfQuarter, "days_to_complete")
//	// f.Expression is "ceil(remaining / velocity)", f.Metric "jerem_quarter_workdays_to_complete"
package catalogue
