package feed

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Calendar is a feed.
type Calendar struct {
	Name   string
	Stamp  time.Time // when it is written
	Host   string    // that identifiers are of, as in jerem.example; "" for jerem
	Duties []Duty
	// IsPersonal leaves the person out of the titles: the feed is of one.
	IsPersonal bool
}

// Write writes a feed as iCalendar.
func Write(w io.Writer, c Calendar) error {
	out := bufio.NewWriter(w)
	host := c.Host
	if host == "" {
		host = "jerem"
	}
	writeLines(out, "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Jerem//On call//EN", "CALSCALE:GREGORIAN",
		"METHOD:PUBLISH", "X-WR-CALNAME:"+escapeText(c.Name), "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
		"X-PUBLISHED-TTL:PT1H")
	for _, d := range c.Duties {
		writeLines(out, "BEGIN:VEVENT", "UID:"+identifierOf(d)+"@"+host, "DTSTAMP:"+utcTime(c.Stamp),
			"DTSTART:"+utcTime(d.Start), "DTEND:"+utcTime(d.End), "SUMMARY:"+escapeText(titleOf(d, c.IsPersonal)),
			"DESCRIPTION:"+escapeText(fmt.Sprintf("Rota %s of team %s, level %d", d.Rota, d.Team, d.Level)),
			"TRANSP:TRANSPARENT", "END:VEVENT")
	}
	writeLines(out, "END:VCALENDAR")
	return out.Flush()
}

func titleOf(d Duty, isPersonal bool) string {
	switch {
	case d.IsGap():
		return "Nobody on call: " + d.Rota
	case isPersonal:
		return "On call: " + d.Rota
	}
	return "On call: " + d.Person + " (" + d.Rota + ")"
}

// identifierOf returns a name of a turn's part that stays the same as long as its rota, turn and start do. It tells
// nothing of the rota, and is of letters and digits whatever the rota is called.
func identifierOf(d Duty) string {
	named := fmt.Sprintf("%s\n%s\n%d\n%d", d.Rota, d.Turn.Version, d.Turn.Index, d.Start.Unix())
	return fmt.Sprintf("%x", sha256.Sum256([]byte(named)))[:32]
}

func utcTime(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// escapeText writes a text as a value of iCalendar: what separates values is escaped, other control characters go.
func escapeText(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\uFFFD"))
	text = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(text)
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
}

// longestLine is how many octets a line has at most, without its end.
const longestLine = 75

func writeLines(w *bufio.Writer, lines ...string) {
	for _, line := range lines {
		for limit := longestLine; len(line) > limit; limit = longestLine - 1 {
			cut := limit
			for !utf8.RuneStart(line[cut]) {
				cut--
			}
			_, _ = w.WriteString(line[:cut] + "\r\n ")
			line = line[cut:]
		}
		_, _ = w.WriteString(line + "\r\n")
	}
}
