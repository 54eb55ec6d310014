// Package terminal writes what may be shown on a terminal: texts out of Jira in one line, cleaned and bounded, wrapped
// to a width. And it opens what a command reads, so that waiting for input ends with Ctrl-C ([OpenInput]).
//
// Its words:
//
//   - a printable text is one line without characters that steer the terminal or turn the direction of writing, of at
//     most [LongestText] letters;
//   - the width of a text is the columns that it takes: a terminal gives two to the signs of East Asia;
//   - a text that is wrapped begins at a column, and its further lines stand under its beginning.
//
// For example, the summary "drain\x1b[2J nodes" of an issue becomes "drain\ufffd[2J nodes" by [Printable]; [Wrap]
// breaks it where it would pass column 80. JSON has its own way: a [JSONWriter] leaves every value as it is, and writes
// those characters as \u009b.
package terminal
