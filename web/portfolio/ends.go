package portfolio

import (
	"slices"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/web/format"
)

// quarterEnds are the last days that a quarter has for teams, by their names: years may begin in different months.
type quarterEnds map[string]calendar.Date

func endsOf(questions []outlook.Asked, quarter measure.QuarterName) quarterEnds {
	ends := quarterEnds{}
	for _, asked := range questions {
		_, ends[asked.Team.History().Team.Name] = asked.Team.Dates(quarter)
	}
	return ends
}

// lastOf returns the last of the last days of some teams, of all where none is named.
func (ends quarterEnds) lastOf(teams []string) (last calendar.Date) {
	for name, end := range ends {
		if isAmong(name, teams) && last.Before(end) {
			last = end
		}
	}
	return last
}

// endInWords writes the last day of a quarter for some teams, for all where none is named; where they have several of
// them, that it is its end.
func (ends quarterEnds) endInWords(quarter string, teams []string) string {
	last := ends.lastOf(teams)
	for name, end := range ends {
		if isAmong(name, teams) && end != last {
			return "the end of " + quarter
		}
	}
	return format.DateWord(last)
}

func isAmong(name string, teams []string) bool {
	return len(teams) == 0 || slices.Contains(teams, name)
}
