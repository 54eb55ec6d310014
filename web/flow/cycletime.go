package flow

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"jerem/calendar"
	"jerem/chart"
	"jerem/measure/flow"
	"jerem/measure/words"
	"jerem/web/format"
	"jerem/web/frame"
)

// drawCycleTime draws the cycle time of what was finished, by day of finish.
func (v *page) drawCycleTime(from, to calendar.Date) {
	c := v.F.CycleTime
	if c.Measured == 0 {
		v.Cycle = &frame.Figure{Reading: "How long work takes cannot be told",
			Empty: "A cycle time begins with the first issue that was in progress and is done."}
		return
	}
	s := chart.Scatter{ID: "t-cycle", Days: v.flowDays(from, to)}
	zone := v.team.History().Team.Calendar.Zone
	outside := namedOutside(v.F.XmR.CycleTime)
	for _, one := range c.Issues {
		dot := chart.Dot{Day: from.DaysUntil(calendar.DateOf(one.Finish, zone)), Value: float64(one.Days),
			Title: one.Issue}
		if slices.Contains(outside, one.Issue) {
			dot.Name = one.Issue
		}
		s.Dots = append(s.Dots, dot)
	}
	s.Dots = tellDots(mergeDots(s.Dots, "#explain-flow-cycle"), v.base, v.keep)
	s.Levels = []chart.Level{{Value: float64(*c.P85), Name: "85" + format.Thin + "%: " + format.Plural(*c.P85, "day"),
		Short: "85" + format.Thin + "%", Class: "s-end", Link: "#explain-flow-cycle"},
		{Value: float64(*c.P50), Name: "50" + format.Thin + "%: " + format.Plural(*c.P50, "day"),
			Short: "50" + format.Thin + "%", Class: "s-ideal", Link: "#explain-flow-cycle"}}
	note := fmt.Sprintf("%s by day of finish.", format.Plural(c.Measured, "issue"))
	if x := v.F.XmR.CycleTime; x != nil {
		for _, limit := range limitsToDraw(x) {
			s.Levels = append(s.Levels, chart.Level{Value: limit, Name: "limit " + limitText(limit), Short: "limit",
				Class: "s-now", Link: "#explain-flow-cycle"})
		}
		note += noteOfLimits(x)
	}
	if c.NeverInProgress > 0 {
		note += " " + format.Capital(format.Plural(c.NeverInProgress, "issue")) +
			" more done without ever being in progress: no cycle time."
	}
	reading := fmt.Sprintf("Half of the issues take %s or less, 85%s%% take %s", format.Plural(*c.P50, "day"),
		format.Thin,
		format.Plural(*c.P85, "day"))
	s.Title = "Cycle time by day of finish. " + reading + "."
	v.Cycle = &frame.Figure{Reading: reading,
		Opened: frame.OpenFigures(reading, [2]string{format.Plural(*c.P50, "day"),
			"flow-cycle"}, [2]string{format.Plural(*c.P85, "day"), "flow-cycle"}), SVG: frame.HTML(s.SVG()), Note: note}
}

// mostNames is how many dots of a chart are told by the keys of their issues: those that stand apart.
const mostNames = 8

// namedOutside are the issues beyond the limits of ordinary variation, where they are few enough to be named.
func namedOutside(x *flow.Limits) []string {
	if x == nil || len(x.Outside) > mostNames {
		return nil
	}
	return x.Outside
}

// hasLowerLimit tells whether a cycle time can be shorter than ordinary variation makes it: none is below 0 days, and
// where all take equally long there is one limit.
func hasLowerLimit(x *flow.Limits) bool { return x.Lower > 0 && x.Lower < x.Upper }

// limitsToDraw are the limits of ordinary variation that a cycle time can lie beyond.
func limitsToDraw(x *flow.Limits) []float64 {
	if hasLowerLimit(x) {
		return []float64{x.Upper, x.Lower}
	}
	return []float64{x.Upper}
}

// limitText writes a limit so that whole days show on which side of it they lie: 1.96 is not 2.
func limitText(limit float64) string {
	text := format.Figure(limit)
	if rounded, err := strconv.ParseFloat(text, 64); err == nil && rounded == math.Trunc(rounded) && rounded != limit {
		return words.Fixed(limit, 2)
	}
	return text
}

// noteOfLimits says what the dotted lines are and which issues lie beyond them.
func noteOfLimits(x *flow.Limits) string {
	if hasLowerLimit(x) {
		return fmt.Sprintf(" Dotted: the limits of ordinary variation, %s and %s; %s.", limitText(x.Lower),
			limitInDays(x), outsideLimits(x.Outside, "issue"))
	}
	return fmt.Sprintf(" Dotted: the upper limit of ordinary variation, %s; %s.", limitInDays(x),
		strings.Replace(outsideLimits(x.Outside, "issue"), "the limits", "it", 1))
}

// limitInDays is the upper limit with its unit.
func limitInDays(x *flow.Limits) string {
	text := limitText(x.Upper)
	return text + " " + format.Agree(text, "day", "days")
}

// mostDots is how many issues a chart shows each by a dot of its own. A reader tells no more apart.
const mostDots = 200

// mergeDots draws issues of one day and one value as one dot where there are more than [mostDots]; link is what a dot
// of several leads to.
func mergeDots(dots []chart.Dot, link string) []chart.Dot {
	if len(dots) <= mostDots {
		return dots
	}
	type place struct {
		day   int
		value float64
	}
	issues := map[place]int{}
	var out []chart.Dot
	for _, dot := range dots {
		at := place{dot.Day, dot.Value}
		if issues[at] == 0 {
			out = append(out, dot)
		}
		issues[at]++
	}
	for n, dot := range out {
		if count := issues[place{dot.Day, dot.Value}]; count > 1 {
			out[n].Link, out[n].Name = link, ""
			out[n].Title = fmt.Sprintf("%d issues, %s", count, format.Plural(int(dot.Value), "day"))
		}
	}
	return out
}

// tellDots has the dots that stand for one issue, whose title is its key, tell its days and lead to it: after
// [mergeDots], for most dots of many are drawn no more.
func tellDots(dots []chart.Dot, base, keep string) []chart.Dot {
	for n := range dots {
		if dot := &dots[n]; dot.Link == "" {
			dot.Title, dot.Link = dot.Title+", "+format.Plural(int(dot.Value), "day"),
				frame.IssueAddress(base, dot.Title, keep)
		}
	}
	return dots
}

// outsideLimits says what lies outside of limits.
func outsideLimits(outside []string, thing string) string {
	names := slices.Clone(outside)
	for i, name := range names {
		if _, week, ok := strings.Cut(name, "-W"); ok && thing == "week" {
			names[i] = "week " + week
		}
	}
	switch n := len(names); {
	case n == 0:
		return "nothing lies beyond the limits"
	case n > 3:
		return fmt.Sprintf("%d %ss lie beyond the limits", n, thing)
	case n == 1:
		return names[0] + " lies beyond the limits"
	}
	return strings.Join(names, ", ") + " lie beyond the limits"
}
