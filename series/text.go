package series

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Escape percent-encodes everything but letters, digits, '.', '_' and '-'.
func Escape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '_', c == '-':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// GTS writes a value as in Warp 10's input format.
func (v Value) GTS() string {
	switch v.kind {
	case isText:
		return "'" + Escape(v.text) + "'"
	case isDouble:
		return formatDouble(v.dbl)
	}
	return strconv.FormatInt(v.long, 10)
}

// formatDouble writes a number with a decimal point or an exponent, so that it is read as a DOUBLE.
func formatDouble(x float64) string {
	text := strconv.FormatFloat(x, 'f', -1, 64)
	if math.Abs(x) >= 1e21 {
		text = strconv.FormatFloat(x, 'e', -1, 64)
	}
	if !strings.ContainsAny(text, ".eIN") {
		text += ".0"
	}
	return text
}

// MarshalJSON writes a number or a text; a DOUBLE keeps its decimal point.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.kind {
	case isText:
		return json.Marshal(v.text)
	case isDouble:
		if math.IsNaN(v.dbl) || math.IsInf(v.dbl, 0) {
			return nil, fmt.Errorf("series: %v is no number in JSON", v.dbl)
		}
		return []byte(formatDouble(v.dbl)), nil
	}
	return strconv.AppendInt(nil, v.long, 10), nil
}

// UnmarshalJSON reads what MarshalJSON writes: a number with a point or an exponent is a DOUBLE.
func (v *Value) UnmarshalJSON(b []byte) error {
	text := string(b)
	if strings.HasPrefix(text, `"`) {
		var s string
		err := json.Unmarshal(b, &s)
		*v = String(s)
		return err
	}
	if strings.ContainsAny(text, ".eE") {
		x, err := strconv.ParseFloat(text, 64)
		*v = Double(x)
		return err
	}
	n, err := strconv.ParseInt(text, 10, 64)
	*v = Long(n)
	return err
}

// UnmarshalJSON reads a point as [tick, value].
func (p *Point) UnmarshalJSON(b []byte) error {
	var pair []json.RawMessage
	if err := json.Unmarshal(b, &pair); err != nil {
		return err
	}
	if len(pair) != 2 {
		return fmt.Errorf("series: a point of %d parts", len(pair))
	}
	if err := json.Unmarshal(pair[0], &p.Tick); err != nil {
		return err
	}
	return p.Value.UnmarshalJSON(pair[1])
}

// MarshalJSON writes a point as [tick, value].
func (p Point) MarshalJSON() ([]byte, error) {
	value, err := p.Value.MarshalJSON()
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "[%d,%s]", p.Tick, value), nil
}

// WriteGTS writes series in Warp 10's input format, microsecond ticks: the first line of a series
// names it, the following ones continue it.
func WriteGTS(w io.Writer, list []Series) error {
	b := bufio.NewWriter(w)
	for i := range list {
		s := &list[i]
		for n, p := range s.Points {
			if n == 0 {
				fmt.Fprintf(b, "%d// %s %s\n", p.Tick, s.Key(), p.Value.GTS())
				continue
			}
			fmt.Fprintf(b, "=%d// %s\n", p.Tick, p.Value.GTS())
		}
	}
	return b.Flush()
}

// line is a series as the JSON form writes it.
type line struct {
	Class  string            `json:"class"`
	Labels map[string]string `json:"labels"`
	Points []Point           `json:"points"`
}

// WriteJSON writes one object a line: {"class": …, "labels": {…}, "points": [[TICK, VALUE], …]}.
func WriteJSON(w io.Writer, list []Series) error {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	for _, s := range list {
		text.Reset()
		if err := enc.Encode(line{s.Class, s.Labels, s.Points}); err != nil {
			return err
		}
		if _, err := w.Write(SafeJSON(text.Bytes())); err != nil {
			return err
		}
	}
	return nil
}

// WriteCSV writes the header class,labels,time,value and a line for each point; labels are
// percent-encoded and joined by ';', in order of their names.
func WriteCSV(w io.Writer, list []Series) error {
	b := bufio.NewWriter(w)
	b.WriteString("class,labels,time,value\n")
	for _, s := range list {
		var labels []string
		for _, name := range slices.Sorted(maps.Keys(s.Labels)) {
			labels = append(labels, Escape(name)+"="+Escape(s.Labels[name]))
		}
		head := quoteCell(SafeCell(s.Class)) + "," + strings.Join(labels, ";") + ","
		for _, p := range s.Points {
			value := p.Value.GTS()
			if text, ok := p.Value.Text(); ok {
				value = quoteCell(SafeCell(text))
			}
			b.WriteString(head + Time(p.Tick).Format(time.RFC3339Nano) + "," + value + "\n")
		}
	}
	return b.Flush()
}

// quoteCell quotes a text where CSV needs it.
func quoteCell(s string) string {
	if !strings.ContainsAny(s, ",\"\r\n") {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
