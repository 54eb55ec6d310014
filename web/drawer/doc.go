// Package drawer puts the explanations of figures, which measure/explain makes, into the drawers of pages: under the
// names by which a page links them, with a search in Jira and the grade in words.
//
// Its words:
//
//   - A drawer is the part of a page that a number opens: its formula, what it is made from with the sum so far, the
//     grade with its reasons, and where the same stands in Jira.
//   - Its name is the target of the number's link, so that it opens without script too. Names are short and of one
//     page: "remaining" is that of the sprint on its page, and that of the quarter on the roadmap.
//   - A drawer has an address where the same figure stands alone (web/figure); [Addressed] gives it.
//
// The way through it, on the page of a sprint:
//
//	v.Explains = drawer.Sprint(team, sprint, jira) // drawers named remaining, commitment, …
//	// <a href="#explain-remaining">8</a> on the page opens the drawer of that name
//
// There is a function for each subject of a page: [Sprint], [Quarter], [Flow], [Forecast], [OnCall]; [Of] makes a
// drawer of one explanation that a page has for itself. No formula is worded here.
package drawer
