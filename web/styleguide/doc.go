// Package styleguide is the wing of the components themselves: every one that pages are made of, in every state that it
// can be in, with invented figures.
//
// A state is one of nine: usual, empty, loading, partial, stale, unknown, error, long, many. Each
// component tells which of them it has; the page names the others as what never happens, so that nobody looks for them.
// A specimen is a component in a state. Charts (charts.go) are drawn by package chart as pages draw them; the rest
// (parts.go, page.html) are the templates of package frame with the values of a page.
//
// A new page begins here: docs/pages.md makes one of these components, step by step. A component that is new gets its
// specimens here first, and the browser's tests hold this page, as all others, to access, to every width and to labels
// that hide nothing.
//
// An example: the timeline of an issue says of the state empty that it never happens, "an issue has a status from its
// creation on"; a burndown of that state has a specimen that says why there is nothing to draw.
package styleguide
