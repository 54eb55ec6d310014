// Package roadmap is the wing of a team's quarter: its page with the forecast, and its files.
package roadmap
