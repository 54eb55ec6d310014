package roadmap

import (
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/chart"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/measure/outlook"
	"jerem/measure/storytest"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/roadmap/subject"
)

// saidAt is the moment of the forecasts of these pages.
var saidAt = time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC)

// quarterPage is the page of a quarter with 78 of 100 points done, 8 issues without an estimate, and a forecast.
func quarterPage(t *testing.T, f *outlook.Forecast) (*page, subject.Subject) {
	t.Helper()
	team := measure.Of(storytest.BigHistoryOf(60))
	name := team.QuarterAt(team.Now())
	days, share, none := 18, 0.78, 8
	q := &measure.Quarter{Quarter: name.String(), Total: 100, Done: 78, Remaining: 22, Progression: &share,
		WorkingDaysLeft: 24, DaysToComplete: &days, SlackDays: new(6),
		Velocity: &measure.QuarterVelocity{Median: 1.25, Sprints: 3},
		Epics:    []measure.QuarterEpic{{Key: "AA-1", Unestimated: &none}}}
	p := &page{W: format.WordsOf(team), Q: q, Forecast: &forecastView{F: f}}
	return p, subject.Of(team, name, team.Now(), subject.Question{}, "")
}

// TestSentenceWithoutDate: where the date lies too far ahead to be told the headline tells the odds, and not how soon
// the usual pace would be through with what is estimated.
func TestSentenceWithoutDate(t *testing.T) {
	low, half, due := 0.004, "2027-05-13", "2026-12-31"
	for _, c := range []struct {
		name     string
		forecast outlook.Forecast
		want     []string
		not      string
	}{
		{"no date", outlook.Forecast{Odds: &low, Deadline: &due, At: saidAt, State: outlook.StateUnlikely},
			[]string{"Unlikely: <a", "no date can be told, not even at even odds", "under 1"}, "at the usual pace"},
		{"the 50 % date alone", outlook.Forecast{Odds: &low, Deadline: &due, At: saidAt, State: outlook.StateUnlikely,
			Dates: outlook.LevelDates{P50: &half}},
			[]string{"Thu 13 May 2027</a>)", "no 85", "too far ahead", "under 1"}, "at the usual pace"},
		{"no odds", outlook.Forecast{State: outlook.StateUnknown, Why: "too young"},
			[]string{">Cannot tell when it is done</a>: too young. <a", "at the usual pace the rest takes"},
			"too far ahead"},
	} {
		p, s := quarterPage(t, &c.forecast)
		p.writeSentence(s)
		for _, want := range c.want {
			if !strings.Contains(string(p.Sentence+p.Rest), want) {
				t.Errorf("%s: %q is missing in %s", c.name, want, p.Sentence+p.Rest)
			}
		}
		if strings.Contains(string(p.Sentence+p.Rest), c.not) {
			t.Errorf("%s: %s", c.name, p.Sentence+p.Rest)
		}
		if told := sumOfEpics(p).Odds != ""; told != (c.forecast.Odds != nil) {
			t.Errorf("%s: the sum of the epics tells odds %q", c.name, sumOfEpics(p).Odds)
		}
	}
	p, s := quarterPage(t, &outlook.Forecast{Odds: &low, Deadline: &due, At: saidAt, State: outlook.StateUnlikely})
	p.Q.Remaining, p.Q.Done = 0, 100
	if p.writeSentence(s); strings.Contains(string(p.Sentence+p.Rest), "nothing remains") {
		t.Errorf("work without an estimate remains: %s", p.Sentence+p.Rest)
	}
}

// TestNoteOfUnestimated: the burnup says that its bands leave out what is open without an estimate, not what is done
// without one, and the odds where these have no date on the axis.
func TestNoteOfUnestimated(t *testing.T) {
	low, open := 0.004, 0
	p, _ := quarterPage(t, &outlook.Forecast{Odds: &low, State: outlook.StateUnlikely, Unestimated: &open})
	fan := chart.Burnup{Fan: []chart.FanPoint{{}, {X: 1}}}
	if note := unestimatedNote(p, fan); note != "" {
		t.Errorf("all of the 8 issues without an estimate are done: %q", note)
	}
	open = 3
	note := unestimatedNote(p, fan)
	if !strings.Contains(note, "leave out the 3 open issues without an estimate") ||
		!strings.Contains(note, format.OddsWord(&low)) {
		t.Errorf("told %q", note)
	}
	if note := unestimatedNote(p, chart.Burnup{}); note != "" {
		t.Errorf("without bands: %q", note)
	}
}

// TestSlackWithoutEstimates: a quarter in which nothing is estimated has no slack: all the time left is not spare.
func TestSlackWithoutEstimates(t *testing.T) {
	p, s := quarterPage(t, nil)
	p.Q.Total, p.Q.Done, p.Q.Remaining, *p.Q.SlackDays = 0, 0, 0, 24
	if tile := slackTile(p, s.Team, ""); tile.Value != "–" || tile.Unit != "" ||
		tile.Note != "nothing is estimated yet" {
		t.Errorf("told %+v", tile)
	}
}

