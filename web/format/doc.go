// Package format writes figures as people and programs read them: numbers with their unit, dates, moments, states, and
// texts without what a terminal, a table or a drawing would take for a command.
package format
