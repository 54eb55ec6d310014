// Package catalogue names every figure once.
//
// Its words:
//
//   - A figure is one of a subject: a sprint, a quarter, an epic, a forecast, a flow. Its name is its path in the
//     answer of the API that carries it, and unique among the figures of its subject.
//   - Its expression gives its value over the inputs of its explanation, which measure/explain makes: a test computes
//     each of them again.
//   - Its class is that of its series, its metric the name under which /metrics tells it. A figure has either, both or
//     none.
//
// Pages, the API and its description, explanations, /metrics, series, headers of CSV files and docs/measures.md are
// made from the catalogue or held to it by tests. A new figure begins here: with an entry in the list of its subject
// (sprint.go, quarter.go, and so on), the tests say what else it wants.
//
// A worked example. The working days that the rest of a quarter takes are
//
//	f, ok := catalogue.Find(catalogue.OfQuarter, "days_to_complete")
//	f.Expression   // "ceil(remaining / velocity)"
//	f.Metric       // "jerem_quarter_workdays_to_complete"
//
// With 22 points remaining and a velocity of 1.25 points a working day the figure is 18, on the roadmap as in /metrics.
package catalogue
