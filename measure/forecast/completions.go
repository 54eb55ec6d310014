package forecast

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/problem"
)

const (
	// longestHistory is how many days a project's history may span: a date beyond it is a mistake of the file.
	longestHistory = 100 * 366
	// mostFinished is the most that a day may finish.
	mostFinished = 1e9
	// mostFaults is how many faulty lines are told before reading ends.
	mostFaults = 20
)

// Project is the throughput of a project, with its name.
type Project struct {
	Name       string
	Throughput Throughput
}

// ReadCompletions reads lines of project, date and number completed, in any order, with or without the header
// "project,date,completed". Working days are Monday to Friday; what was completed on a weekend stands on the Monday.
// The projects come back in order of name. All faulty lines are told, up to twenty.
func ReadCompletions(r io.Reader) ([]Project, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord, in.ReuseRecord, in.TrimLeadingSpace = -1, true, true
	byProject := map[string]map[int]float64{}
	var faults []error
	for first := true; len(faults) < mostFaults; first = false {
		fields, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			fault, readsOn := problem.OfTable(err)
			faults = append(faults, fault)
			if !readsOn {
				break
			}
			continue
		}
		if first && isHeader(fields) {
			continue
		}
		if err := addCompletion(byProject, fields); err != nil {
			line, _ := in.FieldPos(0)
			faults = append(faults, fmt.Errorf("line %d: %w", line, err))
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	var projects []Project
	for _, name := range slices.Sorted(maps.Keys(byProject)) {
		days, err := throughputOf(byProject[name])
		if err != nil {
			return nil, fmt.Errorf("project %s: %w", name, err)
		}
		projects = append(projects, Project{Name: name, Throughput: days})
	}
	return projects, nil
}

func isHeader(fields []string) bool {
	return len(fields) >= 3 && strings.EqualFold(strings.TrimPrefix(fields[0], "\ufeff"), "project") &&
		strings.EqualFold(fields[1], "date")
}

// addCompletion adds a line to the working days of its project.
func addCompletion(byProject map[string]map[int]float64, fields []string) error {
	if len(fields) != 3 {
		return fmt.Errorf("has %d fields; project, date and completed are needed, with commas between them",
			len(fields))
	}
	date, err := time.Parse(time.DateOnly, fields[1])
	if err != nil {
		return fmt.Errorf("%q is no date; write it as 2026-11-28", fields[1])
	}
	completed, err := strconv.ParseFloat(fields[2], 64)
	if err != nil || math.IsNaN(completed) || completed < 0 || completed > mostFinished {
		return fmt.Errorf("%q is no number of completed issues or points", fields[2])
	}
	days := byProject[fields[0]]
	if days == nil {
		days = map[int]float64{}
		byProject[strings.Clone(fields[0])] = days
	}
	if completed > 0 {
		days[workingDay(date)] += completed
	}
	return nil
}

// workingDay numbers the days from Monday to Friday; a weekend has the number of the Monday after.
func workingDay(date time.Time) int {
	monday := time.Date(0, time.January, 3, 0, 0, 0, 0, time.UTC) // the first Monday that a date can name
	days := int((date.Unix() - monday.Unix()) / 86_400)           // a Duration does not reach so far back
	return days/7*5 + min(days%7, 5)
}

// throughputOf lays the working days of a project out, from its first to its last finish.
func throughputOf(days map[int]float64) (Throughput, error) {
	if len(days) == 0 {
		return nil, nil
	}
	numbers := slices.Collect(maps.Keys(days))
	first, last := slices.Min(numbers), slices.Max(numbers)
	if last-first > longestHistory {
		return nil, errors.New("its dates span more than a hundred years")
	}
	throughput := make(Throughput, last-first+1)
	for number, completed := range days {
		throughput[number-first] = completed
	}
	return throughput, nil
}
