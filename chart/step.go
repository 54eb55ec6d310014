package chart

import (
	"fmt"
	"strings"

	"jerem/chart/labels"
	"jerem/chart/plot"
)

// Step is a moment at which what remains changed, as the line of a burndown goes up or down there.
type Step struct {
	X, From, To float64
	Told        string // "K8S-533 completed −3"
	ID          string // of the element of the page that tells the event
	Marked      bool   // a mark above the plot leads there too, and is read out
}

// stepsApart is how near steps may be, in shares of the axis, before one link tells them together.
const stepsApart = .008

// stepPadding is how far the link of a step reaches beyond the line, in pixels.
const stepPadding = 7

// gatherSteps returns the steps that each link tells; steps are in order of X.
func gatherSteps(steps []Step) [][]Step {
	var out [][]Step
	for _, one := range steps {
		last := len(out) - 1
		if last >= 0 && one.X-out[last][0].X < stepsApart && one.Marked == out[last][0].Marked {
			out[last] = append(out[last], one)
			continue
		}
		out = append(out, []Step{one})
	}
	return out
}

// toldTogether is how many events one mark tells by name: a longer list is heard to its end by nobody, and each event
// has a row in the table.
const toldTogether = 8

// tellTogether is the name of a mark that tells of several events, and what shows as it is pointed at.
func tellTogether(told []string) string {
	more := ""
	if n := len(told) - toldTogether; n > 0 {
		told, more = told[:toldTogether], fmt.Sprintf(",\nand %d more", n)
	}
	return strings.Join(told, ",\n") + more
}

// linkSteps makes each step of the line a link to what happened there, wide enough to be met by a pointer.
func linkSteps(d *plot.Drawing, steps []Step, s plot.Scale) {
	for _, group := range gatherSteps(steps) {
		var told, ids []string
		top, bottom := group[0].From, group[0].From
		for _, one := range group {
			told, ids = append(told, one.Told), append(ids, one.ID)
			top, bottom = max(top, one.From, one.To), min(bottom, one.From, one.To)
		}
		how := fmt.Sprintf(`><title>%s</title>`, labels.Escape(tellTogether(told)))
		if group[0].Marked {
			how = ` tabindex="-1" aria-hidden="true">`
		}
		upper, lower := s.YOf(top)-stepPadding, s.YOf(bottom)+stepPadding
		d.WriteFormat(`<a href="#%s" data-events="%s" class="step"%s`, labels.Escape(ids[0]),
			labels.Escape(strings.Join(ids, " ")), how)
		d.WriteFormat(`<rect class="reach" x="%s" y="%s" width="%d" height="%s" rx="%d" `+
			`transform="translate(-%d)"/></a>`,
			plot.PlacePercent(group[0].X), labels.Coordinate(upper), 2*stepPadding, labels.Coordinate(lower-upper),
			stepPadding, stepPadding)
	}
}
