// Package wording is the texts of the simulated company: what its teams build, what goes wrong there, and where.
//
// A Vocabulary is what one team talks about: its themes, each with an initiative and parts, and its troubles by nature.
// Deeds, Chores and Defects are sentences with an X, in whose place a part stands; Places end the title of an
// impediment. The room draws nothing: sim/world picks from it by its seed, and a text that is added at the end of a
// list changes which texts later draws of that list pick.
//
// An example. A story of the first theme of team K8S, which is a deed done to a part:
//
//	th := wording.Kubernetes.Themes[0]
//	title := th.Name + ": " + strings.Replace(wording.Deeds[0], "X", th.Parts[0], 1)
package wording
