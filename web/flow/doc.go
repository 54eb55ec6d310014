// Package flow is the wing of how work moves through a team: its page, and its files.
package flow
