package digest

import (
	"net/url"
	"strings"
	"time"
	"unicode"

	"jerem/measure"
	"jerem/measure/summary"
)

// Word is what is told of a team's week.
type Word struct {
	*summary.Digest
	Address string `json:"address,omitempty"` // of the roadmap; "" where it is not known by which address people ask
	Links   []Link `json:"links,omitempty"`   // to the issues that are named

	zone *time.Location
}

// Link is where people find what a word names.
type Link struct {
	What    string `json:"what"`
	Address string `json:"address"`
}

// WordOf tells what the week to a moment brought a team. site is the address by which people ask, "" where it is not
// known: then there are no links.
func WordOf(team *measure.Team, at time.Time, site string) (*Word, error) {
	d, err := summary.DigestAt(team, at)
	if err != nil {
		return nil, err
	}
	w := &Word{Digest: d, zone: team.History().Team.Calendar.Zone}
	if site == "" {
		return w, nil
	}
	pages := site + "/teams/" + url.PathEscape(d.Team)
	w.Address = pages + "/roadmap?quarter=" + d.Quarter
	for _, key := range d.Named {
		w.Links = append(w.Links, Link{key, pages + "/issues/" + url.PathEscape(key)})
	}
	return w, nil
}

// Heading names the team and the day to which the word is.
func (w *Word) Heading() string {
	return plainLine(w.Team) + ", the week to " + w.At.In(w.zone).Format("Mon 2 Jan 2006")
}

// Text is the word as lines of text, the heading first.
func (w *Word) Text() string {
	var b strings.Builder
	b.WriteString(w.Heading() + "\n")
	write := func(line string) {
		if line != "" {
			b.WriteString("  " + plainLine(line) + "\n")
		}
	}
	for _, line := range []string{w.Sentence, w.Moved, w.Unexpected, w.Price, w.Address} {
		write(line)
	}
	for _, l := range w.Links {
		write(l.What + ": " + l.Address)
	}
	return b.String()
}

// plainLine is a text without characters that end a line, steer what shows it or turn the direction of writing.
func plainLine(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case !unicode.IsPrint(r) && !unicode.Is(unicode.Zs, r):
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
