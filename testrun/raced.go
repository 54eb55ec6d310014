//go:build race

package testrun

// Raced tells that the race detector watches the tests. It has pools let go of what is given back to them, now and
// then: how much is allocated is told without it.
const Raced = true
