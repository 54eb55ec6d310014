package series

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
)

// SafeJSON is a text of JSON with every character that steers a terminal or turns the direction of writing as an
// escape: \u009b for the control sequence introducer. The values stay what they are.
func SafeJSON(text []byte) []byte {
	if !bytes.ContainsFunc(text, steersTerminal) {
		return text
	}
	var b bytes.Buffer
	for _, letter := range string(text) {
		if steersTerminal(letter) {
			fmt.Fprintf(&b, `\u%04x`, letter) // all of them are in the first plane
		} else {
			b.WriteRune(letter)
		}
	}
	return b.Bytes()
}

// MarshalJSON writes a number or a text; a DOUBLE keeps its decimal point.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.kind() {
	case isText:
		return json.Marshal(v.text())
	case isDouble:
		if math.IsNaN(v.doubleNumber()) || math.IsInf(v.doubleNumber(), 0) {
			return nil, fmt.Errorf("series: %v is no number in JSON", v.doubleNumber())
		}
		return appendDouble(nil, v.doubleNumber()), nil
	}
	return strconv.AppendInt(nil, v.longNumber(), 10), nil
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
func (p Point) MarshalJSON() ([]byte, error) { return p.appendJSON(nil) }

func (p Point) appendJSON(b []byte) ([]byte, error) {
	b = append(strconv.AppendInt(append(b, '['), p.Tick, 10), ',')
	switch kind := p.Value.kind(); {
	case kind == isLong:
		b = strconv.AppendInt(b, p.Value.longNumber(), 10)
	case kind == isDouble && p.Value.doubleNumber()-p.Value.doubleNumber() == 0:
		// neither infinite nor no number
		b = appendDouble(b, p.Value.doubleNumber())
	default:
		value, err := p.Value.MarshalJSON()
		if err != nil {
			return b, err
		}
		b = append(b, SafeJSON(value)...)
	}
	return append(b, ']'), nil
}

// AppendPoints appends points as JSON, [[tick, value], …].
func AppendPoints(b []byte, points []Point) (_ []byte, err error) {
	b = append(b, '[')
	for n, p := range points {
		if n > 0 {
			b = append(b, ',')
		}
		if b, err = p.appendJSON(b); err != nil {
			return b, err
		}
	}
	return append(b, ']'), nil
}

// WriteJSON writes one object a line: {"class": …, "labels": {…}, "points": [[TICK, VALUE], …]}.
func WriteJSON(w io.Writer, list iter.Seq[Series]) error {
	b := make([]byte, 0, bufferSize)
	for s := range list {
		var err error
		if b, err = s.appendJSONHead(b[:0]); err != nil {
			return err
		}
		for n, p := range s.Points {
			if n > 0 {
				b = append(b, ',')
			}
			if b, err = p.appendJSON(b); err != nil {
				return err
			}
			if len(b) < bufferSize {
				continue
			}
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
		if _, err := w.Write(append(b, "]}\n"...)); err != nil {
			return err
		}
	}
	return nil
}

// appendJSONHead appends what stands before the points of a series.
func (s *Series) appendJSONHead(b []byte) ([]byte, error) {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	err := enc.Encode(struct {
		Class  string            `json:"class"`
		Labels map[string]string `json:"labels"`
	}{s.Class, s.Labels})
	head := bytes.TrimSuffix(SafeJSON(text.Bytes()), []byte("}\n"))
	return append(append(b, head...), `,"points":[`...), err
}
