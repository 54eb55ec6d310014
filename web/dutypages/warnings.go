package dutypages

import (
	"slices"
	"strings"

	"jerem/oncall/risk"
	"jerem/web/format"
)

// timesNamed is how many times a warning names before it tells how many more there are.
const timesNamed = 3

// warningLine is a warning in words, with the times that it is about.
type warningLine struct {
	IsError    bool
	Rota, Text string // Rota is "" where the text names it
	Times      []string
	More       int // times that are not named
}

// warningLines are the warnings that the visitor may see and that are chosen; those of the same words are one.
func (v *visit) warningLines(chosen func(risk.Warning) bool) []warningLine {
	var out []warningLine
	for _, w := range v.view.WarningsFor(v.who) {
		if !chosen(w) {
			continue
		}
		line := v.warningLineOf(w)
		i := slices.IndexFunc(out, func(x warningLine) bool { return x.Rota == line.Rota && x.Text == line.Text })
		switch {
		case i < 0:
			out = append(out, line)
		case len(out[i].Times) < timesNamed:
			out[i].Times = append(out[i].Times, line.Times...)
		default:
			out[i].More++
		}
	}
	return out
}

func (v *visit) warningLineOf(w risk.Warning) warningLine {
	line := warningLine{IsError: w.IsError, Rota: w.Rota, Text: w.Text}
	if strings.Contains(w.Text, w.Rota) {
		line.Rota = ""
	}
	switch {
	case w.Person != "" && w.Person != v.who.Handle:
		line.Text = w.Person + ": " + w.Text
	case !strings.HasPrefix(w.Text, w.Rota) || w.Rota == "":
		line.Text = format.Capital(w.Text)
	}
	if w.Start.IsZero() {
		return line
	}
	zone := v.view.ZoneOf(w.Rota)
	line.Times = []string{clockText(w.Start, zone)}
	if w.End.After(w.Start) {
		line.Times[0] += " to " + clockText(w.End, zone)
	}
	return line
}
