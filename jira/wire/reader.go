package wire

import (
	stdjson "encoding/json"
	"strings"
	"unicode/utf8"
)

// Reader reads JSON of the shapes that are expected, in one pass, without a decoder. Each of its methods tells whether
// what comes is of its shape. Where one is not, what was read so far counts for nothing: [Decode] reads the whole again
// by what takes every shape. So a Reader refuses what it is not sure of, as a name that is written in another case.
type Reader struct {
	Scan Scan // where in the answer it reads

	words     []string   // texts that were read last: ids and names come again and again; nil where none is remembered
	items     []Item     // of the history that is being read
	histories []History  // of the list that is being read
	fields    []rawField // of the issue that is being read
}

// Scan is a place in a text of JSON: what stands there is taken, or passed over.
type Scan struct {
	text  []byte
	at    int
	depth int // of lists and objects in one another
}

// NewScan returns the beginning of a text.
func NewScan(text []byte) Scan { return Scan{text: text} }

// newReader returns a Reader of a text that is small.
func newReader(text []byte) Reader { return Reader{Scan: NewScan(text)} }

// newReaderOfMuch returns a Reader of a text in which the same words come again and again.
func newReaderOfMuch(text []byte) *Reader {
	return &Reader{Scan: Scan{text: text}, words: make([]string, 1<<8)}
}

// Shaped is an answer that a Reader can read, where it has the shape that is expected.
type Shaped interface {
	ReadShape(r *Reader) bool
}

// mostDepth is how deep lists and objects may stand in one another; what is deeper is left to the decoder.
const mostDepth = 100

// IsAtEnd tells whether nothing stands behind what was read.
func (s *Scan) IsAtEnd() bool { return s.Begins() == 0 && s.at == len(s.text) }

// Begins passes over space and returns the byte that the next value begins with, 0 at the end.
func (s *Scan) Begins() byte {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; c {
		case ' ', '\t', '\r', '\n':
			s.at++
		default:
			return c
		}
	}
	return 0
}

// takeByte passes over a byte where it is the next one.
func (s *Scan) takeByte(c byte) bool {
	if s.Begins() != c {
		return false
	}
	s.at++
	return true
}

// Null passes over null; false where something else comes.
func (s *Scan) Null() bool { return s.Begins() == 'n' && s.takeWord("null") }

func (s *Scan) takeWord(word string) bool {
	end := s.at + len(word)
	if end > len(s.text) || string(s.text[s.at:end]) != word {
		return false
	}
	s.at = end
	return true
}

// Object reads an object and hands over the number of each name among those that are known, behind which the value is
// to be read. Values of other names are passed over. A name that stands twice, or is one of the known in another case,
// is of another shape.
func (s *Scan) Object(known []string, read func(number int) bool) bool {
	var seen uint64
	return s.eachName(func(name []byte) bool {
		number := numberOf(known, name)
		switch {
		case number < 0:
			return !mayStandFor(known, name) && s.Skip()
		case seen>>number&1 != 0:
			return false
		}
		seen |= 1 << number
		return read(number)
	})
}

// numberOf returns the place of a name among others, -1 where it is none of them.
func numberOf(known []string, name []byte) int {
	for n, k := range known {
		if string(name) == k {
			return n
		}
	}
	return -1
}

// mayStandFor tells whether a name may be one of others that is written in another way.
func mayStandFor(known []string, name []byte) bool {
	for _, c := range name {
		if c >= utf8.RuneSelf {
			return true
		}
	}
	for _, k := range known {
		if len(k) == len(name) && strings.EqualFold(k, string(name)) {
			return true
		}
	}
	return false
}

// eachName reads an object and hands over each of its names, behind which the value is to be read.
func (s *Scan) eachName(read func(name []byte) bool) bool {
	s.depth++
	if s.depth > mostDepth || !s.takeByte('{') {
		return false
	}
	defer func() { s.depth-- }()
	if s.takeByte('}') {
		return true
	}
	for {
		name, isPlain := s.takePlain()
		if !isPlain || !s.takeByte(':') || !read(name) {
			return false
		}
		if !s.takeByte(',') {
			return s.takeByte('}')
		}
	}
}

// List reads a list, of which each element is to be read.
func (s *Scan) List(read func() bool) bool {
	s.depth++
	if s.depth > mostDepth || !s.takeByte('[') {
		return false
	}
	defer func() { s.depth-- }()
	if s.takeByte(']') {
		return true
	}
	for {
		if !read() {
			return false
		}
		if !s.takeByte(',') {
			return s.takeByte(']')
		}
	}
}

