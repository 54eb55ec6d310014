// Package drawer puts the explanations of figures, which measure/explain makes, into the drawers of pages: under the
// names by which a page links them, with a search in Jira and the grade in words.
package drawer
