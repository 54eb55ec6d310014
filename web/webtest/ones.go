package webtest

import (
	_ "embed"
	"fmt"
	"html"
	"regexp"
	"strings"
	"time"

	"jerem/agile"
)

//go:embed testdata/ones.txtar
var onesOfTeam string

var onesTeams = []struct{ name, key, board, unit string }{
	{"Points", "PT", "scrum", "points=1"},
	{"Hours", "HR", "scrum", "estimate=1h"},
	{"Issues", "IS", "scrum", ""},
	{"Flow", "FL", "kanban", ""},
}

// estimates are the fields by which the boards of onesTeams estimate.
var estimates = map[string]string{"PT": "customfield_10036", "HR": "timeoriginalestimate", "IS": "issues"}

// Ones returns a story in which there is one of nearly everything: teams in points, in hours, in issues and without
// sprints, each with an epic, sprints that are committed one issue of one unit, and an impediment of one hour.
func Ones() []byte {
	site, team, _ := strings.Cut(onesOfTeam, "# ---- of each team\n")
	sprints, issues, _ := strings.Cut(team, "# ---- issues\n")
	var boards, allSprints, allIssues strings.Builder
	for n, one := range onesTeams {
		fmt.Fprintf(&boards, "-- board %d %s %s %q --\n", n+1, one.board, one.key, one.name)
		if estimate, estimated := estimates[one.key]; estimated {
			fmt.Fprintf(&boards, "estimate %s\n", estimate)
		}
		boards.WriteString("column \"To Do\": open\ncolumn \"In Progress\": doing\ncolumn \"Done\": done\n\n")
		fill := strings.NewReplacer("KEY", one.key, "BOARD", fmt.Sprint(n+1), "UNIT", one.unit)
		if one.board == "kanban" {
			allIssues.WriteString(inSprint.ReplaceAllString(fill.Replace(issues), ""))
			continue
		}
		allSprints.WriteString(fill.Replace(sprints))
		allIssues.WriteString(fill.Replace(issues))
	}
	return []byte(site + boards.String() + "-- sprints --\n" + allSprints.String() + "\n" + allIssues.String())
}

var inSprint = regexp.MustCompile(` sprint=\w+`)

// OnesCompany is the teams of Ones, with a budget of an hour.
func OnesCompany() (teams []agile.Team) {
	for _, one := range onesTeams {
		team := Team(one.name, one.key)
		team.Sprint.Budget = time.Hour
		teams = append(teams, team)
	}
	return teams
}

var (
	// withinLine are the tags of words that stand in one line with those around them.
	withinLine = regexp.MustCompile(`</?(?:a|b|small|span|i|em|strong|tspan|abbr|output|time|bdi)(?: [^>]*)?>`)
	anyTag     = regexp.MustCompile(`<[^>]*>`)
	readOut    = regexp.MustCompile(` (?:aria-label|aria-valuetext|title|alt)="([^"]*)"`)
	space      = "[ \u00a0\u202f]"
	noNumber   = `(?:^|[^\w.,/:` + "\u202f" + `-])` // what stands before a number that is whole
	behindOne  = regexp.MustCompile(noNumber + `1` + space +
		`((?:working |open |other |more )?(?:[a-z]+-)*(?:[a-z]+s|remain|are|were|have|need|wait))\b`)
	behindMany = regexp.MustCompile(noNumber + `(?:0|[2-9]|[1-9]\d+)` + space +
		`((?:working |open |other |more )?(?:point|hour|issue|day|week|sprint|epic|team|impediment|call-out|night|` +
		`rule|time|row|status|value|was|remains|has|needs))\b[^-]`)
	// actsAsMany finds one thing with the verb of several, "1 working day are left".
	actsAsMany = regexp.MustCompile(noNumber + `1` + space + `(?:working |open |other |more )?(?:[a-z]+-)?[a-z]+` +
		space + `(remain|are|were|have|need|wait|stand|belong|lack)\b`)
	// fitsOne are words that end like a plural and are right behind a 1.
	fitsOne = map[string]bool{"is": true, "was": true, "has": true, "as": true, "less": true, "does": true,
		"remains": true, "needs": true, "waits": true, "status": true}
)

// Miscounted returns the places of a page, an answer or an output where a number stands before a word that does not
// agree with it, as in "1 issues" and "0 issue", each with what is around it.
func Miscounted(text string) (found []string) {
	var b strings.Builder
	for _, one := range readOut.FindAllStringSubmatch(text, -1) {
		b.WriteString(one[1] + "\n")
	}
	b.WriteString(anyTag.ReplaceAllString(withinLine.ReplaceAllString(text, ""), "\n"))
	plain := html.UnescapeString(b.String())
	for _, wrong := range []*regexp.Regexp{behindOne, behindMany, actsAsMany} {
		for _, at := range wrong.FindAllStringSubmatchIndex(plain, -1) {
			if wrong != behindOne || !fitsOne[plain[at[2]:at[3]]] {
				around := plain[max(0, at[0]-60):min(len(plain), at[1]+40)]
				found = append(found, strings.Join(strings.Fields(strings.ToValidUTF8(around, "")), " "))
			}
		}
	}
	return found
}
