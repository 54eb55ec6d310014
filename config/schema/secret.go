package schema

import (
	"fmt"
	"io"
	"log/slog"
)

const redacted = "[secret]"

// Secret is a password or token that never shows: every verb of fmt, JSON, text and slog write a
// placeholder instead. It is a pointer inside, so that printing a struct that holds one in an
// unexported field, where methods are not called, shows an address at most.
type Secret struct{ value *string }

// NewSecret wraps a value.
func NewSecret(value string) Secret { return Secret{&value} }

// Reveal returns the value. Only what sends it to the server that it is for may call this.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// IsSet tells whether there is a value.
func (s Secret) IsSet() bool { return s.Reveal() != "" }

// Equal compares the values.
func (s Secret) Equal(t Secret) bool { return s.Reveal() == t.Reveal() }

// String returns a placeholder, or "" where nothing is set.
func (s Secret) String() string {
	if !s.IsSet() {
		return ""
	}
	return redacted
}

// Format writes the placeholder whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText returns the placeholder; JSON and YAML use it too.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue returns the placeholder.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
