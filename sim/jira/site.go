package jirasim

import (
	"jerem/sim/jira/faults"
	"jerem/sim/jira/sitedata"
)

// Site is what a server serves: a Jira site, recorded or told by a story.
type Site = sitedata.Site

// Fault is trouble on demand, for tests of a client.
type Fault = faults.Fault

// LoadData reads recorded data from a folder.
func LoadData(dir string) (*Site, error) { return sitedata.LoadData(dir) }

// LoadScenario reads a story, as FORMAT.md describes it; name stands before the line in errors.
func LoadScenario(name string, story []byte) (*Site, error) {
	return sitedata.LoadScenario(name, story)
}

// DemoScenario is a small story whose figures can be worked out by hand.
func DemoScenario() []byte { return sitedata.DemoScenario() }
