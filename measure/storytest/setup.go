package storytest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// readSetup reads one line: "unit seconds", "zone Europe/Paris", "matches 1,2" (the issues of the filter,
// by place), "grace 1h", "status 9 Old" (deleted, no category), "category 9 done", "column 9" (one more
// at the right of the board), "type 7 Name LEVEL", "sprint 1 NAME state START END COMPLETE SEEN", and
// what else stands below.
func (r *storyReader) readSetup(line string) {
	r.t.Helper()
	f := strings.Fields(line)
	for _, setups := range []map[string]func(*storyReader, []string){teamSetups, siteSetups} {
		if read, known := setups[f[0]]; known {
			read(r, f)
			return
		}
	}
	r.t.Fatalf("story: setup %q", line)
}

// teamSetups read what is said of the team and its rules.
var teamSetups = map[string]func(r *storyReader, f []string){
	"unit": func(r *storyReader, f []string) {
		r.h.Board.Estimate = map[string]string{"points": EstimateField, "seconds": "timeoriginalestimate",
			"issues": ""}[f[1]]
	},
	"zone": func(r *storyReader, f []string) {
		zone, err := time.LoadLocation(f[1])
		if err != nil {
			r.t.Fatal(err)
		}
		r.h.Team.Calendar.Zone = zone
	},
	"matches": func(r *storyReader, f []string) {
		r.h.Matches = map[int64]bool{}
		for _, id := range strings.Split(f[1], ",") {
			n, _ := strconv.ParseInt(id, 10, 64)
			r.h.Matches[n] = true
		}
	},
	"grace": func(r *storyReader, f []string) {
		r.h.Team.Sprint.Grace, _ = time.ParseDuration(f[1])
	},
	"nature": func(r *storyReader, f []string) {
		r.h.Team.Impediment.Nature = f[1]
	},
	"first_month": func(r *storyReader, f []string) {
		n, _ := strconv.Atoi(f[1])
		r.h.Team.Quarter.FirstMonth = time.Month(n)
	},
	"waiting": func(r *storyReader, f []string) {
		r.h.Team.Flow.Waiting = f[1:]
	},
	"untouched": func(r *storyReader, f []string) {
		r.h.Team.Flow.Untouched, _ = strconv.Atoi(f[1])
	},
	"by": func(r *storyReader, f []string) {
		r.h.Team.Quarter.By = agile.QuarterBy(f[1])
	},
	"label": func(r *storyReader, f []string) {
		r.h.Team.Quarter.Label = regexp.MustCompile(f[1])
	},
	"history": func(r *storyReader, f []string) {
		r.h.Team.Sprint.History, _ = strconv.Atoi(f[1])
	},
	"budget": func(r *storyReader, f []string) {
		r.h.Team.Sprint.Budget, _ = time.ParseDuration(f[1])
	},
	"off": func(r *storyReader, f []string) {
		r.h.Team.Calendar.Off = func(d calendar.Date) bool { return slices.Contains(f[1:], d.String()) }
	},
	"types": func(r *storyReader, f []string) {
		r.h.Team.Impediment.Types = f[1:]
	},
	"labels": func(r *storyReader, f []string) {
		r.h.Team.Impediment.Labels = f[1:]
	},
	"closed": func(r *storyReader, f []string) {
		r.h.Team.ClosedStatuses = f[1:]
	},
	// the id of its project, 10 unless it is told
	"project": func(r *storyReader, f []string) {
		r.h.ProjectID = f[1]
	},
	// the value of the Team field
	"works": func(r *storyReader, f []string) {
		r.h.Team.Works = f[1]
	},
	"until": func(r *storyReader, f []string) {
		r.h.Until = ParseTime(r.t, f[1])
	},
}

// siteSetups read what is said of the Jira and what was read of it.
var siteSetups = map[string]func(r *storyReader, f []string){
	// "version 7 Q4-26": its present name
	"version": func(r *storyReader, f []string) {
		if r.h.Versions == nil {
			r.h.Versions = map[string]string{}
		}
		r.h.Versions[f[1]] = f[2]
	},
	"type": func(r *storyReader, f []string) {
		level, _ := strconv.Atoi(f[3])
		r.h.Types[f[1]] = agile.Type{ID: f[1], Name: f[2], Level: level}
	},
	"category": func(r *storyReader, f []string) {
		s := r.h.Statuses[f[1]]
		s.Category = agile.Category(f[2])
		r.h.Statuses[f[1]] = s
	},
	"column": func(r *storyReader, f []string) {
		r.h.Board.Columns = append(r.h.Board.Columns, agile.Column{Name: f[1], Statuses: f[1:]})
	},
	"nofields": func(r *storyReader, f []string) {
		r.h.Fields = nil
	},
	"nocolumns": func(r *storyReader, f []string) {
		r.h.Board.Columns = nil
	},
	"status": func(r *storyReader, f []string) {
		r.h.Statuses[f[1]] = agile.Status{ID: f[1], Name: f[2], Names: f[2:]}
	},
	// "gap SOURCE CODE SINCE SUBJECT KEYS", - for none; a subject is a name, _ for a space, or code:argument
	"gap": func(r *storyReader, f []string) {
		g := agile.Gap{Source: agile.Source(f[1]), Code: agile.GapCode(f[2]), Since: ParseTime(r.t, f[3])}
		if f[4] != "-" {
			g.Subject = readSubject(f[4])
		}
		if f[5] != "-" {
			g.Issues = splitList(f[5])
		}
		r.h.Gaps = append(r.h.Gaps, g)
	},
	"noboard": func(r *storyReader, f []string) {
		r.h.Board = nil
	},
	"sprint": func(r *storyReader, f []string) {
		id, _ := strconv.ParseInt(f[1], 10, 64)
		v := agile.SprintVersion{Name: f[2], State: agile.SprintState(f[3])}
		for i, at := range []*time.Time{&v.Start, &v.End, &v.Complete, &v.Seen} {
			if len(f) > 4+i && f[4+i] != "-" {
				*at = ParseTime(r.t, f[4+i])
			}
		}
		for i := range r.h.Sprints {
			if r.h.Sprints[i].ID == id {
				r.h.Sprints[i].Versions = append(r.h.Sprints[i].Versions, v)
				return
			}
		}
		r.h.Sprints = append(r.h.Sprints, agile.Sprint{ID: id, OriginBoard: 1, Versions: []agile.SprintVersion{v}})
	},
}

// readSubject reads what a gap is of: a name, or a code and its argument with a colon between.
func readSubject(text string) agile.Subject {
	code, argument, coded := strings.Cut(text, ":")
	if !coded {
		return agile.NamedSubject(strings.ReplaceAll(text, "_", " "))
	}
	return agile.NewSubject(agile.SubjectCode(code), argument)
}
