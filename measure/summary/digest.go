package summary

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/measure/words"
	"jerem/sorting"
)

// Digest is the weekly word about a team, for those who open no page: how its quarter stands, what moved its date since
// a week ago, and what came unexpected meanwhile.
type Digest struct {
	Team       string    `json:"team"`
	At         time.Time `json:"at"`
	Since      time.Time `json:"since"` // a week before
	Quarter    string    `json:"quarter"`
	Sentence   string    `json:"sentence"`   // of the quarter, with the date and by how much it moved
	Moved      string    `json:"moved"`      // what moved the date most; "" where nothing can be named
	Unexpected string    `json:"unexpected"` // what came, in a sentence
	Price      string    `json:"price"`      // what the unexpected costs, "" where it cannot be told
	Named      []string  `json:"-"`          // keys of the issues that the sentences name, in their order
}

// DigestAt tells what a week brought, as of its end.
func DigestAt(team *measure.Team, at time.Time) (*Digest, error) {
	name := team.Roadmap.QuarterAt(at)
	f, err := outlook.Ask(team, outlook.Question{Quarter: &name}, at)
	if err != nil {
		return nil, err
	}
	since := at.AddDate(0, 0, -7)
	impediments := team.ImpedimentsIn(since, at)
	return &Digest{Team: team.Index.History.Team.Name, At: at.UTC(), Since: since.UTC(), Quarter: name.String(),
		Sentence: QuarterSentence(team.Quarter(name, at), f, at, team.Index.History.Team.Calendar),
		Moved:    movedSentence(f.Moved), Unexpected: unexpectedSentence(impediments),
		Price: priceSentence(f.Price), Named: namedIssues(f.Moved, impediments)}, nil
}

// namedIssues lists the issues that the sentences of a week name, each once.
func namedIssues(m *outlook.Moved, i *measure.Impediments) []string {
	var keys []string
	add := func(key string) {
		if key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, b := range largestMoves(m) {
		if b.Issue != nil {
			add(*b.Issue)
		}
	}
	if dearest, ok := dearestOf(i); ok {
		add(dearest.Key)
	}
	return keys
}

// namedAtMost is how many causes of a move a digest names.
const namedAtMost = 3

// movedSentence names what moved the date of a forecast most in the week: epics for their scope, days for work,
// impediments and pace. "" where nothing can be named; the sentence of the quarter says by how much it moved.
func movedSentence(m *outlook.Moved) string {
	var named []string
	for _, b := range largestMoves(m) {
		what := ""
		if b.Issue != nil {
			what = *b.Issue
		} else {
			what = words.Date(*b.Date)
		}
		sign := "+"
		if b.Days < 0 {
			sign = "−"
		}
		days := words.Figure(math.Abs(b.Days))
		named = append(named, fmt.Sprintf("%s of %s %s%s", partWords[b.Part], what, sign, days))
	}
	if len(named) == 0 {
		return ""
	}
	return "What moved the date most, in working days: " + strings.Join(named, "; ") + "."
}

// largestMoves returns what moved a date most, the largest first, without what is under half a day or has no name.
func largestMoves(m *outlook.Moved) []outlook.MovedBy {
	if m == nil || m.Days == nil {
		return nil
	}
	size := func(b outlook.MovedBy) float64 { return math.Abs(b.Days) }
	by := slices.DeleteFunc(slices.Clone(m.By), func(b outlook.MovedBy) bool {
		return size(b) < 0.5 || b.Issue == nil && b.Date == nil
	})
	sorting.By(by, func(a, b outlook.MovedBy) int { return cmp.Compare(size(b), size(a)) })
	return by[:min(len(by), namedAtMost)]
}

// partWords are the parts of a move as people read them.
var partWords = map[string]string{"worked": "work", "scope": "scope", "impediments": "impediments", "pace": "pace",
	"calendar": "days off"}

// unexpectedSentence says what came unexpected in the week: impediments opened or worked on.
func unexpectedSentence(i *measure.Impediments) string {
	if i.Count == 0 {
		return "Nothing unexpected came in the week."
	}
	text := words.Count(i.Count, "impediment") + " came or went on in the week"
	switch {
	case i.TimeUnknown:
		return text + "; time logged was not read."
	case i.Seconds > 0:
		text += ", with " + words.Hours(i.Seconds) + " h logged"
	case i.WithoutTime > 0:
		text += ", without time logged"
	}
	if i.WithoutTime > 0 && i.Seconds > 0 {
		text += " (none on " + fmt.Sprint(i.WithoutTime) + " of them)"
	}
	return text + dearestIssue(i) + "."
}

// dearestIssue names the impediment that took most of the week, "" where none took time.
func dearestIssue(i *measure.Impediments) string {
	most, ok := dearestOf(i)
	if !ok {
		return ""
	}
	return "; the one that took most was " + most.Key + " with " + words.Hours(most.Seconds) + " h"
}

// dearestOf returns the impediment of several that took most; false where none took time, or time is not known.
func dearestOf(i *measure.Impediments) (most measure.ImpedimentCost, ok bool) {
	for _, one := range i.Issues {
		if one.Seconds > most.Seconds {
			most = one
		}
	}
	return most, !i.TimeUnknown && most.Seconds > 0 && len(i.Issues) > 1
}

// priceSentence says what the unexpected costs the quarter, "" where it cannot be told.
func priceSentence(p *outlook.Price) string {
	switch {
	case p == nil || p.Days == nil:
		return ""
	case *p.Days == 0:
		return "The unexpected costs the quarter no day."
	}
	return "The unexpected costs the quarter " + words.Count(*p.Days, "working day") + "."
}
