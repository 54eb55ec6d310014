package explain_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/measure/words"
	"jerem/web/webtest"
)

var update = flag.Bool("update", false, "write the replay of the demo into docs/forecast.md")

const replayBegins, replayEnds = "<!-- replay -->\n", "<!-- end of replay -->"

// TestDemoReplay: docs/forecast.md tells what the forecast said in each week of the demo's third quarter, and what
// came.
func TestDemoReplay(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads a company of two years")
	}
	const file = "../../docs/forecast.md"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(raw), replayBegins)
	have, after, ends := strings.Cut(rest, replayEnds)
	if !ok || !ends {
		t.Fatalf("%s: there is no place for the replay", file)
	}
	var want strings.Builder
	for _, team := range webtest.World(t) {
		want.WriteString(replayOf(team, measure.QuarterName{Number: 3, Year: 2027}))
	}
	if have == want.String() {
		return
	}
	if !*update {
		t.Fatalf("%s: the table is not what is told: go test ./measure/explain -run TestDemoReplay -update", file)
	}
	if err := os.WriteFile(file, []byte(before+replayBegins+want.String()+replayEnds+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// replayOf is what was told of a quarter at the end of each of its weeks, as a table; "" where no epic was in it.
func replayOf(team *measure.Team, name measure.QuarterName) string {
	quarter := team.Quarter(name, team.Now())
	told := outlook.PastForecasts(team, name, team.Now())
	if len(told) == 0 || len(quarter.Epics) == 0 {
		return ""
	}
	var b strings.Builder
	came := "it was not done by 31 Dec 2027"
	if told[0].Came != nil {
		came = "it was done on " + words.Date(*told[0].Came)
	}
	fmt.Fprintf(&b, "**%s**, %s: %s\n\n", team.History().Team.Name, name, came)
	b.WriteString("| end of | left | even odds | 85 % date | odds of 30 Sep | 85 % date held " +
		"|\n|---|---|---|---|---|---|\n")
	for _, p := range told {
		then := team.Quarter(name, p.At)
		held := "–"
		if p.Held != nil {
			held = map[string]string{"true": "yes", "false": "no"}[fmt.Sprint(*p.Held)]
		}
		odds := "–"
		if p.Odds != nil {
			odds = words.Odds(*p.Odds)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n",
			p.At.In(team.History().Team.Calendar.Zone).Format("2 Jan 2006"),
			words.Amount(then.Remaining, then.Unit), dateOr(p.P50), dateOr(p.P85), odds, held)
	}
	b.WriteString("\n")
	return b.String()
}

func dateOr(date *string) string {
	if date == nil {
		return "–"
	}
	return words.Date(*date)
}
