package sitedata

import _ "embed" // the story

//go:embed scenarios/demo.txtar
var demo []byte

// DemoScenario returns a small story whose figures can be worked out by hand: one team, three sprints, two epics of a
// quarter, impediments. What the demo shows is sim/world's.
func DemoScenario() []byte { return append([]byte(nil), demo...) }
