package outlook

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
)

// changedPast is a team that finishes an issue of the epic E-1 on most days of two months; what changed comes on top.
func changedPast(t *testing.T, changes string) *measure.Team {
	var issues strings.Builder
	issues.WriteString("E-1 2026-09-01T00:00 type=epic labels=Q4-26\nE-2 2026-09-01T00:00 type=epic labels=Q1-27\n")
	issues.WriteString("K-1 2026-09-01T00:00 epic=1 points=5\nK-2 2026-09-01T00:00 epic=2 points=5\n")
	issues.WriteString("K-3 2026-09-01T00:00 labels=impediment\n2026-10-20T12:00 log 2h on 2026-10-20T10:00\n")
	day := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	for n := range 60 {
		fmt.Fprintf(&issues, "K-%d 2026-09-01T00:00 epic=1 points=1\n%s status=done\n", 10+n,
			day.AddDate(0, 0, n).Format("2006-01-02T15:04"))
	}
	h := storytest.Read(t, "until 2026-12-01\n"+changes, issues.String())
	h.Team.Sprint.Capacity = 8 * time.Hour // without it nothing has a price
	return measure.Of(h)
}

// TestForecastTellsPastChanges: a forecast tells what changed of what it rests on: an issue that was finished, for pace
// and record rest on it, and one that is asked for, as of moments before it was found. Of time logged it tells where it
// has a price.
func TestForecastTellsPastChanges(t *testing.T) {
	const before, after = "2026-11-02", "2026-11-20"
	const found = " 2026-11-10T10:00"
	for name, c := range map[string]struct {
		changes, quarter, at string
		want                 string // a part of the reason, "" for none
	}{
		"nothing":                   {"", "Q4-26", before, ""},
		"finished":                  {"change issue_deleted K-12" + found, "Q4-26", before, "deleted, or hidden"},
		"finished, later":           {"change issue_deleted K-12" + found, "Q4-26", after, ": K-12"},
		"finished after the moment": {"change issue_deleted K-65" + found, "Q4-26", "2026-10-20", ": K-65"},
		"asked for":                 {"change issue_deleted K-1" + found, "Q4-26", before, ": K-1"},
		"asked for, later":          {"change issue_deleted K-1" + found, "Q4-26", after, ""},
		"not asked for":             {"change issue_deleted K-2" + found, "Q4-26", before, ""},
		"time of an impediment": {"change time_corrected K-3" + found + " 2026-10-20T10:00", "Q4-26", before,
			": K-3"},
		"time of an impediment, later": {"change time_corrected K-3" + found + " 2026-10-20T10:00", "Q4-26", after, ""},
		"time of other work": {"change time_corrected K-1" + found + " 2026-10-20T10:00", "Q4-26", before,
			""},
	} {
		team := changedPast(t, "")
		if c.changes != "" {
			team = changedPast(t, c.changes)
		}
		quarter, _ := measure.ParseQuarter(c.quarter)
		f, err := Ask(team, Question{Quarter: &quarter}, storytest.ParseTime(t, c.at))
		if err != nil {
			t.Fatal(name, err)
		}
		told := slices.DeleteFunc(slices.Clone(f.Quality.Reasons), func(reason string) bool {
			return !strings.Contains(reason, "K-")
		})
		if c.want == "" && len(told) > 0 || c.want != "" && (len(told) != 1 || !strings.Contains(told[0], c.want)) {
			t.Errorf("%s: the reasons are %q, want %q", name, told, c.want)
		}
	}
}

// TestForecastTellsUnsentTime: time that an impediment says was spent on it, and that no log tells, is told where a
// forecast has a price.
func TestForecastTellsUnsentTime(t *testing.T) {
	h := changedPast(t, "").History()
	for _, i := range h.Issues {
		if i.Key.Last() == "K-3" {
			i.Numbers.Put("timespent", agile.Timeline[agile.Number]{{From: agile.MomentOf(i.Created)},
				{From: agile.MomentOf(storytest.ParseTime(t, "2026-10-20T12:00")), Value: agile.Number{Value: 10800,
					Known: true}}})
		}
	}
	quarter, _ := measure.ParseQuarter("Q4-26")
	for at, want := range map[string]bool{"2026-10-20T11:00": false, "2026-11-02": true} {
		f, err := Ask(measure.Of(h), Question{Quarter: &quarter}, storytest.ParseTime(t, at))
		if err != nil {
			t.Fatal(err)
		}
		isTold := func(reason string) bool { return strings.Contains(reason, "1 h more were spent on 1 issue") }
		if slices.ContainsFunc(f.Quality.Reasons, isTold) != want {
			t.Errorf("as of %s: %q", at, f.Quality.Reasons)
		}
		if price := f.QualityOf("price.days").Reasons; slices.ContainsFunc(price, isTold) != want {
			t.Errorf("the price as of %s: %q", at, price)
		}
	}
}

// TestPriceTellsTimeElsewhere: a price says what impediments brought along that was logged while they stood elsewhere,
// where it lies on the days that are drawn from, those off before the first of them included; dates do not rest on it.
func TestPriceTellsTimeElsewhere(t *testing.T) {
	for work, told := range map[string]bool{"2026-10-05T10:00": true, "2026-05-15T23:00": false,
		"2026-05-16T10:00": true, "2026-05-18T10:00": true} { // Friday, Saturday, and the first day that is drawn from
		h := storytest.SteadyTeam(storytest.ParseTime(t, "2026-11-02T08:00"), 5)
		moved := storytest.Read(t, "", "M-1 2026-04-01 project=20 key=REO-1 labels=impediment\n"+
			work+" log 2h on "+work+"\n2026-10-20T10:00 project=10 key=M-1").Issues[0]
		moved.ID = 900_000
		h.Issues = append(h.Issues, moved)
		at := storytest.ParseTime(t, work)
		h.Worklogs = append(h.Worklogs,
			agile.Worklog{ID: 900_000, Issue: moved.ID, Started: at, Created: at, Seconds: 7200})
		h.Team.Sprint.Capacity = 8 * time.Hour
		team := measure.Of(h)
		quarter, _ := measure.ParseQuarter("Q4-26")
		f, err := Ask(team, Question{Quarter: &quarter}, team.Now())
		if err != nil {
			t.Fatal(err)
		}
		for figure, told := range map[string]bool{"price.days": told, "dates.p85": false, "odds": false} {
			if slices.Contains(f.QualityOf(figure).Reasons, "2 h of the time of impediments was logged while 1 issue "+
				"stood elsewhere, and counts there too: M-1 (2 h in project REO)") != told {
				t.Errorf("work of %s: %s: %q, first day %s", work, figure, f.QualityOf(figure).Reasons,
					f.projection.past.Days[len(f.projection.past.Days)-f.HistoryDays])
			}
		}
	}
}
