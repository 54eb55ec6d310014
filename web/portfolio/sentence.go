package portfolio

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/sorting"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
)

// The sentence of the portfolio names so many teams with so many letters at most; of more it tells the range.
const (
	mostNamed   = 4
	mostLetters = 60
)

// teamShare is how much of its quarter a team has done.
type teamShare struct {
	team  string
	share float64
	open  []string // keys of issues of a quarter that is done by its estimates, which have none or one of 0
}

// writeSentence writes the sentence of the page: how much of the quarter each team has done. Whether a team will be in
// time is not said: slack knows one pace and holds the scope still, so it is no verdict.
func (p *page) writeSentence(known []computedTeam, jira frame.JiraLinks) {
	p.Over = []string{format.Plural(len(p.Teams), "team")}
	named := len(p.Initiatives)
	if named > 0 && p.Initiatives[named-1].Name == "" {
		named--
	}
	if named > 0 {
		p.Over = append(p.Over, format.Plural(named, "initiative"))
	}
	var shares []teamShare
	planned := 0
	for _, one := range known {
		if len(one.quarter.Epics) > 0 {
			planned++
		}
		if one.quarter.Progression != nil {
			shares = append(shares, shareOf(one))
		}
	}
	if before := knownBefore(known); before != "" {
		p.Sentence = template.HTML(template.HTMLEscapeString(before))
		return
	}
	if planned == 0 {
		p.Sentence = template.HTML(template.HTMLEscapeString(fmt.Sprintf(
			"%s; no epic belongs to %s.",
			format.Plural(len(p.Teams), "team"), format.OrElse(p.Quarter, "a quarter"))))
		return
	}
	opened := onpage.SharesDone(quartersOf(known), latestOf(known))
	p.open("shares", opened, jira)
	past := p.Odds != nil && p.Odds.Past
	p.Sentence = template.HTML(sharesSentence(shares, planned, p.Quarter, past) + ".")
	if p.Odds != nil {
		p.Shares, p.Sentence = p.Sentence, p.Odds.Reading+"."
	}
	p.Note = "Slack: working days left less those that the rest needs at the team's usual pace. It holds the scope " +
		"still and knows one pace only, so it is no verdict."
}

// knownBefore says since when the first thing is known, where nothing was known of any team at the moment shown; else
// "".
func knownBefore(known []computedTeam) string {
	var first computedTeam
	for _, one := range known {
		if !one.at.Before(asked.KnownSince(one.team)) {
			return ""
		}
		if first.team == nil || one.team.KnownSince().Before(first.team.KnownSince()) {
			first = one
		}
	}
	if first.team == nil {
		return ""
	}
	return "Nothing is known before " + format.WordsOf(first.team).DayYear(first.team.KnownSince()) + "."
}

// shareOf is how much of its quarter a team has done. What is open and counts nothing is told of a quarter that is done
// but for that: of any other some work is left anyway.
func shareOf(one computedTeam) teamShare {
	out := teamShare{team: one.team.History().Team.Name, share: *one.quarter.Progression}
	if one.quarter.Remaining <= 0 {
		out.open = measure.OpenInQuarter(one.team, one.quarter, one.at)
	}
	return out
}

// openBeside says of which teams that have done all by its estimates something is open, for it has none; "" for none.
// An issue that several teams have counts once.
func openBeside(shares []teamShare, past bool) string {
	var teams []string
	keys := map[string]bool{}
	for _, s := range shares {
		if len(s.open) > 0 {
			teams = append(teams, template.HTMLEscapeString(s.team))
		}
		for _, key := range s.open {
			keys[key] = true
		}
	}
	open := len(keys)
	if open == 0 {
		return ""
	}
	be := format.Agree(fmt.Sprint(open), "is", "are")
	if past {
		be = format.Agree(fmt.Sprint(open), "was", "were")
	}
	of := strings.Join(teams, ", ")
	if len(teams) > mostNamed {
		of = format.Plural(len(teams), "team")
	}
	return fmt.Sprintf("; of %s %s without an estimate, or with one of 0, %s open beside that", of,
		format.Plural(open, "issue"), be)
}

// sharesSentence says how much of a quarter is done: team by team, of many their range. What has no estimate is told
// apart. Of a quarter that is over it is told in the past.
func sharesSentence(shares []teamShare, planned int, quarter string, past bool) string {
	has, have, then := " has done ", " have done ", ""
	if past {
		has, have, then = " had done ", " had done ", " at its end"
	}
	shares = slices.Clone(shares)
	sorting.By(shares, func(a, b teamShare) int { return -cmp.Compare(a.share, b.share) })
	letters := 0
	for _, s := range shares {
		letters += len([]rune(s.team))
	}
	said := func(s teamShare) string { return frame.LinkFigure("shares", format.Percent(&s.share)) }
	name := template.HTMLEscapeString
	var text string
	switch n := len(shares); {
	case n == 0:
		return "Nothing is estimated in the epics of " + name(quarter) + " yet"
	case n == 1 || n <= mostNamed && letters <= mostLetters:
		var parts []string
		for i, s := range shares {
			if i > 0 {
				parts = append(parts, name(s.team)+" "+said(s))
				continue
			}
			parts = append(parts, name(s.team)+has+said(s)+" of <span class=\"nobr\">"+name(quarter)+"</span>"+then)
		}
		text = strings.Join(parts, ", ")
	case said(shares[0]) == said(shares[n-1]):
		text = format.Plural(n, "team") + strings.TrimSuffix(have, "done ") + "each done " + said(shares[0]) +
			" of <span class=\"nobr\">" + name(quarter) + "</span>" + then
	default:
		text = fmt.Sprintf("%sbetween %s and %s of <span class=\"nobr\">%s</span>%s, half of them %s or more",
			format.Plural(n, "team")+have, said(shares[n-1]), said(shares[0]), name(quarter), then,
			said(shares[(n-1)/2]))
	}
	text += openBeside(shares, past)
	if rest := planned - len(shares); rest > 0 {
		text += fmt.Sprintf("; of %s it cannot be told, for nothing is estimated",
			frame.LinkFigure("shares", format.Plural(rest, "team")))
	}
	return text
}
