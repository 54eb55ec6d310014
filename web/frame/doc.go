// Package frame is what all pages are made of. It knows no page, no store and no server: a wing fills its types, the
// server writes them.
//
// The words:
//
//	View          a page, a table or a drawing before it is written
//	Figure        a drawing with its headline, or what stands in its place until there is one
//	Tile          a number with its name, its measure and what is to be said of it
//	Explanation   what opens a number: formula in words and with its numbers, what stands behind it, the grade
//	EmptyState    what stands where there is nothing to show: what, why, and what happens next
//	Problem       what is told instead of an answer: code, message, hint, and where to go
//	Part          a piece of a page that another wing shows too
//
// What an address asks (moment, quarter, order, what if) is read by its room asked.
//
// frame.html is the head and foot of every page, parts.html what several of them show (drawers, the table of late work,
// the flow), problem.html the page of an error. [ParsePage] joins them with the template of a wing, which defines
// "main", and "nav" where it has more to choose from.
//
// An example, the page of a sprint: its wing makes View{Template: …, Title: "Kubernetes, Sprint 23", Kind: "sprint",
// Body: page}, and calls SetMoment with the team and the moment. The server adds the teams of the bar, the troubles,
// and whether the page follows the readings, and executes the template. For ledger.csv the same wing makes a [Table],
// for burndown.svg a [Drawing]: a View too, so all of them have the same guard, the same moment and the same problems.
package frame
