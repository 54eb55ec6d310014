package jira

import (
	"strings"
	"testing"
)

// TestFilter: an order in any spelling is cut off, one in quotes is not; white space outside of quotes is plain.
func TestFilter(t *testing.T) {
	f := func(jql, want string) {
		t.Helper()
		if got := Filter(jql); got != want {
			t.Errorf("%q: %q, want %q", jql, got, want)
		}
	}
	f("type = Bug", "type = Bug")
	f("type = Bug ORDER BY rank", "type = Bug")
	f("type = Bug order by rank desc, key", "type = Bug")
	f("type = Bug Order  By rank", "type = Bug")
	f("type = Bug ORDER\n\tBY rank", "type = Bug")
	f("type = Bug\r\nORDER BY \"Story Points\" DESC", "type = Bug")
	f("type = Bug ORDER BY 'Story Points'", "type = Bug")
	f("type = Bug)ORDER BY rank", "type = Bug)")
	f("ORDER BY rank", "")
	f("  order by rank ", "")
	f("", "")
	f(`summary ~ "order by" ORDER BY rank`, `summary ~ "order by"`)
	f(`summary ~ "order by"`, `summary ~ "order by"`)
	f(`summary ~ 'it''s order by'`, `summary ~ 'it''s order by'`)
	f(`summary ~ "say \"order by\" twice" AND x = 1 order by key`, `summary ~ "say \"order by\" twice" AND x = 1`)
	f(`summary ~ 'a "b' AND text ~ "order by" ORDER BY key`, `summary ~ 'a "b' AND text ~ "order by"`)
	f("type = Bug\nAND labels = x", "type = Bug AND labels = x")
	f("summary ~ \"two\nlines\"", "summary ~ \"two\nlines\"")
	f(`summary ~ "x"ORDER BY rank`, `summary ~ "x"`)
	f(`order "x" by`, `order "x" by`)
	f("reorder by = 1", "reorder by = 1")
	f("\"cf[order by]\" = 1 AND border = 2", "\"cf[order by]\" = 1 AND border = 2")
	f(`summary ~ "open order by`, `summary ~ "open order by`)
	f(`summary ~ "ends with \`, `summary ~ "ends with \`)
	f(`summary ~ "\\" ORDER BY rank`, `summary ~ "\\"`)
	f(`labels = é ORDER BY rank`, `labels = é`)
}

// FuzzFilter: what is left is a beginning of the query, holds no order outside of quotes, and stays as it is.
func FuzzFilter(f *testing.F) {
	f.Add("type = Bug ORDER BY rank")
	f.Add(`a ~ "order by \" x" order  by b`)
	f.Fuzz(func(t *testing.T, jql string) {
		got := Filter(jql)
		if Filter(got) != got || len(got) > len(jql) {
			t.Fatalf("%q becomes %q, then %q", jql, got, Filter(got))
		}
		if !strings.ContainsAny(jql, `"'`) && orderBy.MatchString(got) {
			t.Fatalf("%q still orders: %q", jql, got)
		}
	})
}
