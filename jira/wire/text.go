package wire

import "encoding/json"

// Text is a string that may come as a number or as null.
type Text string

// UnmarshalJSON takes a string, a number or null; anything else is kept as it is written.
func (t *Text) UnmarshalJSON(b []byte) error {
	var s string
	switch {
	case string(b) == "null":
		*t = ""
	case json.Unmarshal(b, &s) == nil:
		*t = Text(s)
	default:
		*t = Text(b)
	}
	return nil
}
