// Package portfolio is the wing of the first page: every initiative and every team, and their files.
package portfolio
