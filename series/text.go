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
	"time"
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
	for s := range list {
		head := s.csvHead()
		for _, p := range s.Points {
			b = append(b, head...)
			b = append(Time(p.Tick).AppendFormat(b, time.RFC3339Nano), ',')
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
