package explanation

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/words"
)

// TeamWords writes figures as people read them: hours where estimates are time, the true minus sign, times in the
// team's zone.
type TeamWords struct {
	Unit agile.Unit
	Zone *time.Location
}

// WordsOf returns the words of a team.
func WordsOf(team *measure.Team) TeamWords {
	return TeamWords{team.Unit(), team.History().Team.Calendar.Zone}
}

// FormatAmount writes an estimate in the unit that people read.
func (w TeamWords) FormatAmount(x float64) string { return words.Estimate(x, w.Unit) }

// CountAmount is FormatAmount with the unit behind it.
func (w TeamWords) CountAmount(x float64) string {
	text := w.FormatAmount(x)
	return text + " " + words.UnitBehind(text, w.Unit)
}

// FormatSigned writes an estimate with its sign.
func (w TeamWords) FormatSigned(x float64) string { return words.Signed(x, w.Unit) }

// FormatPart writes an estimate as it stands in a formula or beside a sum: points and issues as FormatAmount does, time
// exactly, so that the parts add up to the sum as they are read.
func (w TeamWords) FormatPart(x float64) string { return words.ExactAmount(x, w.Unit) }

// FormatSignedPart is FormatPart with the sign.
func (w TeamWords) FormatSignedPart(x float64) string {
	if x > 0 {
		return "+" + w.FormatPart(x)
	}
	return w.FormatPart(x)
}

// CountPart is FormatPart with the unit behind it, which time has in it already.
func (w TeamWords) CountPart(x float64) string {
	if w.Unit == agile.Seconds {
		return w.FormatPart(x)
	}
	text := w.FormatPart(x)
	return text + " " + words.UnitBehind(text, w.Unit)
}

// FormatRate writes an amount a working day as it stands in a formula: points and issues with four digits, time to the
// second.
func (w TeamWords) FormatRate(x float64) string {
	if w.Unit == agile.Seconds {
		return words.Duration(x)
	}
	return words.FourDigits(x)
}

// RoundedRate is what stands behind a result of a rate that FormatRate does not write in full: ", rounded", else "".
func (w TeamWords) RoundedRate(x float64) string {
	written := math.Round(x)
	if w.Unit != agile.Seconds {
		written, _ = strconv.ParseFloat(fmt.Sprintf("%.4g", x), 64) // digits that were just written
	}
	if written == x {
		return ""
	}
	return ", rounded"
}

// ScaleAmount turns an estimate into the unit that people read.
func (w TeamWords) ScaleAmount(x float64) float64 { return words.Scale(x, w.Unit) }

// FormatRounded writes an estimate with one decimal at most.
func (w TeamWords) FormatRounded(x float64) string { return words.Decimal(w.ScaleAmount(x), 1) }

// UnitName names the unit of estimates, as FormatAmount writes them.
func (w TeamWords) UnitName() string { return words.UnitName(w.Unit) }

// FormatMoment writes a moment of a year that is evident.
func (w TeamWords) FormatMoment(t time.Time) string { return t.In(w.Zone).Format("Mon 2 Jan, 15:04") }

// FormatDay writes a date: "Mon 23 Nov".
func (w TeamWords) FormatDay(t time.Time) string { return t.In(w.Zone).Format("Mon 2 Jan") }

// FormatDate writes a date that was told at a moment, with its year where it is not that of the moment; a dash for
// none.
func (w TeamWords) FormatDate(text *string, at time.Time) string {
	d, ok := DateOf(text)
	switch {
	case !ok:
		return "–"
	case d.Year != at.In(w.Zone).Year():
		return DateWord(d) + fmt.Sprintf(" %d", d.Year)
	}
	return DateWord(d)
}

// Sum writes an addition, cut where it is long.
func Sum(terms []string, total string) string {
	const most = 30
	if len(terms) > most {
		terms = append(terms[:most:most], fmt.Sprintf("… %d more", len(terms)-most))
	}
	if len(terms) == 0 {
		return total
	}
	return WithSigns(strings.Join(terms, " + ") + " = " + total)
}

// oneSign writes two signs that stand beside each other as one.
var oneSign = strings.NewReplacer(" + −", " − ", " − −", " + ", " + +", " + ", " − +", " − ")

// WithSigns writes a sum whose terms have signs of their own as it is read: "0 + −4 + +1" is "0 − 4 + 1".
func WithSigns(sum string) string { return strings.TrimPrefix(oneSign.Replace(sum), "+") }

// DateWord writes a date: "Mon 23 Nov".
func DateWord(d calendar.Date) string { return d.In(time.UTC, 0).Format("Mon 2 Jan") }

// DateOf reads a date of a forecast; false for none.
func DateOf(text *string) (calendar.Date, bool) {
	if text == nil {
		return calendar.Date{}, false
	}
	t, err := time.Parse(time.DateOnly, *text)
	return calendar.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}, err == nil
}

// OddsInWords writes odds rounded down, a dash for none.
func OddsInWords(odds *float64) string { return words.OddsOnPage(odds) }
