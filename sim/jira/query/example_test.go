package query_test

import (
	"fmt"
	"time"

	"jerem/sim/jira/query"
	"jerem/sim/jira/sitedata"
)

func Example() {
	site, err := sitedata.LoadScenario("story", []byte(`-- site --
clock 2026-02-10 12:00
-- board 1 scrum K "Kubernetes" --
-- sprints --
9 "Sprint 9" 2026-02-02 09:00 .. 2026-02-13 17:00
-- K-1 Story "Planned" --
2026-01-02 10:00 created sprint=9
-- K-2 Story "Not planned" --
2026-01-03 10:00 created
`))
	if err != nil {
		panic(err)
	}
	s := &query.Searcher{Site: site, View: site.ViewAt(site.Clock()), Now: site.Clock(), Zone: time.UTC}
	for _, text := range []string{`project = K AND sprint in openSprints() ORDER BY key`, `project = L`} {
		found, err := s.Run(text)
		for _, issue := range found {
			fmt.Println(issue.Key)
		}
		if err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// K-1
	// The value 'L' does not exist for the field 'project'.
}
