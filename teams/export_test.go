package teams

import "jerem/series"

// LinesLike is linesLike of pieces that were never seen.
func LinesLike(former []Line, pieces []series.Series) []Line {
	return linesLike(former, &pieceNames{}, pieces)
}

// ClockSpans is clockSpans, for the tests.
var ClockSpans = clockSpans
