package db

import "strings"

// PostgreSQL keeps no text that holds the character NUL, and Jira may send one. Where it stands in a text it is written
// as escapeSign with '0', and escapeSign itself with '1'; what is read is written back.
const escapeSign = "\x1a"

var (
	escapeNUL   = strings.NewReplacer("\x00", escapeSign+"0", escapeSign, escapeSign+"1")
	unescapeNUL = strings.NewReplacer(escapeSign+"0", "\x00", escapeSign+"1", escapeSign)
)

// escapeTexts returns arguments of a statement with their texts as they may be kept; those that were given stay.
func escapeTexts(args []any) []any {
	out := args
	for n, arg := range args {
		text, ok := arg.(string)
		if !ok || !strings.ContainsAny(text, "\x00"+escapeSign) {
			continue
		}
		if &out[0] == &args[0] {
			out = append([]any(nil), args...)
		}
		out[n] = escapeNUL.Replace(text)
	}
	return out
}

// unescapeTexts gives texts that were read their own form.
func unescapeTexts(into []any) {
	for _, target := range into {
		if text, ok := target.(*string); ok && strings.Contains(*text, escapeSign) {
			*text = unescapeNUL.Replace(*text)
		}
	}
}
