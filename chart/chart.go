package chart

import (
	"fmt"
	"strings"

	"jerem/chart/plot"
)

// The words of the plot in which callers give their data.
type (
	// XY is a point: X between 0 and 1 of the axis, Y in the unit of the chart.
	XY = plot.XY
	// Day is a cell of the time axis.
	Day = plot.Day
	// Level is a line across a whole plot: a percentile, a mean, a limit.
	Level = plot.Level
)

// margin is the space around a drawing that stands alone, in pixels.
const margin = 20

// linksAsGroups takes the links out of a drawing that stands alone: what they lead to is on the page. Without them all
// of it is one picture.
var linksAsGroups = strings.NewReplacer("<a href=", `<g aria-hidden="true" data-link=`, "</a>", "</g>",
	`role="group"`, `role="img"`, ` tabindex="-1" aria-hidden="true"`, "")

// WithoutLinks returns a drawing whose links lead nowhere, for places where what they lead to is not.
func WithoutLinks(drawing string) string { return linksAsGroups.Replace(drawing) }

// Alone returns a drawing of [Burnup], [Burndown], [Bars], [Weeks] or [Trend] as a file of its own, 1000
// pixels wide. style is what its classes mean and definitions are the marks and patterns it uses; both
// are trusted. The style must make the class chart 960 pixels wide.
func Alone(drawing, style, definitions string) string {
	height := 0
	if _, err := fmt.Sscanf(drawing, `<svg class="chart" height="%d"`, &height); err != nil {
		return ""
	}
	drawing = WithoutLinks(drawing)
	placed := strings.Replace(drawing, `<svg class="chart"`,
		fmt.Sprintf(`<svg class="chart" x="%d" y="%d" width="960"`, margin, margin), 1)
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 %d" width="1000" height="%d">`,
		height+2*margin, height+2*margin) +
		"<style><![CDATA[" + strings.ReplaceAll(style, "]]>", "") + "]]></style><defs>" + definitions +
		`</defs><rect width="100%" height="100%" class="sheet"/>` + "\n" + placed + "</svg>\n"
}
