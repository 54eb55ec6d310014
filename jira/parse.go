package jira

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// sprintPart finds the parts of a sprint's string form. Names and goals may hold such parts too.
var sprintPart = regexp.MustCompile(`[\[,](id|rapidViewId|state|name|startDate|endDate|completeDate|activatedDate|sequence|goal|autoStartStop|synced|incompleteIssuesDestinationId)=(\d*)`)

// oldSprint finds the id in the string form of a sprint, 0 where there is none: the one that stands first; else one that
// does not stand behind free text; else the last one.
func oldSprint(text string) (id int64) {
	open := strings.IndexByte(text, '[')
	if open < 0 {
		return 0
	}
	text = text[open:]
	inFreeText := false // what is read may be part of a name or a goal
	for _, m := range sprintPart.FindAllStringSubmatchIndex(text, -1) {
		key, value, rest := text[m[2]:m[3]], text[m[4]:m[5]], text[m[5]:]
		isFirst := m[0] == 0
		if key != "id" {
			inFreeText = key == "name" || key == "goal"
			continue
		}
		n, err := strconv.ParseInt(value, 10, 64)
		isPart := isFirst || text[m[0]] == ','
		isWhole := rest == "" || rest[0] == ',' || rest[0] == ']'
		switch {
		case err != nil || !isPart || !isWhole:
		case isFirst || !inFreeText:
			return n
		default:
			id = n
		}
	}
	return id
}

// timeLayouts are the forms in which Jira writes times.
var timeLayouts = []string{
	"2006-01-02T15:04:05.999999999Z0700", time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.999999999", time.DateOnly,
}

// parseTime reads a time in any form that Jira uses: text with an offset, or a number of
// milliseconds or seconds. Times before 1971 or after 2200 are not believed.
func parseTime(x any) (time.Time, bool) {
	var at time.Time
	switch x := x.(type) {
	case string:
		if n, err := strconv.ParseFloat(x, 64); err == nil {
			return parseTime(n)
		}
		for _, layout := range timeLayouts {
			if t, err := time.Parse(layout, x); err == nil {
				at = t
				break
			}
		}
	case float64:
		switch {
		case math.Abs(x) >= 1e11 && math.Abs(x) < 1e14:
			at = time.UnixMilli(int64(x))
		case math.Abs(x) < 1e11:
			at = time.Unix(int64(x), 0)
		}
	}
	if y := at.Year(); y < 1971 || y > 2200 {
		return time.Time{}, false
	}
	return at.UTC(), true
}

// maxNumber is the largest amount of a number field that is believed: up to it every whole number is exact, and
// sums of any history stay finite. maxSeconds is that of time tracking and of time logged: a hundred years.
const (
	maxNumber  = 1e15
	maxSeconds = 100 * 366 * 24 * 3600
)

// holds says whether a number is one that a field of a kind can hold.
func (k fieldKind) holds(x float64) bool {
	if k == kindSeconds {
		return x >= 0 && x <= maxSeconds
	}
	return math.Abs(x) <= maxNumber
}

// Forms of numbers in texts. A group is three digits, in India two but for the last one.
var (
	plainNumber  = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$`)
	commaGroups  = regexp.MustCompile(`^[+-]?\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?$`)
	spaceGroups  = regexp.MustCompile(`^[+-]?\d{1,3}([ '’\x{a0}\x{2009}\x{202f}]\d{3})+([.,]\d+)?$`)
	dotGroups    = regexp.MustCompile(`^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$`)
	decimalComma = regexp.MustCompile(`^[+-]?\d*,\d+$`)
	groupSpaces  = strings.NewReplacer(" ", "", "'", "", "’", "", "\u00a0", "", "\u2009", "", "\u202f", "", ",", ".")
)

// readings returns the numbers for which a text may stand, the likeliest first: as it is written; with groups; with a
// decimal comma. It is empty for what is no number.
func readings(s string) []float64 {
	s = strings.TrimSpace(s)
	var out []float64
	put := func(text string) {
		x, err := strconv.ParseFloat(text, 64)
		if err == nil && !math.IsInf(x, 0) && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	if plainNumber.MatchString(s) {
		put(s)
	}
	if commaGroups.MatchString(s) {
		put(strings.ReplaceAll(s, ",", ""))
	}
	if spaceGroups.MatchString(s) {
		put(groupSpaces.Replace(s))
	}
	if dotGroups.MatchString(s) {
		put(strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", "."))
	}
	if decimalComma.MatchString(s) {
		put(strings.Replace(s, ",", ".", 1))
	}
	return out
}

// parseNumber reads the likeliest number of a text, nil where it is none.
func parseNumber(s string) *float64 {
	if all := readings(s); len(all) > 0 {
		return &all[0]
	}
	return nil
}

var digits = regexp.MustCompile(`\d+`)

// idList reads the ids of a change: "7, 9", "[10019]".
func idList(s string) []string { return digits.FindAllString(s, -1) }

// sprintList reads the sprints of a change, ascending.
func sprintList(s string) []int64 {
	var ids []int64
	for _, d := range idList(s) {
		if id, err := strconv.ParseInt(d, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// labelList reads labels, which a change separates by spaces.
func labelList(s string) []string {
	labels := strings.Fields(s)
	slices.Sort(labels)
	return slices.Compact(labels)
}
