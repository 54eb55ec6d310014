package postgres

import (
	"slices"
	"strings"
)

// escapeSign begins what stands for a character that PostgreSQL keeps in no text, NUL, which Jira may send: it is
// written as the sign with '0', and the sign itself with '1'; what is read is written back.
const escapeSign = "\x1a"

var (
	escapeNUL   = strings.NewReplacer("\x00", escapeSign+"0", escapeSign, escapeSign+"1")
	unescapeNUL = strings.NewReplacer(escapeSign+"0", "\x00", escapeSign+"1", escapeSign)
)

// escapeTexts returns arguments of a statement with their texts as they may be kept; those that were given stay.
func escapeTexts(args []any) []any {
	out := args
	for n, arg := range args {
		escaped, differs := escapeArgument(arg)
		if !differs {
			continue
		}
		if &out[0] == &args[0] {
			out = slices.Clone(args)
		}
		out[n] = escaped
	}
	return out
}

// escapeArgument returns a text, or a list of them, as it may be kept; differs is false where it is that already.
func escapeArgument(arg any) (escaped any, differs bool) {
	switch arg := arg.(type) {
	case string:
		return escapeNUL.Replace(arg), needsEscape(arg)
	case []string:
		if !slices.ContainsFunc(arg, needsEscape) {
			return arg, false
		}
		list := make([]string, len(arg))
		for n, text := range arg {
			list[n] = escapeNUL.Replace(text)
		}
		return list, true
	}
	return arg, false
}

// needsEscape tells whether a text is kept otherwise than it is.
func needsEscape(text string) bool { return strings.ContainsAny(text, "\x00"+escapeSign) }

// unescapeTexts gives texts that were read their own form.
func unescapeTexts(into []any) {
	for _, target := range into {
		if text, ok := target.(*string); ok && strings.Contains(*text, escapeSign) {
			*text = unescapeNUL.Replace(*text)
		}
	}
}
