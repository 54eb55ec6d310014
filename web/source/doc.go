// Package source gives pages, API and metrics the teams as they were last read, and tells what keeps them from being
// new.
package source
