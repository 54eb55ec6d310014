package config

import (
	"jerem/agile/query"
	"jerem/config/schema"
)

// jqlKey is a query in JQL that is about no single person, as far as it tells itself: what names the site knows for
// fields of people is found when it is asked for the first time.
func jqlKey(name string, at func(*target) *string) key {
	return key{Name: name, What: "text", Set: func(t *target, v schema.Value, bad schema.Report) {
		if message, remedy := query.Fault(v.Text); message != "" {
			bad(v, message, remedy)
			return
		}
		*at(t) = v.Text
	}}
}
