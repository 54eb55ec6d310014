package roadmap

import (
	"fmt"
	"net/http"
	"strings"

	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/waterfall"
	"jerem/web/roadmap/callouts"
)

// File is the address of a table of the forecast, of the same quarter and moment.
func (p page) File(name string) string {
	return strings.Replace(p.EpicsCSV, "epics.csv", name, 1)
}

// tellsDates tells whether epics have likely dates: in a quarter that is not over.
func (p *page) tellsDates() bool { return p.Forecast != nil && p.Forecast.F != nil }

// Likely is tellsDates for the template.
func (p page) Likely() bool { return p.tellsDates() }

// HasRecord tells whether past forecasts of the team are judged.
func (p page) HasRecord() bool { return p.tellsDates() && len(p.Forecast.Record.Lines) > 0 }

// forecastTables are the tables of the forecast, for other programs.
var forecastTables = map[string]func(*outlook.Forecast) [][]string{"price": waterfall.PriceTable, "moved": movedRows,
	"oncall": callouts.Rows,
	"record": recordRows}

// ForecastFile is a table of the forecast of a quarter, as a file.
func (s *Pages) ForecastFile(r *http.Request) (frame.View, error) {
	team, name, at, err := s.quarterAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	file, _ := strings.CutSuffix(r.PathValue("file"), ".csv")
	rows, ok := forecastTables[file]
	if !ok || file == r.PathValue("file") {
		return frame.View{}, frame.NewProblem(http.StatusNotFound, "unknown_file",
			"The page of the roadmap lists its files.",
			"a quarter has no file %q", r.PathValue("file"))
	}
	f, err := outlook.Ask(team, outlook.Question{Quarter: &name}, at)
	if err != nil {
		return frame.View{}, err
	}
	return frame.Table(file+"-"+name.String(), rows(f)), nil
}

func movedRows(f *outlook.Forecast) [][]string {
	rows := [][]string{{"part", "by", "days"}}
	m := f.Moved
	if m == nil || m.Days == nil {
		return rows
	}
	for _, part := range []struct {
		name string
		days int
	}{{"worked", m.Worked}, {"scope", m.Scope}, {"impediments", m.Impediments}, {"pace", m.Pace},
		{"calendar", m.Calendar},
		{"all", *m.Days}} {
		rows = append(rows, []string{part.name, "", fmt.Sprint(part.days)})
	}
	for _, by := range m.By {
		rows = append(rows, []string{by.Part, format.Cell(by.Issue) + format.Cell(by.Date),
			format.PlainNumber(by.Days)})
	}
	return rows
}

func recordRows(f *outlook.Forecast) [][]string {
	rows := [][]string{{"p", "held", "of", "share", "low", "high"}}
	for _, at := range f.Calibration.At {
		rows = append(rows, []string{format.PlainNumber(at.P), fmt.Sprint(at.Held), fmt.Sprint(at.Of),
			format.Cell(at.Share),
			format.Cell(at.Low), format.Cell(at.High)})
	}
	return rows
}
