package explanation

// What stands in an address before the name of a figure.
const (
	OfForecast  = "forecast."   // of a forecast: what is forecast may have one of the same name
	OfFourWeeks = "four_weeks." // of the last four weeks of a team without sprints
)

// DivideRows divides explanations into those of figures that stand alone and those of figures of which there are
// several, each of its row, in their order.
func DivideRows(list []Explanation) (figures, rows []Explanation) {
	for _, e := range list {
		if e.Figure.Row == "" {
			figures = append(figures, e)
		} else {
			rows = append(rows, e)
		}
	}
	return figures, rows
}
