package jirasim

import (
	"maps"
	"slices"
)

// People returns every name, e-mail address and account id that the site's answers may hold, sorted: what whoever
// reads it must never keep, log or show. Names inside free text are not among them.
func (s *Site) People() []string {
	found := map[string]bool{}
	seek(s.reader, found)
	if s.story != nil {
		for _, p := range s.story.people {
			seek(p, found)
		}
	}
	if s.recorded != nil {
		for _, i := range s.recorded.issues {
			seek(i.fields, found)
			for _, h := range i.histories {
				seek(h.body, found)
			}
		}
		for _, w := range s.recorded.worklogs {
			seek(w.body, found)
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// seek collects what says who somebody is.
func seek(v any, found map[string]bool) {
	switch v := v.(type) {
	case obj:
		for k, x := range v {
			if k == "displayName" || k == "emailAddress" || k == "accountId" {
				if t := text(x); t != "" {
					found[t] = true
				}
			}
			seek(x, found)
		}
	case []any:
		for _, x := range v {
			seek(x, found)
		}
	}
}
