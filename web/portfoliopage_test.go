package web

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/testrun"
	"jerem/web/format"
)

// rowsOfOdds are the texts of the rows of the portfolio by the names of initiatives and teams, and these in order.
func rowsOfOdds(page string) (names []string, texts map[string]string) {
	body := regexp.MustCompile(`(?s)<table class="cells odds" id="odds">.*?</table>`).FindString(page)
	texts = map[string]string{}
	for _, row := range strings.Split(body, "<tr>")[1:] {
		name := strings.TrimSpace(tags.ReplaceAllString(regexp.MustCompile(`(?s)<th scope="row".*?(<br>|</th>)`).
			FindString(row), ""))
		names = append(names, name)
		texts[name] = strings.Join(strings.Fields(tags.ReplaceAllString(row, " ")), " ")
	}
	return names, texts
}

// TestPortfolioRows: each row tells odds and dates of the API's portfolio, and how much is done in a unit that is
// named.
func TestPortfolioRows(t *testing.T) {
	h := serve(t, story(t), company()...)
	_, page, _ := get(t, h, "/?quarter=Q4-26")
	_, rows := rowsOfOdds(page)
	answer := object(t, h, "/api/v1/portfolio?quarter=Q4-26")
	compared := 0
	for _, kind := range []string{"initiatives", "teams"} {
		for _, one := range answer[kind].([]any) {
			row := one.(map[string]any)
			text, ok := rows[fmt.Sprint(row["name"])]
			if !ok {
				continue // a team without an epic in the quarter, or a name that the page escapes
			}
			compared++
			if odds, ok := row["odds"].(float64); ok &&
				!strings.Contains(text, strings.ReplaceAll(format.OddsWord(&odds), format.Thin, " ")) {
				t.Errorf("%v: %q, the API tells odds of %v", row["name"], text, odds)
			}
			if p85, ok := row["dates"].(map[string]any)["p85"].(string); ok && row["state"] != "done" {
				if d, _ := format.DateOf(&p85); !strings.Contains(text, format.DateWord(d)) {
					t.Errorf("%v: %q, the API tells %s", row["name"], text, p85)
				}
			}
			if !regexp.MustCompile(`\d of [\d.]+ (points?|hours?|issues?)|nothing is estimated`).MatchString(text) {
				t.Errorf("%v: %q names no unit of what is done", row["name"], text)
			}
		}
	}
	if compared < 3 {
		t.Errorf("%d rows compared", compared)
	}
}

// TestPortfolioSorted: the rows stand in the order that the address asks for, initiatives and teams apart.
func TestPortfolioSorted(t *testing.T) {
	h := serve(t, story(t), company()...)
	_, page, _ := get(t, h, "/?quarter=Q4-26&sort=name")
	up, _ := rowsOfOdds(page)
	_, page, _ = get(t, h, "/?quarter=Q4-26&sort=-name")
	down, _ := rowsOfOdds(page)
	if len(up) < 4 || slices.Equal(up, down) {
		t.Fatalf("up %v, down %v", up, down)
	}
	teams := slices.Index(up, "Kubernetes")
	if slices.Index(down, "Kubernetes") < slices.Index(down, up[0]) && teams > 0 {
		t.Errorf("teams stand before initiatives: %v", down)
	}
	if !strings.Contains(page, `href="/?quarter=Q4-26#odds"`) {
		t.Error("nothing leads back to the first order")
	}
	if code, text, _ := get(t, h, "/?sort=colour"); code != 400 || !strings.Contains(text, "names no column") {
		t.Errorf("an unknown column: %d", code)
	}
}