// isOrdinary tells which bytes of a text stand for themselves, whatever stands around them.
var isOrdinary = func() (is [1 << 8]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		is[c] = c != '"' && c != '\\'
	}
	return is
}()

// takePlain passes over a text of which each byte stands for itself.
func (s *Scan) takePlain() (text []byte, isPlain bool) {
	if !s.takeByte('"') {
		return nil, false
	}
	begin, sure := s.at, true
	for s.at < len(s.text) {
		c := s.text[s.at]
		switch {
		case isOrdinary[c]:
		case c >= utf8.RuneSelf:
			sure = false
		case c == '"':
			text = s.text[begin:s.at]
			s.at++
			return text, sure || utf8.Valid(text)
		default:
			return nil, false
		}
		s.at++
	}
	return nil, false
}

// skipText passes over a text, whatever stands in it.
func (s *Scan) skipText() bool {
	for s.at++; s.at < len(s.text); s.at++ {
		c := s.text[s.at]
		switch {
		case isOrdinary[c] || c >= utf8.RuneSelf:
		case c == '"':
			s.at++
			return true
		case c != '\\' || !s.skipEscape():
			return false
		}
	}
	return false
}

// skipEscape passes over what is escaped, up to its last byte.
func (s *Scan) skipEscape() bool {
	s.at++
	if s.at >= len(s.text) {
		return false
	}
	switch s.text[s.at] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		for range 4 {
			s.at++
			if s.at >= len(s.text) || !isHex(s.text[s.at]) {
				return false
			}
		}
		return true
	}
	return false
}

func isHex(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// Skip passes over a value.
func (s *Scan) Skip() bool {
	switch s.Begins() {
	case '"':
		return s.skipText()
	case '{':
		return s.skipObject()
	case '[':
		return s.List(s.Skip)
	case 't':
		return s.takeWord("true")
	case 'f':
		return s.takeWord("false")
	case 'n':
		return s.takeWord("null")
	}
	return len(s.takeNumber()) > 0
}

// skipObject passes over an object, whatever its names are.
func (s *Scan) skipObject() bool {
	s.depth++
	if s.depth > mostDepth {
		return false
	}
	defer func() { s.depth-- }()
	s.at++
	if s.takeByte('}') {
		return true
	}
	for {
		if s.Begins() != '"' || !s.skipText() || !s.takeByte(':') || !s.Skip() {
			return false
		}
		if !s.takeByte(',') {
			return s.takeByte('}')
		}
	}
}

// takeNumber passes over a number, and returns nothing where none comes.
func (s *Scan) takeNumber() []byte {
	begin := s.at
	if s.at < len(s.text) && s.text[s.at] == '-' {
		s.at++
	}
	whole := s.takeDigits()
	if whole == 0 || whole > 1 && s.text[s.at-whole] == '0' {
		return nil
	}
	if s.at < len(s.text) && s.text[s.at] == '.' {
		s.at++
		if s.takeDigits() == 0 {
			return nil
		}
	}
	if s.at < len(s.text) && s.text[s.at]|0x20 == 'e' {
		s.at++
		if s.at < len(s.text) && (s.text[s.at] == '+' || s.text[s.at] == '-') {
			s.at++
		}
		if s.takeDigits() == 0 {
			return nil
		}
	}
	return s.text[begin:s.at]
}

// takeDigits passes over digits and tells how many there are.
func (s *Scan) takeDigits() (n int) {
	for s.at < len(s.text) && isDigit(s.text[s.at]) {
		s.at++
		n++
	}
	return n
}

// Text reads a text; null leaves it as it is.
func (r *Reader) Text(to *string) bool {
	if r.Scan.Null() {
		return true
	}
	if r.Scan.Begins() != '"' {
		return false
	}
	begin := r.Scan.at
	if text, isPlain := r.Scan.takePlain(); isPlain {
		*to = r.wordOf(text)
		return true
	}
	r.Scan.at = begin
	return r.Scan.skipText() && stdjson.Unmarshal(r.Scan.text[begin:r.Scan.at], to) == nil
}

// longestWord is how long a text may be to be remembered.
const longestWord = 32

// wordOf makes a string of a text, the one of before where the same was read.
func (r *Reader) wordOf(text []byte) string {
	if r.words == nil || len(text) == 0 || len(text) > longestWord {
		return string(text)
	}
	hash := uint32(2166136261)
	for _, c := range text[max(0, len(text)-8):] {
		hash = (hash ^ uint32(c)) * 16777619
	}
	place := &r.words[(hash^uint32(len(text))^hash>>15)%uint32(len(r.words))]
	if *place != string(text) {
		*place = string(text)
	}
	return *place
}
