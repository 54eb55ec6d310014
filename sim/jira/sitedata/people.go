package sitedata

import (
	"maps"
	"slices"

	"jerem/sim/jira/wire"
)

// People returns every name, e-mail address and account id that the site's answers may hold, sorted: what whoever
// reads it must never keep, log or show. Names inside free text are not among them.
func (s *Site) People() []string {
	found := map[string]bool{}
	collectPeople(s.Reader, found)
	if s.story != nil {
		for _, p := range s.story.people {
			collectPeople(p, found)
		}
	}
	if s.recorded != nil {
		for _, i := range s.recorded.Issues {
			collectPeople(i.Fields, found)
			for _, h := range i.Histories {
				collectPeople(h.Body, found)
			}
		}
		for _, w := range s.recorded.Worklogs {
			collectPeople(w.Body, found)
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// collectPeople collects what says who somebody is.
func collectPeople(v any, found map[string]bool) {
	switch v := v.(type) {
	case wire.Obj:
		for k, x := range v {
			if k == "displayName" || k == "emailAddress" || k == "accountId" {
				if t := wire.Text(x); t != "" {
					found[t] = true
				}
			}
			collectPeople(x, found)
		}
	case []any:
		for _, x := range v {
			collectPeople(x, found)
		}
	}
}
