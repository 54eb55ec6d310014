package told

import "testing"

func TestReadingOfTold(t *testing.T) {
	lines := []toldLine{{On: "Sun 1 Nov", P85: "Fri 4 Dec"}, {On: "Sun 8 Nov", P85: "Mon 7 Dec"}}
	for _, one := range []struct {
		held, judged int
		want         string
	}{
		{0, 8, "0 of 8 dates told at 85\u202f% held"},
		{1, 1, "1 of 1 date told at 85\u202f% held"},
		{0, 0, "Told on Sun 1 Nov: Fri 4 Dec; on Sun 8 Nov: Mon 7 Dec"},
	} {
		if got := readingOfTold(lines, one.held, one.judged); got != one.want {
			t.Errorf("%q, want %q", got, one.want)
		}
	}
}
