package transport

import (
	"errors"
	"mime"
	"strings"
	"unicode/utf8"
)

// latin1 are the names of the one writing beside UTF-8 that is read: each byte is the sign of that number.
var latin1 = map[string]bool{"iso-8859-1": true, "iso_8859-1": true, "latin1": true, "l1": true}

// asUTF8 returns an answer in UTF-8, in which JSON is written. One that is, is taken for it whatever it says of itself:
// what stands between says so of what it did not write. One that says to be written otherwise, and is, is read as that
// or refused: its names would be others. Of one that says nothing, bytes that are no UTF-8 cost themselves alone.
func asUTF8(answer []byte, contentType string) ([]byte, error) {
	_, params, err := mime.ParseMediaType(contentType)
	charset := strings.ToLower(params["charset"])
	if err != nil || charset == "" || charset == "utf-8" || charset == "utf8" || utf8.Valid(answer) {
		return answer, nil
	}
	if !latin1[charset] {
		return nil, errors.New("the answer is written in " + charset + ", and JSON in UTF-8")
	}
	out := make([]byte, 0, len(answer)+len(answer)/8)
	for _, b := range answer {
		out = utf8.AppendRune(out, rune(b))
	}
	return out, nil
}
