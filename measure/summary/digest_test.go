package summary

import (
	"testing"

	"jerem/measure"
	"jerem/measure/outlook"
)

func days(n int) *int { return &n }

// TestMovedSentences: what moved a date most is named, the largest first; what is under half a day is not.
func TestMovedSentences(t *testing.T) {
	epic, other, day := "K-1", "K-2", "2026-11-10"
	by := func(part string, issue, date *string, days float64) outlook.MovedBy {
		return outlook.MovedBy{Part: part, Issue: issue, Date: date, Days: days}
	}
	for _, c := range []struct {
		moved *outlook.Moved
		want  string
	}{
		{nil, ""}, {&outlook.Moved{By: []outlook.MovedBy{by("scope", &epic, nil, 4)}}, ""},
		{&outlook.Moved{Days: days(0)}, ""},
		{&outlook.Moved{Days: days(3), By: []outlook.MovedBy{by("worked", nil, &day, -2), by("scope", &epic, nil, 4.25),
			by("scope", &other, nil, 0.4), by("pace", nil, nil, 9), by("impediments", nil, &day, 1),
			by("scope", &other, nil, -0.5)}},
			"What moved the date most, in working days: scope of K-1 +4.3; work of 10 Nov 2026 −2; impediments of " +
				"10 Nov 2026 +1."},
	} {
		if got := movedSentence(c.moved); got != c.want {
			t.Errorf("%+v: %s, want %s", c.moved, got, c.want)
		}
	}
}

// TestUnexpectedSentences: what is not known of time is not told as none.
func TestUnexpectedSentences(t *testing.T) {
	two := []measure.ImpedimentCost{{Key: "K-1", Seconds: 3600}, {Key: "K-2", Seconds: 9000}}
	for _, c := range []struct {
		i    measure.Impediments
		want string
	}{
		{measure.Impediments{}, "Nothing unexpected came in the week."},
		{measure.Impediments{Count: 1, Seconds: 3600, Issues: two[:1]},
			"1 impediment came or went on in the week, with 1 h logged."},
		{measure.Impediments{Count: 3, Seconds: 12600, WithoutTime: 1, Issues: two},
			"3 impediments came or went on in the week, with 3.5 h logged (none on 1 of them); the one that " +
				"took most " +
				"was K-2 with 2.5 h."},
		{measure.Impediments{Count: 2, WithoutTime: 2},
			"2 impediments came or went on in the week, without time logged."},
		{measure.Impediments{Count: 2, TimeUnknown: true},
			"2 impediments came or went on in the week; time logged was not read."},
	} {
		if got := unexpectedSentence(&c.i); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

// TestPriceSentences: a price that cannot be told is not told.
func TestPriceSentences(t *testing.T) {
	for _, c := range []struct {
		price *outlook.Price
		want  string
	}{
		{nil, ""}, {&outlook.Price{Why: "no capacity"}, ""},
		{&outlook.Price{Days: days(0)}, "The unexpected costs the quarter no day."},
		{&outlook.Price{Days: days(6)}, "The unexpected costs the quarter 6 working days."},
	} {
		if got := priceSentence(c.price); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}
