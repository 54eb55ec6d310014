package world

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// act is what is done to one ticket at one moment; the first act of a ticket creates it.
type act struct {
	at     time.Time
	ticket int // its number
	ops    []op
}

// op is one thing of an act. Only the fields that its verb needs are filled.
type op struct {
	do     verb
	text   string   // a status, a label, a key, a title
	list   []string // natures
	n      int      // sprint, worklog of the ticket (from 1), ticket of an epic or parent; 0 is none
	amount float64  // points, or seconds
	none   bool     // no estimate
	on     time.Time
}

// verb is a word of a story, as far as the company uses it.
type verb string

// The verbs; their text is how a story writes them.
const (
	create   verb = "created"
	status   verb = "status="
	points   verb = "points="
	hours    verb = "estimate="
	enter    verb = "sprint=+"
	leave    verb = "sprint=-"
	epicIs   verb = "epic="
	parentIs verb = "parent="
	label    verb = "+"
	unlabel  verb = "-"
	nature   verb = "nature="
	flag     verb = "flag"
	unflag   verb = "unflag"
	logWork  verb = "log"
	relog    verb = "relog"
	unlog    verb = "unlog"
	move     verb = "move="
	retitle  verb = "summary="
	erase    verb = "deleted"
)

// storyWord writes an op as a story does.
func (o op) storyWord(w *World) string {
	switch o.do {
	case status, label, unlabel, move:
		return string(o.do) + o.text
	case retitle:
		return string(o.do) + strconv.Quote(o.text)
	case points:
		if o.none {
			return "points=none"
		}
		return string(o.do) + strconv.FormatFloat(o.amount, 'f', -1, 64)
	case hours:
		if o.none {
			return "estimate=none"
		}
		return string(o.do) + formatMinutes(o.amount)
	case enter, leave:
		return string(o.do) + strconv.Itoa(o.n)
	case epicIs, parentIs:
		if o.n == 0 {
			return string(o.do) + "none"
		}
		return string(o.do) + w.tickets[o.n-1].title
	case nature:
		if len(o.list) == 0 {
			return "nature=none"
		}
		return string(o.do) + strings.Join(o.list, ",")
	case logWork:
		return "log " + formatMinutes(o.amount) + " on " + o.on.Format(time.RFC3339)
	case relog:
		return fmt.Sprintf("relog %d %s on %s", o.n, formatMinutes(o.amount), o.on.Format(time.RFC3339))
	case unlog:
		return fmt.Sprintf("unlog %d", o.n)
	}
	return string(o.do)
}

func formatMinutes(seconds float64) string { return fmt.Sprintf("%dm", int(seconds)/60) }

// writeIssues writes every ticket with its acts.
func (w *World) writeIssues(b *bytes.Buffer) {
	byTicket := make([][]act, len(w.tickets)+1)
	for _, a := range w.acts {
		byTicket[a.ticket] = append(byTicket[a.ticket], a)
	}
	for _, t := range w.tickets {
		fmt.Fprintf(b, "\n-- %s %s %q --\n", t.title, t.typ, t.called)
		for _, a := range byTicket[t.n] {
			b.WriteString(a.at.Format(time.RFC3339))
			for _, o := range a.ops {
				b.WriteString(" " + o.storyWord(w))
			}
			b.WriteString("\n")
		}
	}
}
