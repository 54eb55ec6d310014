// Package naming compares names and keys as Jira does: names in any case, keys by their numbers.
package naming
