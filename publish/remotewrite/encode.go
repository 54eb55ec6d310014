package remotewrite

import (
	"encoding/binary"
	"math"
	"sync"

	"github.com/klauspost/compress/snappy"

	"jerem/series"
)

// This file writes the messages of the protocol, by hand: four kinds of fields are all that they have.

// bodies holds memory for messages.
var bodies = sync.Pool{New: func() any { return &message{} }}

// message is a request that is being written.
type message struct {
	text    []byte
	inner   []byte            // of the series at hand
	symbols map[string]uint64 // of version 2.0
	packed  []byte
}

// Encoding names the version.
func (w *Sink) Encoding() string { return "remotewrite " + versionName(w) }

// Encode writes the samples of series as a request in a block of snappy.
func (w *Sink) Encode(list []series.Series) ([]byte, error) {
	m := bodies.Get().(*message)
	defer bodies.Put(m)
	m.text = m.text[:0]
	if w.Version == 2 {
		m.appendVersion2(list)
	} else {
		m.appendVersion1(list)
	}
	m.packed = snappy.Encode(m.packed[:cap(m.packed)], m.text)
	return append([]byte(nil), m.packed...), nil
}

// The types of fields on the wire.
const (
	wireVarint = 0
	wireDouble = 1
	wireBytes  = 2
)

func appendTag(b []byte, field, wire uint64) []byte { return binary.AppendUvarint(b, field<<3|wire) }

func appendBytes(b []byte, field uint64, content []byte) []byte {
	b = binary.AppendUvarint(appendTag(b, field, wireBytes), uint64(len(content)))
	return append(b, content...)
}

func appendText(b []byte, field uint64, content string) []byte {
	b = binary.AppendUvarint(appendTag(b, field, wireBytes), uint64(len(content)))
	return append(b, content...)
}

// appendVersion1 writes prometheus.WriteRequest: its field 1 is a series, of labels (1) and samples (2).
func (m *message) appendVersion1(list []series.Series) {
	var label []byte
	for i := range list {
		m.inner = m.inner[:0]
		for _, l := range MetricOf(&list[i]) {
			label = appendText(appendText(label[:0], 1, l.Name), 2, l.Value)
			m.inner = appendBytes(m.inner, 1, label)
		}
		m.inner = appendSamples(m.inner, list[i].Points)
		m.text = appendBytes(m.text, 1, m.inner)
	}
}

// metricTypeGauge is what a metric is told to be in version 2.0.
const metricTypeGauge = 2

// appendVersion2 writes io.prometheus.write.v2.Request: its field 4 is a symbol, the first of them empty, and its field
// 5 a series, of the numbers of its labels' symbols (1), samples (2) and metadata (5).
func (m *message) appendVersion2(list []series.Series) {
	m.symbols = map[string]uint64{"": 0}
	m.text = appendText(m.text, 4, "")
	var refs []byte
	for i := range list { // symbols come before what names them, as generated encoders write them
		for _, l := range MetricOf(&list[i]) {
			m.addSymbol(l.Name)
			m.addSymbol(l.Value)
		}
	}
	for i := range list {
		refs = refs[:0]
		for _, l := range MetricOf(&list[i]) {
			refs = binary.AppendUvarint(refs, m.symbols[l.Name])
			refs = binary.AppendUvarint(refs, m.symbols[l.Value])
		}
		m.inner = appendBytes(m.inner[:0], 1, refs)
		m.inner = appendSamples(m.inner, list[i].Points)
		m.inner = appendBytes(m.inner, 5, binary.AppendUvarint(appendTag(nil, 1, wireVarint), metricTypeGauge))
		m.text = appendBytes(m.text, 5, m.inner)
	}
}

func (m *message) addSymbol(text string) {
	if _, known := m.symbols[text]; known {
		return
	}
	m.symbols[text] = uint64(len(m.symbols))
	m.text = appendText(m.text, 4, text)
}

// appendSamples writes numbers as field 2: a value (1) and milliseconds (2), of which a zero is left out. Of points
// within a millisecond the last one counts.
func appendSamples(b []byte, points []series.Point) []byte {
	var sample [2 + 8 + binary.MaxVarintLen64]byte
	for n, p := range points {
		if _, text := p.Value.Text(); text {
			continue
		}
		at := millisecondOf(p.Tick)
		if n+1 < len(points) && millisecondOf(points[n+1].Tick) == at {
			continue
		}
		one := sample[:0]
		if value := p.Value.Number(); value != 0 {
			one = binary.LittleEndian.AppendUint64(appendTag(one, 1, wireDouble), math.Float64bits(value))
		}
		if at != 0 {
			one = binary.AppendUvarint(appendTag(one, 2, wireVarint), uint64(at))
		}
		b = appendBytes(b, 2, one)
	}
	return b
}

// millisecondOf returns the millisecond that a tick lies in.
func millisecondOf(tick int64) int64 {
	const microseconds = 1000
	if tick < 0 {
		return -((-tick + microseconds - 1) / microseconds)
	}
	return tick / microseconds
}
