package intake_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/oncall/civil/civiltest"
	"jerem/oncall/intake"
	"jerem/oncall/plan"
)

// TestOrderOfPosts: posts of alerts that began within some minutes, one each, make the same call-outs in whatever order
// they come, and the first resolution of an alert counts; the same holds for pages to a person.
func TestOrderOfPosts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var alerts, pages []string
		for n, start := range rapid.SliceOfN(rapid.IntRange(0, 40), 1, 7).Draw(t, "starts, in units of 5 s") {
			alerts = append(alerts, group(fmt.Sprintf("%c firing %d 0", 'a'+n, start*5)))
			for _, end := range rapid.SliceOfN(rapid.IntRange(300, 305), 0, 2).Draw(t, "ends") {
				alerts = append(alerts, group(fmt.Sprintf("%c resolved %d %d", 'a'+n, start*5, end)))
			}
			at := civiltest.Instant("2026-01-06T03:00+01:00").Add(time.Duration(start*5) * time.Second)
			pages = append(pages, fmt.Sprintf(`{"id": "%c", "state": "firing", "rule": "DiskFull", "at": %q, `+
				`"person": "ada"}`, 'a'+n, at.Format(time.RFC3339)))
		}
		for _, x := range []struct {
			from  plan.Source
			posts []string
		}{{prod, alerts}, {pager, pages}} {
			inOrder, permuted := newBook(t), newBook(t)
			posts, from := x.posts, x.from
			shuffled := rapid.Permutation(posts).Draw(t, "order")
			slices.SortStableFunc(posts, func(x, y string) int { return strings.Compare(startOf(x), startOf(y)) })
			for _, p := range posts {
				post(inOrder, from, p)
			}
			for _, p := range shuffled {
				post(permuted, from, p)
			}
			if diff := cmp.Diff(withoutNumbers(inOrder), withoutNumbers(permuted)); diff != "" {
				t.Fatalf("%s in order (-) and permuted (+): %s", from.Name, diff)
			}
		}
	})
}

// startOf is the moment at which the alert of a body began.
func startOf(body string) string {
	for _, key := range []string{`"startsAt": `, `"at": `} {
		if _, after, found := strings.Cut(body, key); found {
			return after[:len(`"2026-01-06T03:00:00`)]
		}
	}
	return ""
}

// withoutNumbers tells alerts and call-outs without the numbers that follow from their order.
func withoutNumbers(b *intake.Book) []string {
	names := map[int64]string{}
	var out []string
	for _, a := range b.Alerts {
		names[a.ID] = a.Source + a.Fingerprint + a.PagerID
		out = append(out, fmt.Sprint(names[a.ID], a.First, a.Resolved, a.Last))
	}
	for _, c := range b.Callouts {
		var alerts []string
		for _, id := range c.Alerts {
			alerts = append(alerts, names[id])
		}
		slices.Sort(alerts)
		out = append(out, fmt.Sprint(c.Person, c.Rota, c.Level, c.Started, alerts, c.Touches, c.Origin))
	}
	slices.Sort(out)
	return out
}
