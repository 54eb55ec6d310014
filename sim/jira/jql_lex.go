package jirasim

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word of JQL. kind is 'w' for a bare word, 's' for a quoted string, 'o' for an operator
// or a sign, 'e' for the end.
type token struct {
	kind byte
	text string
	pos  int
}

func (t token) is(word string) bool { return t.kind == 'w' && strings.EqualFold(t.text, word) }

func (t token) sign(s string) bool { return t.kind == 'o' && t.text == s }

// jqlSigns are the operators and signs, the longer ones first.
var jqlSigns = []string{"!=", "!~", ">=", "<=", "=", ">", "<", "~", "(", ")", ",", "[", "]", "!", "&&", "||", "&", "|"}

// lexJQL cuts JQL into tokens; the last one is the end.
func lexJQL(src string) ([]token, error) {
	var out []token
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRuneInString(src[i:])
		switch {
		case unicode.IsSpace(r):
			i += size
		case r == '"' || r == '\'':
			t, end, err := lexString(src, i)
			if err != nil {
				return nil, err
			}
			out = append(out, t)
			i = end
		default:
			t := lexSignOrWord(src, i)
			if t.text == "" {
				return nil, badRequest(fmt.Sprintf("Error in the JQL Query: The character '%c' is a reserved JQL character. You must enclose it in a string or use the escape '\\u%04x' instead. (line 1, character %d)", r, r, i+1))
			}
			out = append(out, t)
			i += len(t.text)
		}
	}
	return append(out, token{kind: 'e', pos: len(src)}), nil
}

func lexString(src string, start int) (token, int, error) {
	quote := src[start]
	var b strings.Builder
	for i := start + 1; i < len(src); i++ {
		switch {
		case src[i] == '\\' && i+1 < len(src):
			i++
			b.WriteByte(src[i])
		case src[i] == quote:
			return token{'s', b.String(), start}, i + 1, nil
		default:
			b.WriteByte(src[i])
		}
	}
	return token{}, 0, badRequest(fmt.Sprintf("Error in the JQL Query: The quoted string '%s' has not been completed. (line 1, character %d)", src[start+1:], start+1))
}

func lexSignOrWord(src string, i int) token {
	for _, s := range jqlSigns {
		if strings.HasPrefix(src[i:], s) {
			return token{'o', s, i}
		}
	}
	end := i
	for end < len(src) {
		r, size := utf8.DecodeRuneInString(src[end:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.+:", r) {
			break
		}
		end += size
	}
	if end < len(src) && src[end] == '\\' {
		return token{'w', "", i}
	}
	return token{'w', src[i:end], i}
}
