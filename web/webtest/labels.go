package webtest

import (
	"strings"
	"testing"

	"jerem/chart/charttest"
	"jerem/chart/labels"
)

// widths of a drawing on a phone, on a tablet and in columns of four, eight and twelve of a page.
const (
	phone  = 298
	tablet = 620
)

// windows are widths of a window in pixels, with those of the drawings in it by the ids of their titles: what the
// style's columns and paddings leave. The tests in a browser hold these to what is really there.
var windows = map[int]map[string]float64{
	390: {
		"t-cycle": phone, "t-cfd": phone, "t-ageing": phone, "t-through": phone, "t-burn": phone, "t-imp": phone,
		"t-vel": phone, "t-burnup": phone, "t-weekly": phone, "t-told": phone, "t-record": phone, "t-chosen": phone,
	},
	768: {
		"t-cycle": tablet, "t-cfd": tablet, "t-ageing": tablet, "t-through": tablet, "t-burn": tablet, "t-imp": tablet,
		"t-vel": tablet, "t-burnup": tablet, "t-weekly": tablet, "t-told": tablet, "t-record": tablet,
		"t-chosen": tablet,
	},
	1024: {
		"t-cycle": 554.7, "t-cfd": 554.7, "t-ageing": 233.3, "t-through": 233.3, "t-burn": 554.7, "t-imp": 554.7,
		"t-vel": 876, "t-burnup": 876, "t-weekly": 876, "t-told": 876, "t-record": 233.3, "t-chosen": 876,
	},
	1280: {
		"t-cycle": 725.3, "t-cfd": 725.3, "t-ageing": 318.7, "t-through": 318.7, "t-burn": 725.3, "t-imp": 725.3,
		"t-vel": 318.7, "t-burnup": 1132, "t-weekly": 623.7, "t-told": 623.7, "t-record": 318.7, "t-chosen": 1132,
	},
	1920: {
		"t-cycle": 725.3, "t-cfd": 725.3, "t-ageing": 318.7, "t-through": 318.7, "t-burn": 725.3, "t-imp": 725.3,
		"t-vel": 318.7, "t-burnup": 1132, "t-weekly": 623.7, "t-told": 623.7, "t-record": 318.7, "t-chosen": 1132,
	},
}

// Readable holds drawings to their promise: at no width lies a text on another, on a line of data or on a bar. what
// names them in an error.
func Readable(t *testing.T, what string, drawings ...string) {
	t.Helper()
	for _, svg := range drawings {
		_, id, _ := strings.Cut(svg, `<title id="`)
		id, _, _ = strings.Cut(id, `"`)
		for window, widths := range windows {
			for _, fault := range charttest.Faults(svg, window, widths[id], labels.TextWidth) {
				t.Errorf("%s, %s in a window of %d: %s", what, id, window, fault)
			}
		}
	}
}
