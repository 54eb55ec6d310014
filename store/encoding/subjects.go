package encoding

import (
	"bytes"
	"encoding/json"
	"fmt"

	"jerem/agile"
)

// EncodeSubject writes what a gap is of as its code and arguments, ["sprint_gone","7"]; "" for the source as a whole.
func EncodeSubject(s agile.Subject) string {
	if s == (agile.Subject{}) {
		return ""
	}
	parts := []string{string(s.Code)}
	for n, arg := range s.Args {
		if arg != "" || n == 0 && s.Args[1] != "" {
			parts = append(parts, arg)
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // as the database writes names
	e.Encode(parts)        // of texts, into memory: it cannot fail
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// DecodeSubject reads what EncodeSubject wrote.
func DecodeSubject(text string) (s agile.Subject, err error) {
	if text == "" {
		return s, nil
	}
	var parts []string
	if err := json.Unmarshal([]byte(text), &parts); err != nil {
		return s, fmt.Errorf("the subject %q of a gap is no list of a code and arguments: %w", text, err)
	}
	if len(parts) == 0 || len(parts) > 1+len(s.Args) {
		return s, fmt.Errorf("the subject %q of a gap is no list of a code and at most %d arguments", text, len(s.Args))
	}
	s.Code = agile.SubjectCode(parts[0])
	copy(s.Args[:], parts[1:])
	return s, nil
}
