package jirasim

import _ "embed" // the demo's story

//go:embed scenarios/demo.txtar
var demo []byte

// DemoScenario returns the story of the demo: one team, three sprints, two epics of a quarter, impediments.
func DemoScenario() []byte { return append([]byte(nil), demo...) }
