package catalogue

import "sync"

// All lists every figure, those of a subject in the order of its answer.
func All() []Figure {
	var all []Figure
	for _, list := range [][]Figure{workingDayFigures, ledgerFigures, outcomeFigures, impedimentFigures, quarterFigures,
		paceFigures, epicFigures, forecastFigures, forecastPartFigures, calibrationFigures,
		hitFigures("at", "p", ""), hitFigures("by_horizon", "horizon p", ", of forecasts of a length"), {pinballFigure},
		flowFigures, flowPartFigures, ruleFigures, mixFigures, differenceFigures, initiativeFigures, onCallFigures,
		onCallPriceFigures, onCallPartFigures} {
		all = append(all, list...)
	}
	return all
}

// everyFigure is the list of [All], made once: nobody changes it.
var everyFigure = sync.OnceValue(All)

// OfClass returns the figure whose series are of a class; false where there is none.
func OfClass(class string) (Figure, bool) {
	for _, f := range everyFigure() {
		if f.Class == class {
			return f, true
		}
	}
	return Figure{}, false
}

// Find returns what the catalogue says of a figure; false where there is none of that name.
func Find(of Subject, name string) (Figure, bool) {
	for _, f := range everyFigure() {
		if f.Of == of && f.Name == name {
			return f, true
		}
	}
	return Figure{}, false
}