// TestOneDay: one day is told as one.
func TestOneDay(t *testing.T) {
	p, s := quarterPage(t, nil)
	*p.Q.DaysToComplete, *p.Q.SlackDays = 1, -1
	if tile := daysTile(p, s.Team); tile.Unit != "working day" {
		t.Errorf("1 %s", tile.Unit)
	}
	if tile := slackTile(p, s.Team, ""); tile.Unit != "day" {
		t.Errorf("%s %s", tile.Value, tile.Unit)
	}
	half, date := 0.5, "2027-05-13"
	for _, f := range []*outlook.Forecast{nil, {Odds: &half}, {Odds: &half, Dates: outlook.LevelDates{P85: &date}}} {
		for _, total := range []float64{0, 100} {
			p, s := quarterPage(t, f)
			p.Q.WorkingDaysLeft, p.Q.Total = 1, total
			if p.writeSentence(s); !strings.Contains(string(p.Sentence+p.Rest), "1 working day</a> is left") {
				t.Errorf("told %s", p.Sentence+p.Rest)
			}
		}
	}
}

// TestSentenceTellsWhatIsOpen: a quarter of which nothing remains by its estimates is not called done while an issue
// without one, or with one of 0, is open, while it runs and when it is over.
func TestSentenceTellsWhatIsOpen(t *testing.T) {
	for more, want := range map[string][2]string{
		"": {"nothing remains, with", "0</a> points remained."},
		"\nK-2 2026-10-20 epic=1": {"is done, 1 issue without an estimate, or with one of 0, is open, and",
			"remained, and beside that 1 issue without an estimate, or with one of 0, was open."},
		"\nK-2 2026-10-20 epic=1\nK-3 2026-10-20 " +
			"epic=1 points=0": {"is done, 2 issues without an estimate, or with one of " +
			"0, are open, and", "remained, and beside that 2 issues without an estimate, or with one of 0, were open."},
	} {
		h := storytest.Read(t, "until 2027-01-20", `E-1 2026-10-01 type=epic labels=Q4-26
K-1 2026-10-20 epic=1 points=3
  2026-11-02T10:00 status=done`+more)
		team := measure.Of(h)
		name, _ := measure.ParseQuarter("Q4-26")
		for n, at := range []time.Time{saidAt, team.Now()} {
			p := &page{W: format.WordsOf(team), Q: team.Quarter(name, at)}
			p.writeSentence(subject.Of(team, name, at, subject.Question{}, ""))
			if said := string(p.Sentence + p.Rest); !strings.Contains(said, want[n]) ||
				more != "" && strings.Contains(said, "nothing remains") {
				t.Errorf("%q as of %s: %s", more, at, said)
			}
		}
	}
}

// TestPaceOfKanban: a Kanban team has no pace of sprints, ever; another one has none yet.
func TestPaceOfKanban(t *testing.T) {
	p, s := quarterPage(t, nil)
	p.Q.Velocity, p.Q.SlackDays, p.Q.DaysToComplete = nil, nil, nil
	h := *s.Team.History()
	for kind, want := range map[agile.BoardKind]string{agile.Kanban: "a Kanban team has no sprints",
		agile.Scrum: "no sprint was closed yet"} {
		board := *h.Board
		board.Kind = kind
		h.Board = &board
		team := measure.Of(&h)
		for _, tile := range []frame.Tile{slackTile(p, team, ""), daysTile(p, team), velocityTile(p, team)} {
			if !strings.HasPrefix(tile.Note, want) {
				t.Errorf("%s of %s: %q", tile.Name, kind, tile.Note)
			}
		}
	}
}

// TestOthersByOdds: epics that are not done are others where some are done, and the epics themselves where none is.
func TestOthersByOdds(t *testing.T) {
	low, high := 0.2, 0.8
	some := []onpage.EpicOdds{{Odds: &low}, {Odds: &high}}
	for _, c := range []struct {
		epics  []onpage.EpicOdds
		late   string
		areAll bool
		want   string
	}{
		{some, "1", false, "1 of 2 others has"}, {some, "1", true, "1 of them has"},
		{some, "2", true, "2 of them have"},
		{some[1:], "0", false, "1 other has"}, {some[1:], "0", true, "it has"}, {some, "0", true, "each of them has"},
		{append(some, onpage.EpicOdds{}), "0", true, "none of them has"},
	} {
		who, have := othersByOdds(c.epics, c.late, c.areAll)
		if got := who + " " + have; !strings.HasPrefix(got, c.want) {
			t.Errorf("%s late, all %t: %q, want %q", c.late, c.areAll, got, c.want)
		}
	}
}

// TestRecordTile: the tile tells each number once: how many held, and of what they are.
func TestRecordTile(t *testing.T) {
	share := 0.8
	c := outlook.Calibration{Horizon: 40, Own: 25, Prior: 18, At: make([]outlook.CalibrationAt, 4)}
	c.At[2] = outlook.CalibrationAt{P: .85, Held: 20, Of: 25, Share: &share}
	p, _ := quarterPage(t, nil)
	tile := recordTile(p, &outlook.Forecast{Calibration: c})
	if tile.Value != "20" || tile.Unit != "of 25 held" ||
		tile.Note != "replayed from the past, for work of about 40 working days" {
		t.Errorf("told %+v", tile)
	}
	c.Own = 5
	tile = recordTile(p, &outlook.Forecast{Calibration: c})
	if !strings.Contains(tile.Note, "days; the width is borrowed") {
		t.Errorf("told %+v", tile)
	}
}
