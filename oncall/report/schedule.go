package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
	"time"

	"jerem/oncall/feed"
	"jerem/series"
)

// ScheduleText writes duties as lines, in the times of a zone.
func ScheduleText(w io.Writer, duties []feed.Duty, zone *time.Location) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	const shown = "Mon 2006-01-02 15:04"
	for _, d := range duties {
		person := d.Person
		if d.IsGap() {
			person = "nobody (gap)"
		} else if d.Planned != d.Person {
			person += " for " + d.Planned
		}
		if _, err := fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", d.Rota, d.Start.In(zone).Format(shown),
			d.End.In(zone).Format(shown), person); err != nil {
			return err
		}
	}
	return table.Flush()
}

// scheduledDuty is a duty as programs read it.
type scheduledDuty struct {
	Rota    string    `json:"rota"`
	Team    string    `json:"team"`
	Level   int       `json:"level"`
	Start   time.Time `json:"start"`
	End     time.Time `json:"end"`
	Person  *string   `json:"person"` // null in a gap
	Planned string    `json:"planned"`
	Turn    int       `json:"turn"`
	Version string    `json:"version"`
	Changes []int64   `json:"changes"`
}

// ScheduleJSON writes duties as one list.
func ScheduleJSON(w io.Writer, duties []feed.Duty) error {
	list := make([]scheduledDuty, len(duties))
	for i, d := range duties {
		list[i] = scheduledDuty{Rota: d.Rota, Team: d.Team, Level: d.Level, Start: d.Start.UTC(), End: d.End.UTC(),
			Planned: d.Planned, Turn: d.Turn.Index, Version: d.Turn.Version.String(),
			Changes: append([]int64{}, d.Changes...)}
		if !d.IsGap() {
			list[i].Person = &d.Person
		}
	}
	return writeJSON(w, list)
}

func writeJSON(w io.Writer, value any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}

// ScheduleCSV writes duties as a table in UTC; a gap has no person. Its first columns are what `jerem oncall import`
// reads.
func ScheduleCSV(w io.Writer, duties []feed.Duty) error {
	rows := [][]string{{"person", "rota", "start", "end", "team", "level", "planned"}}
	for _, d := range duties {
		rows = append(rows, []string{d.Person, d.Rota, d.Start.UTC().Format(time.RFC3339),
			d.End.UTC().Format(time.RFC3339), d.Team, strconv.Itoa(d.Level), d.Planned})
	}
	return writeCSV(w, rows)
}

// writeCSV writes rows of which no cell is a formula.
func writeCSV(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	for _, row := range rows {
		for i, cell := range row {
			row[i] = series.SafeCell(cell)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
