// Package operating holds the commands that work on the store and the sinks by hand: collect, publish and rebuild. They
// need the store for themselves.
package operating
