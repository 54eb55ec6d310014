// Package serving holds the commands that run until they are stopped: serve, demo and sim. The demo is sim and serve in
// one process: a company that package sim/world plays, read and shown like any other.
package serving