// over is a team whose quarter is over: one epic came in time, one too late, one did not come.
const over = `A quarter that is over.

-- site --
url https://jira.example
zone UTC
clock 2026-11-23 14:00

-- board 1 kanban OLD "Old" --
column "To Do": open
column "In Progress": doing
column "Done": done

-- OLD-1 Epic "In time" --
2026-06-01 10:00 created labels=Q3-26,Project_Early

-- OLD-2 Epic "Too late" --
2026-06-01 10:00 created labels=Q3-26,Project_Late

-- OLD-3 Epic "Never" --
2026-06-01 10:00 created labels=Q3-26,Project_Never

-- OLD-4 Story "In time" --
2026-06-02 10:00 created epic=OLD-1
2026-07-02 10:00 status=doing
2026-07-03 10:00 status=done

-- OLD-5 Story "Too late" --
2026-06-02 10:00 created epic=OLD-2
2026-10-02 10:00 status=doing
2026-10-05 10:00 status=done

-- OLD-6 Story "Never" --
2026-06-02 10:00 created epic=OLD-3
`

// TestPortfolioPast: a quarter that is over is told in the past tense, with what was forecast and what came, and makes
// no promise.
func TestPortfolioPast(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, []byte(over), team("Old", "OLD"))
	_, page, _ := get(t, h, "/?quarter=Q3-26")
	names, rows := rowsOfOdds(page)
	said := tags.ReplaceAllString(mainOf(t, page), "")
	for _, want := range []string{"1 of 3 initiatives was done by Wed 30 Sep and 1 came later", "What came",
		"85 % date told"} {
		if !strings.Contains(said, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, bad := range []string{"on track", "First risk", "In a week", "at risk", "unlikely"} {
		if strings.Contains(said, bad) {
			t.Errorf("the page says %q", bad)
		}
	}
	for name, want := range map[string]string{"Early": "Fri 3 Jul", "Late": "Mon 5 Oct", "Never": "not done",
		"Old": "not done"} {
		if !strings.Contains(rows[name], want) {
			t.Errorf("%s: %q does not tell %q (of %q)", name, rows[name], want, names)
		}
	}
}

// TestLastInstantOfQuarter: the last step of the walk through a quarter, the end of its last day, tells what came, as
// every later moment does; a second before that the quarter goes on.
func TestLastInstantOfQuarter(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, []byte(over), team("Old", "OLD"))
	for address, want := range map[string][2]string{
		"/?quarter=Q3-26": {"1 of 3 initiatives was done by Wed 30 Sep", "Of 3 initiatives for Wed 30 Sep"},
		"/teams/Old/roadmap?quarter=Q3-26": {"33 % of Q3-26 was done at its end; 2 issues remained.",
			"1 working day left"},
	} {
		said := map[string]string{}
		for _, at := range []string{"2026-09-30", "2026-10-01", "2026-09-30T23:59:59Z"} {
			_, page, _ := get(t, h, address+"&at="+at)
			said[at] = strings.Join(strings.Fields(tags.ReplaceAllString(mainOf(t, page), " ")), " ")
		}
		for n, at := range []string{"2026-09-30", "2026-09-30T23:59:59Z"} {
			if !strings.Contains(said[at], want[n]) || strings.Contains(said[at], want[1-n]) {
				t.Errorf("%s at %s: %.600s; want %q", address, at, said[at], want[n])
			}
		}
		const told = "not done 0 of 1 issues"
		if strings.Count(said["2026-09-30"], told) != strings.Count(said["2026-10-01"], told) {
			t.Errorf("%s: what came differs: %s and %s", address, said["2026-09-30"], said["2026-10-01"])
		}
	}
}

// overInSomeZones are a team of Berlin and one of New York, each with an initiative that came in time; CLOCK is when
// the story ends.
const overInSomeZones = `A quarter that is over in the east.

-- site --
url https://jira.example
zone Europe/Berlin
clock CLOCK

-- board 1 kanban EST "East" --
column "To Do": open
column "Done": done

-- board 2 kanban WST "West" --
column "To Do": open
column "Done": done

-- EST-1 Epic "Rail" --
2026-06-01 10:00 created labels=Q3-26,Project_Rail

-- EST-2 Story "Rail" --
2026-06-02 10:00 created epic=EST-1
2026-07-02 10:00 status=done

-- WST-1 Epic "Road" --
2026-06-01 10:00 created labels=Q3-26,Project_Road

-- WST-2 Story "Road" --
2026-06-02 10:00 created epic=WST-1
2026-07-02 10:00 status=done
`

