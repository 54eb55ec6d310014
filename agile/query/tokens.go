package query

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// tokenForm finds the parts of a query: a field by its number, texts in quotes, words, operators and signs.
var tokenForm = regexp.MustCompile(`(?is)cf\s*\[\s*\d+\s*]|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[(),]|[!=<>~]+|[&|]+|` +
	`(?:\\.|[^\s(),!=<>~"'&|\\])+`)

// escaped finds what JQL writes for a sign that would mean something else.
var escaped = regexp.MustCompile(`(?s)\\(u[0-9a-fA-F]{4}|.)`)

// token is a part of a query as it is written, and what it says: without quotes and escapes, in lower case.
type token struct{ text, word string }

// tokensOf returns the parts of a query.
func tokensOf(jql string) (list []token) {
	for _, text := range tokenForm.FindAllString(jql, -1) {
		list = append(list, token{text, wordOf(text)})
	}
	return list
}

// wordOf returns what a part of a query says, in the form in which names of fields are compared.
func wordOf(text string) string {
	if n := len(text); n > 1 && strings.ContainsAny(text[:1], `"'`) {
		text = text[1 : n-1]
	}
	return foldName(escaped.ReplaceAllStringFunc(text, unescape))
}

// unescape returns the sign that an escape stands for.
func unescape(text string) string {
	switch text[1] {
	case 't', 'n', 'r':
		return " "
	case 'u':
		if code, err := strconv.ParseUint(text[2:], 16, 32); err == nil {
			return string(rune(code))
		}
	}
	return text[1:]
}

// foldName returns a name of a field in the form in which names are compared: Jira tells neither cases apart nor spaces
// within the number of a field.
func foldName(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if strings.HasPrefix(name, "cf") && strings.HasSuffix(name, "]") {
		return strings.Join(strings.Fields(name), "")
	}
	return name
}

// isQuoted tells whether a part is a text in quotes: it is no word of the language then.
func (t token) isQuoted() bool { return strings.ContainsAny(t.text[:1], `"'`) }

// isWord tells whether a part is one of some words of the language.
func (t token) isWord(words ...string) bool {
	return !t.isQuoted() && slices.Contains(words, strings.ToLower(t.text))
}

// isOperator tells whether a part compares a field with what follows.
func (t token) isOperator() bool {
	return !t.isQuoted() && strings.Trim(t.text, "!=~<>") == "" ||
		t.isWord("in", "not", "is", "was", "changed", "from", "to", "by")
}

// beginsCondition tells whether a condition, and with it the name of a field, begins behind some parts.
func beginsCondition(before []token) bool {
	if len(before) == 0 {
		return true
	}
	last := before[len(before)-1]
	return last.isWord("(", "and", "or", "not") || !last.isQuoted() && strings.Trim(last.text, "!&|") == ""
}
