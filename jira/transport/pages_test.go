package transport

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"jerem/problem"
)

// TestLongWalks: a walk has a last page, and tells how far it is while it takes long.
func TestLongWalks(t *testing.T) {
	var log strings.Builder
	c := ask(t, Config{Token: "t", Log: slog.New(slog.NewTextHandler(&log, nil))}, http.NotFound)
	w := NewPages(c, "/rest/list")
	for range maxPages {
		if err := w.Took(3); err != nil {
			t.Fatal(err)
		}
	}
	if log.Len() > 0 {
		t.Errorf("it tells more often than each ten seconds: %s", &log)
	}
	if err := w.Took(3); !problem.Is(err, InvalidResponse) || !strings.Contains(err.Error(), "no end of its pages") {
		t.Error(err)
	}
	w = NewPages(c, "/rest/list")
	if err := w.Took(2); err != nil {
		t.Fatal(err)
	}
	w.told = w.told.Add(-tellEvery)
	if err := w.Took(3); err != nil || !strings.Contains(log.String(), "place=/rest/list pages=2 things=5") {
		t.Errorf("%v: %s", err, &log)
	}
	told := log.Len()
	if err := w.Took(3); err != nil || log.Len() != told {
		t.Errorf("%v: told twice: %s", err, &log)
	}
	for range maxIdle {
		if err := w.Took(0); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Took(0); !problem.Is(err, InvalidResponse) {
		t.Errorf("pages without anything new: %v", err)
	}
}

// TestList: a list is read page by page to its last page. A page that is not the one asked for, or that tells what was
// told, is refused, for things would be left out or told for ever.
func TestList(t *testing.T) {
	f := func(name string, want int, refused string, pages ...string) {
		t.Helper()
		asked := 0
		c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, pages[min(asked, len(pages)-1)])
			asked++
		})
		list, err := List[thing](t.Context(), c, "/rest/list", url.Values{})
		isRefused := problem.Is(err, InvalidResponse) && strings.Contains(err.Error(), refused)
		if refused == "" && (err != nil || len(list) != want) || refused != "" && !isRefused || asked != len(pages) {
			t.Errorf("%s: %v, %v after %d requests", name, list, err, asked)
		}
	}
	const first = `{"startAt":0,"values":[{"id":1},{"id":2}]}`
	f("one page", 2, "", `{"startAt":0,"isLast":true,"values":[{"id":1},{"id":2}]}`)
	f("an empty page is the last", 2, "", first, `{"startAt":2,"values":[]}`)
	f("two pages", 3, "", first, `{"startAt":2,"isLast":true,"values":[{"id":3}]}`)
	f("a page that is partly new", 3, "", first, `{"startAt":2,"values":[{"id":2},{"id":3}]}`,
		`{"startAt":4,"values":[]}`)
	const of3 = `"total":3,"values":[{"id":1},{"id":2}]}`
	whole3 := `{"startAt":2,"isLast":true,"total":3,"values":[{"id":3}]}`
	f("as long as it says", 3, "", `{"startAt":0,`+of3, whole3)
	f("longer than it says", 2, "", `{"startAt":0,"isLast":true,"total":1,"values":[{"id":1},{"id":2}]}`)
	f("shorter than it says", 0, "3 long, and tells 2", `{"startAt":0,"isLast":true,`+of3,
		`{"startAt":0,"isLast":true,`+of3)
	f("shorter for once", 3, "", `{"startAt":0,"isLast":true,`+of3, `{"startAt":0,`+of3, whole3)
	f("twice the same", 0, "2 long, and tells 1", `{"startAt":0,"isLast":true,"total":2,"values":[{"id":1},{"id":1}]}`,
		`{"startAt":0,"isLast":true,"total":2,"values":[{"id":1},{"id":1}]}`)
	f("an empty page in the midst", 0, "3 long, and tells 2", `{"startAt":0,`+of3,
		`{"startAt":2,"total":3,"values":[]}`, `{"startAt":0,`+of3, `{"startAt":2,"total":3,"values":[]}`)
	f("one went while it was read", 2, "", `{"startAt":0,`+of3, `{"startAt":2,"isLast":true,"total":2,"values":[]}`,
		`{"startAt":0,"isLast":true,"total":2,"values":[{"id":2},{"id":3}]}`)
	f("its length changes each time", 3, "", `{"startAt":0,`+of3, `{"startAt":2,"isLast":true,"total":2,"values":[]}`,
		`{"startAt":0,"total":4,"values":[{"id":1},{"id":2}]}`, whole3)
	f("nothing new", 0, "told", first, `{"startAt":2,"values":[{"id":2},{"id":1}]}`)
	f("another page", 0, "from 2 on", first, `{"startAt":0,"values":[{"id":1},{"id":2}]}`)
}

// TestListLength: a list may hold a hundred thousand things, one more is refused.
func TestListLength(t *testing.T) {
	page := func(start, things int) string {
		var list []string
		for n := range things {
			list = append(list, fmt.Sprintf(`{"id":%d}`, start+n))
		}
		return fmt.Sprintf(`{"startAt":%d,"values":[%s]}`, start, strings.Join(list, ","))
	}
	const half = maxListed / 2
	for more, ok := range map[int]bool{0: true, 1: false} {
		pages := []string{page(0, half), page(half, half+more), page(maxListed+more, 0)}
		asked := 0
		c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, pages[asked])
			asked++
		})
		list, err := List[thing](t.Context(), c, "/rest/list", url.Values{})
		if ok && (err != nil || len(list) != maxListed || asked != 3) || !ok && (!problem.Is(err, InvalidResponse) ||
			!strings.Contains(err.Error(), "after 100000 things") || asked != 2) {
			t.Errorf("%d more than the bound: %d things, %v after %d requests", more, len(list), err, asked)
		}
	}
}
