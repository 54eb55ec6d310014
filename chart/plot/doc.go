// Package plot is what all charts with axes share: the scale of values, the axis of days or columns, the grid, paths,
// the line of the moment shown and lines across. Package chart draws the kinds of charts with it.
//
// Words. A place on the axis is between 0 and 1; [AxisPlace] makes percent of the width of it, between [Left] and
// [Right], so that one drawing serves every width of a page. A [Scale] maps values onto pixels of height. A [Drawing]
// collects the text of a chart; what it opens with OpenFrame stretches with the page, so that only paths stand in it,
// whose x goes from 0 to 1000. Texts do not stretch: they are put or placed in a labels.Scene of each screen, and
// functions named KeepClear… say where no text may stand.
//
// A worked example. A line through three days, with values up to 8:
//
//	d := &plot.Drawing{Height: 200}
//	s := plot.NewScale(8, 20, 180) // to a top of 8 in steps of 2; 8 is at 20 pixels from above, 0 at 180
//	d.OpenChart("t-line", "8 points, 5 of them are left")
//	d.DrawGrid(s)
//	d.OpenFrame()
//	d.WriteFormat(`<path d="%s" class="p s-exp"/>`, plot.StraightPath([]plot.XY{{X: 0, Y: 8}, {X: 1, Y: 5}}, s))
//	d.Text.WriteString("</svg>\n")
//	d.EndPicture()
//	svg := d.CloseChart()
package plot
