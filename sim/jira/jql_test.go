package jirasim

import (
	"testing"

	"jerem/sim/jira/wire"
)

const zoneStory = `-- site --
zone Europe/Paris
reader_zone Asia/Tokyo
clock 2026-02-10 12:00
-- board 1 scrum P "Product, one" --
-- P-10 Task "Later" --
2026-02-10 10:00 created
`

// Quoted dates are in the reader's time zone, which need not be the site's.
func TestJQLZone(t *testing.T) {
	c := newClient(t, story0(t, zoneStory), Options{})
	count := func(jql string) string {
		return wire.Text(wire.At(c.ok("/rest/api/3/search/approximate-count", as(wire.Obj{"jql": jql})), "count"))
	}
	// P-10 was created at 10:00 in Paris, 18:00 in Tokyo.
	if a, b := count(`created >= "2026-02-10 18:00"`), count(`created >= "2026-02-10 18:01"`); a != "1" || b != "0" {
		t.Errorf("at 18:00 %s, at 18:01 %s; want 1 and 0", a, b)
	}
}

// TestRefusedQuery: a query that Jira refuses is answered with 400 and its words.
func TestRefusedQuery(t *testing.T) {
	c := newClient(t, story0(t, zoneStory), Options{})
	c.refused(400, "does not exist for the field 'project'", "/rest/api/3/search/approximate-count",
		as(wire.Obj{"jql": "project = X"}))
}
