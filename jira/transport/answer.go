package transport

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Bounds of one answer, after unpacking. A real Jira stays far below them; beyond one the answer is refused.
const (
	defaultMaxAnswer = 64 << 20  // bytes
	maxElements      = 100_000   // of one list, or names of one object
	maxObjects       = 1_000_000 // lists and objects
	maxValues        = 8_000_000 // all values
	maxDepth         = 64        // of lists and objects in one another
	maxText          = 1 << 20   // bytes of one text
	maxRefusal       = 1 << 20   // bytes of an answer that is no success
)

// Answer is an answer of which it is known what each of its kind has. An answer that lacks it, as {} does, says
// nothing: it must not pass for one that says that there is nothing.
type Answer interface {
	// Lacking names the first thing that is not there, "" where all are.
	Lacking() string
}

// LackingList is [Answer].Lacking for a list, which stands in an answer also where it is empty.
func LackingList[T any](name string, list []T) string {
	if list == nil {
		return name
	}
	return ""
}

// boundError says which bound an answer exceeds.
type boundError struct {
	what   string
	ofSize bool // it is one that jira.max_answer moves
}

// Error says which bound it is.
func (e *boundError) Error() string { return e.what }

// errNoJSON says that an answer does not begin as JSON does.
var errNoJSON = errors.New("no JSON")

// scanner counts what a JSON text holds while it comes, so that one that exceeds a bound is never held in memory.
type scanner struct {
	depth    int
	elements [maxDepth + 1]int // of the list or object at each depth
	objects  int
	values   int
	inText   bool
	escaped  bool
	length   int // of the text or number that is being read
}

// readBytes reads on. The error is a *boundError.
func (s *scanner) readBytes(b []byte) error {
	for i := 0; i < len(b); {
		if s.inText {
			i += s.readInText(b[i:])
			if s.length > maxText {
				return &boundError{what: fmt.Sprintf("a text is longer than %d bytes", maxText)}
			}
			continue
		}
		var err error
		switch ch := b[i]; ch {
		case '"':
			s.inText, s.length = true, 0
		case ':':
			s.length = 0
		case ',':
			err = s.countElement()
		case '{', '[':
			err = s.openContainer()
		case '}', ']':
			s.depth, s.length = max(0, s.depth-1), 0
		case ' ', '\t', '\r', '\n':
		default:
			s.length++
			if s.length > maxText {
				err = &boundError{what: fmt.Sprintf("a value is longer than %d bytes", maxText)}
			}
		}
		if err != nil {
			return err
		}
		i++
	}
	return nil
}

// shortText is up to which length a text is read byte by byte: most are names of fields.
const shortText = 16

// readInText reads the next piece of a text: up to its end, or to what is escaped. It returns how many bytes these are.
func (s *scanner) readInText(b []byte) int {
	if s.escaped {
		s.escaped = false
		s.length++
		return 1
	}
	end := 0
	for end < min(len(b), shortText) && b[end] != '"' && b[end] != '\\' {
		end++
	}
	if end == shortText {
		end = endOfPiece(b)
	}
	s.length += end
	if end == len(b) {
		return end
	}
	s.length++
	if b[end] == '"' {
		s.inText = false
	} else {
		s.escaped = true
	}
	return end + 1
}

// endOfPiece returns where a text ends or something in it is escaped; the length of what there is where neither is.
func endOfPiece(b []byte) int {
	end := bytes.IndexByte(b, '"')
	if end < 0 {
		end = len(b)
	}
	if escape := bytes.IndexByte(b[:end], '\\'); escape >= 0 {
		return escape
	}
	return end
}

// openContainer begins a list or an object.
func (s *scanner) openContainer() error {
	s.depth++
	s.objects++
	if s.depth > maxDepth {
		return &boundError{what: fmt.Sprintf("it is nested deeper than %d", maxDepth)}
	}
	if s.objects > maxObjects {
		return &boundError{what: fmt.Sprintf("it holds more than %d lists and objects", maxObjects)}
	}
	s.elements[s.depth] = 0
	return nil
}

// countElement counts an element.
func (s *scanner) countElement() error {
	s.length = 0
	s.values++
	s.elements[s.depth]++
	if s.elements[s.depth] >= maxElements {
		return &boundError{what: fmt.Sprintf("a list holds more than %d elements", maxElements)}
	}
	if s.values > maxValues {
		return &boundError{what: fmt.Sprintf("it holds more than %d values", maxValues)}
	}
	return nil
}

// answerBuffer is what an answer is read into. It is used again for the next one.
type answerBuffer struct{ text []byte }

// leastRoom is how much an answer buffer has room for at least before it is read on into.
const leastRoom = 64 << 10

// makeRoom takes the memory for an answer of so many bytes.
func (b *answerBuffer) makeRoom(size int) { b.text = slices.Grow(b.text[:0], size) }

// readAnswer reads an answer of at most so many bytes, and no more of it than is needed to refuse it. The error is
// errNoJSON, a *boundError or that of the connection.
func (b *answerBuffer) readAnswer(r io.Reader, most int64) ([]byte, error) {
	b.text = b.text[:0]
	var scan scanner
	begun := false
	for {
		if cap(b.text)-len(b.text) < leastRoom {
			b.text = slices.Grow(b.text, max(leastRoom, len(b.text)))
		}
		end := len(b.text)
		n, err := r.Read(b.text[end : end+leastRoom])
		part := b.text[end : end+n]
		if !begun {
			part = bytes.TrimLeft(part, " \t\r\n\ufeff")
			begun = len(part) > 0
			if begun && part[0] != '{' && part[0] != '[' {
				return nil, errNoJSON
			}
		}
		if int64(end+len(part)) > most {
			return nil, &boundError{fmt.Sprintf("it is larger than %d bytes", most), true}
		}
		if bound := scan.readBytes(part); bound != nil {
			return nil, bound
		}
		if len(part) < n { // space stands before the answer
			copy(b.text[end:end+n], part)
		}
		b.text = b.text[:end+len(part)]
		switch {
		case err == io.EOF && !begun:
			return nil, errNoJSON
		case err == io.EOF:
			return b.text, nil
		case err != nil:
			return nil, err
		}
	}
}
