// Package checking is the command check: it asks package check what would be read, tries the store and the sinks, and
// writes what it found for people or as JSON, with the lines of the configuration that would mend it.
//
// A finding is a line: what was looked at, whether it is well, what was found, and what would mend it. Findings come
// from several places: Jira (package check), the store and its age (check.go), the sinks (sinks.go), who may look
// (access.go), digests, on-call, /metrics. The end says what to do next (next.go), and check ends with 1 where
// something failed. It writes nothing but a point of a series of its own to each sink of Warp 10, which it deletes at
// once.
//
//	check.Finding{What: "team K8S: board", OK: true, Found: `12 "Kubernetes", a Scrum board`}
//
// Where there is no configuration the command shows one for a first look ([Minimal]), and where it has faults all of
// them at once, each with its line. What is asked of Jira is asked once: who checks wants to know now. With --json the
// findings are the same, each with its part and details; texts out of Jira are cleaned for the terminal alone.
package checking
