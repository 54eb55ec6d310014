package series

import (
	"bytes"
	"io"
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Escape percent-encodes everything but letters, digits, '.', '_' and '-'.
func Escape(s string) string { return string(appendEscaped(nil, s)) }

func appendEscaped(b []byte, s string) []byte {
	const digits = "0123456789ABCDEF"
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '_', c == '-':
			b = append(b, c)
		default:
			b = append(b, '%', digits[c>>4], digits[c&15])
		}
	}
	return b
}

// GTS writes a value as in Warp 10's input format.
func (v Value) GTS() string { return string(v.appendGTS(nil)) }

func (v Value) appendGTS(b []byte) []byte {
	switch v.kind() {
	case isText:
		return append(appendEscaped(append(b, '\''), v.text()), '\'')
	case isDouble:
		return appendDouble(b, v.doubleNumber())
	}
	return strconv.AppendInt(b, v.longNumber(), 10)
}

// appendDouble writes a number with a decimal point or an exponent, so that it is read as a DOUBLE.
func appendDouble(b []byte, x float64) []byte {
	start := len(b)
	if math.Abs(x) >= 1e21 {
		b = strconv.AppendFloat(b, x, 'e', -1, 64)
	} else {
		b = strconv.AppendFloat(b, x, 'f', -1, 64)
	}
	if !bytes.ContainsAny(b[start:], ".eIN") {
		b = append(b, ".0"...)
	}
	return b
}

// bufferSize is about how much text is made before it is written.
const bufferSize = 64 << 10

// WriteGTS writes series in Warp 10's input format, microsecond ticks: the first line of a series
// names it, the following ones continue it.
func WriteGTS(w io.Writer, list iter.Seq[Series]) error {
	b := make([]byte, 0, bufferSize)
	for s := range list {
		b = s.AppendGTS(b)
		if len(b) < bufferSize/2 {
			continue
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
		b = b[:0]
	}
	_, err := w.Write(b)
	return err
}

// AppendGTS appends the lines of a series to a text, as [WriteGTS] writes them.
func (s *Series) AppendGTS(b []byte) []byte {
	from, to := 0, 0 // where the end of the line before stands: a grid repeats its value
	for n, p := range s.Points {
		if n == 0 {
			b = append(strconv.AppendInt(b, p.Tick, 10), "// "...)
			b = append(append(b, s.Key()...), ' ')
			b = append(p.Value.appendGTS(b), '\n')
			continue
		}
		b = strconv.AppendInt(append(b, '='), p.Tick, 10)
		if n > 1 && p.Value == s.Points[n-1].Value {
			b = append(b, b[from:to]...)
			continue
		}
		from = len(b)
		b = append(b, "// "...)
		b = append(p.Value.appendGTS(b), '\n')
		to = len(b)
	}
	return b
}

// WriteCSV writes the header class,labels,time,value and a line for each point; labels are
// percent-encoded and joined by ';', in order of their names.
func WriteCSV(w io.Writer, list iter.Seq[Series]) error {
	b := append(make([]byte, 0, bufferSize), "class,labels,time,value\n"...)
	var moments momentWriter
	for s := range list {
		head := s.csvHead()
		for _, p := range s.Points {
			b = append(b, head...)
			b = append(moments.appendMoment(b, p.Tick), ',')
			if text, ok := p.Value.Text(); ok {
				b = append(b, quoteCell(SafeCell(text))...)
			} else {
				b = p.Value.appendGTS(b)
			}
			b = append(b, '\n')
			if len(b) < bufferSize {
				continue
			}
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	_, err := w.Write(b)
	return err
}

// momentWriter writes ticks as [time.RFC3339Nano] does, in UTC. Those of one day follow one another, so that its date
// is written once. The zero value is ready.
type momentWriter struct {
	day  int64  // that date is the date of; from the first one of 1970
	date []byte // with the T behind it
}

func (m *momentWriter) appendMoment(b []byte, tick int64) []byte {
	const second, ofDay = 1_000_000, 24 * 60 * 60 * 1_000_000
	day, in := tick/ofDay, tick%ofDay
	if in < 0 {
		day, in = day-1, in+ofDay
	}
	if m.date == nil || day != m.day {
		m.day, m.date = day, Time(tick).AppendFormat(m.date[:0], "2006-01-02T")
	}
	clock, micros := in/second, in%second
	b = append(b, m.date...)
	b = append(appendTwo(b, clock/3600), ':')
	b = append(appendTwo(b, clock/60%60), ':')
	b = appendTwo(b, clock%60)
	if micros != 0 {
		b = append(b, '.')
		for digit := int64(second / 10); micros != 0; digit /= 10 {
			b = append(b, byte('0'+micros/digit))
			micros %= digit
		}
	}
	return append(b, 'Z')
}

// appendTwo appends a number below 100 with two digits.
func appendTwo(b []byte, n int64) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

// csvHead is the beginning of each line of a series: class and labels.
func (s *Series) csvHead() string {
	var labels []string
	for _, name := range slices.Sorted(maps.Keys(s.Labels)) {
		labels = append(labels, Escape(name)+"="+Escape(s.Labels[name]))
	}
	return quoteCell(SafeCell(s.Class)) + "," + strings.Join(labels, ";") + ","
}

// quoteCell quotes a text where CSV needs it.
func quoteCell(s string) string {
	if !strings.ContainsAny(s, ",\"\r\n") {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