// TestPortfolioPastInSomeZones: while the quarter is not over in the time zone of each team, the page tells what will
// be done, and what is done already; once it is, it tells what came.
func TestPortfolioPastInSomeZones(t *testing.T) {
	testrun.SkipInShort(t)
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	west := team("West", "WST")
	west.Calendar.Zone = zone
	for clock, want := range map[string]string{
		"2026-10-01 04:00": "Of 2 initiatives for Wed 30 Sep: 2 done.",
		"2026-10-01 07:00": "2 of 2 initiatives were done by Wed 30 Sep.",
	} {
		h := serve(t, []byte(strings.Replace(overInSomeZones, "CLOCK", clock, 1)), team("East", "EST"), west)
		_, page, _ := get(t, h, "/?quarter=Q3-26")
		if said := tags.ReplaceAllString(mainOf(t, page), ""); !strings.Contains(said, want) {
			t.Errorf("at %s the page does not say %q:\n%.600s", clock, want, said)
		}
	}
}

// TestPortfolioOfOneState: ?state= leaves the rows of one verdict; the sentence counts all of them.
func TestPortfolioOfOneState(t *testing.T) {
	h := serve(t, story(t), company()...)
	_, whole, _ := get(t, h, "/")
	code, page, _ := get(t, h, "/?state=unlikely")
	sentence := regexp.MustCompile(`(?s)<h1.*?</h1>`)
	if code != 200 || sentence.FindString(page) != sentence.FindString(whole) {
		t.Errorf("%d: the sentence is %s, of all %s", code, sentence.FindString(page), sentence.FindString(whole))
	}
	states := func(page string) map[string]int {
		counts := map[string]int{}
		table := page[strings.Index(page, `id="odds"`):]
		for _, one := range regexp.MustCompile(`<span class="state [a-z]*">.*?</svg>([a-z ]+)</span>`).
			FindAllStringSubmatch(table[:strings.Index(table, "</table>")], -1) {
			counts[one[1]]++
		}
		return counts
	}
	all, one := states(whole), states(page)
	if len(all) < 2 || len(one) != 1 || one["unlikely"] != all["unlikely"] {
		t.Errorf("of %v the page shows %v", all, one)
	}
	if code, page, _ := get(t, h, "/?state=late"); code != 400 || !strings.Contains(page, "on_track") {
		t.Errorf("a state that is none: %d", code)
	}
}

// TestPortfolioTrend: a row draws its 85 % date from week to week, and its sentence ends with the date that is told
// now.
func TestPortfolioTrend(t *testing.T) {
	h := serve(t, story(t), company()...)
	_, page, _ := get(t, h, "/")
	labels := regexp.MustCompile(`class="spark" role="img" aria-label="(85\x{202f}% date[^"]*)"`).
		FindAllStringSubmatch(page, -1)
	if len(labels) == 0 {
		t.Fatal("no row has a trend")
	}
	for _, label := range labels {
		if !strings.Contains(label[1], ", now: ") {
			t.Errorf("a trend says %q", label[1])
		}
	}
}

// TestInitiativeLeadsToItsBurnup: the name of an initiative leads to the roadmap of the team on which it hinges, where
// its epics there, and no others, stand in one burnup.
func TestInitiativeLeadsToItsBurnup(t *testing.T) {
	t.Parallel()
	h := serve(t, story(t), team("Kubernetes", "K8S"), team("Observability", "OB"))
	_, page, _ := get(t, h, "/")
	found := regexp.MustCompile(`<a href="([^"]*)#epics-card">Lifecycle</a>`).FindStringSubmatch(page)
	if found == nil || !strings.HasPrefix(found[1], "/teams/Kubernetes/roadmap?") {
		t.Fatalf("Lifecycle leads to %q", found)
	}
	code, roadmap, _ := get(t, h, html.UnescapeString(found[1]))
	if code != 200 || !strings.Contains(roadmap, `id="row-K8S-1301" data-pair="K8S-1301" class="chosen"`) ||
		strings.Count(roadmap, `class="chosen"`) != 1 {
		t.Errorf("%d: the burnup is not that of its epic", code)
	}
}
