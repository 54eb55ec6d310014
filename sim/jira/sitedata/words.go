package sitedata

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// word is a word of a story: bare, quoted, or key=value.
type word struct {
	key    string // before "=", empty for other words
	text   string // the value, or the word itself
	quoted bool
}

// String returns the word as it was written, without its quotes.
func (w word) String() string {
	if w.key != "" {
		return w.key + "=" + w.text
	}
	return w.text
}

// cutWords cuts a line at spaces; quotes hold a word together, \" and \\ stand for themselves in them.
func cutWords(s string) ([]word, error) {
	var out []word
	for i := 0; i < len(s); {
		if s[i] == ' ' || s[i] == '\t' || s[i] == '\r' {
			i++
			continue
		}
		w, next, err := cutWord(s, i)
		if err != nil {
			return nil, err
		}
		out = append(out, w)
		i = next
	}
	return out, nil
}

func cutWord(s string, i int) (word, int, error) {
	var w word
	var b strings.Builder
	for i < len(s) && !strings.ContainsRune(" \t\r", rune(s[i])) {
		switch {
		case s[i] == '"':
			text, next, err := cutQuoted(s, i)
			if err != nil {
				return w, i, err
			}
			b.WriteString(text)
			w.quoted = true
			i = next
			continue
		case s[i] == '=' && w.key == "" && !w.quoted && b.Len() > 0:
			w.key = b.String()
			b.Reset()
		default:
			b.WriteByte(s[i])
		}
		i++
	}
	w.text = b.String()
	return w, i, nil
}

func cutQuoted(s string, start int) (string, int, error) {
	var b strings.Builder
	for i := start + 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		case s[i] == '"':
			return b.String(), i + 1, nil
		default:
			b.WriteByte(s[i])
		}
	}
	return "", 0, errors.New("a quote is not closed")
}

// splitComma cuts "a,b"; "" and "none" are nothing.
func splitComma(s string) []string {
	if s == "" || s == "none" {
		return nil
	}
	var out []string
	for _, w := range strings.Split(s, ",") {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// workTime reads "2h", "1h30m", "1d" (eight hours), "1w" (five days) as seconds.
func workTime(s string) (int64, error) {
	if s == "0" {
		return 0, nil
	}
	units := map[byte]int64{'m': 60, 'h': 3600, 'd': 8 * 3600, 'w': 40 * 3600}
	var sum int64
	digits := ""
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			digits += string(s[i])
			continue
		}
		n, err := strconv.ParseInt(digits, 10, 32)
		if err != nil || units[s[i]] == 0 {
			return 0, fmt.Errorf("%q is no time: write 2h, 1h30m, 1d (eight hours) or 1w (five days)", s)
		}
		sum += n * units[s[i]]
		digits = ""
	}
	if digits != "" || sum == 0 {
		return 0, fmt.Errorf("%q is no time: write 2h, 1h30m, 1d (eight hours) or 1w (five days)", s)
	}
	return sum, nil
}

// suggestWord names the word that may have been meant, else all that are known.
func suggestWord(got string, known []string) string {
	best, distance := "", 3
	for _, k := range known {
		if d := editDistance(got, strings.TrimSuffix(k, "=")); d < distance {
			best, distance = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf(" (did you mean %q?)", best)
	}
	return " (known: " + strings.Join(known, ", ") + ")"
}

// editDistance is Levenshtein's, cut off for long words.
func editDistance(a, b string) int {
	if len(a) > 40 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}

// addError notes an error at the line at work.
func (b *builder) addError(format string, args ...any) {
	b.errs = append(b.errs, fmt.Errorf("%s:%d: %s", b.name, b.where, fmt.Sprintf(format, args...)))
}

// parseMoment reads "2026-10-12 10:00[:30]" in the zone of the site, or one RFC 3339 word, and says how many words
// that were; 0 after an error.
func (b *builder) parseMoment(words []word) (time.Time, int) {
	if len(words) > 0 {
		if t, err := time.Parse(time.RFC3339, words[0].text); err == nil && b.isPlausible(t) {
			return t, 1
		}
	}
	if len(words) > 1 {
		for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02 15:04:05.000"} {
			if t, err := time.ParseInLocation(layout, words[0].text+" "+words[1].text, b.site.Zone); err == nil &&
				b.isPlausible(t) {
				return t, 2
			}
		}
	}
	b.addError("a moment is needed here: 2026-10-12 10:00 (or with seconds, or RFC 3339), between 1970 and 2200")
	return time.Time{}, 0
}

func (b *builder) isPlausible(t time.Time) bool { return t.Year() >= 1970 && t.Year() < 2200 }

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
