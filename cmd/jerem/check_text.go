package main

import (
	"fmt"
	"io"
	"strings"

	"jerem/check"
)

// page writes findings for a reader: grouped, aligned, in lines of at most 80 columns.
type page struct {
	out    io.Writer
	colour bool
}

// columns is the width of a page; a word that is longer stands on a line of its own.
const columns = 80

// The margin holds the mark and the name of a part.
const (
	partWidth = 13
	margin    = 2 + 6 + partWidth
)

// findings writes all findings, then what to do next.
func (p page) findings(list []check.Finding) {
	group := ""
	for _, f := range list {
		if g := groupOf(f); g != group {
			if group != "" {
				fmt.Fprintln(p.out)
			}
			group = g
			fmt.Fprintln(p.out, p.paint("1", g))
		}
		p.finding(f)
	}
}

func groupOf(f check.Finding) string {
	if f.Team != "" {
		return "team " + f.Team
	}
	group, _, _ := strings.Cut(f.What, " ")
	return strings.TrimSuffix(group, ":")
}

// finding writes one finding; what may be done about it stands under it.
func (p page) finding(f check.Finding) {
	mark := p.paint("32", "ok    ")
	switch {
	case !f.OK:
		mark = p.paint("31;1", "FAIL  ")
	case f.Hint != "" || len(f.Settings) > 0:
		mark = p.paint("33", "note  ")
	}
	part := f.Part
	if part == "" {
		part = f.What
	}
	pad := strings.Repeat(" ", max(1, partWidth-width(part)))
	fmt.Fprintf(p.out, "  %s%s%s%s\n", mark, part, pad, wrap(f.Found, margin))
	if f.Hint != "" {
		fmt.Fprintln(p.out, strings.Repeat(" ", margin)+p.paint("33", "→ ")+wrap(f.Hint, margin+2))
	}
}

func (p page) paint(code, text string) string {
	if !p.colour {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// wrap breaks a text into lines that begin at a column; the first one stands there already.
func wrap(text string, from int) string {
	var b strings.Builder
	at := from
	for n, word := range strings.Fields(text) {
		w := width(word)
		switch {
		case n == 0:
		case at+1+w > columns:
			b.WriteString("\n" + strings.Repeat(" ", from))
			at = from
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += w
	}
	return b.String()
}

// width tells how many columns a text takes: a terminal gives two to the signs of East Asia.
func width(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x1100 && r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0x1f300 && r <= 0x1faff {
			n++
		}
	}
	return n
}
