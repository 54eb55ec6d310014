package inline

import (
	"fmt"
	"strings"

	"jerem/chart/labels"
)

// The geometry of a badge, in pixels.
const (
	badgeHeight = 20
	badgeMargin = 7
	badgeText   = 14 // the baseline
)

// Badge is a name and a value side by side, as a file of its own. class is the fill of the value, style what classes
// mean; both are trusted.
func Badge(name, value, class, style string) string {
	first := labels.TextWidth(name, false) + 2*badgeMargin
	whole := first + labels.TextWidth(value, true) + 2*badgeMargin
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%d" role="img" aria-label="%s: %s">`+
		"<style><![CDATA[%s]]></style>", labels.Coordinate(whole), badgeHeight, labels.Escape(name),
		labels.Escape(value), style)
	fmt.Fprintf(&b, `<title>%s: %s</title><g class="badge">`, labels.Escape(name), labels.Escape(value))
	fmt.Fprintf(&b, `<rect width="%s" height="%d" class="f-ink"/>`, labels.Coordinate(first), badgeHeight)
	fmt.Fprintf(&b, `<rect x="%s" width="%s" height="%d" class="%s"/>`, labels.Coordinate(first),
		labels.Coordinate(whole-first),
		badgeHeight, class)
	fmt.Fprintf(&b, `<text x="%d" y="%d">%s</text>`, badgeMargin, badgeText, labels.Escape(name))
	fmt.Fprintf(&b, `<text x="%s" y="%d" class="lab inv">%s</text></g></svg>`+"\n",
		labels.Coordinate(first+badgeMargin),
		badgeText,
		labels.Escape(value))
	return b.String()
}
