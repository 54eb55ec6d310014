package check

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"jerem/jira"
)

// ofAll writes a share as numbers.
func ofAll(n, all int) string { return fmt.Sprintf("%d of %d", n, all) }

// shareOf is n of all, 0 of nothing.
func shareOf(n, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(n) / float64(all)
}

// countNoun counts things; from a bound on there may be more.
func countNoun(n int, thing string, bound int) string {
	switch {
	case n == 1:
		return "1 " + thing
	case n >= bound:
		return fmt.Sprintf("%d %ss or more", n, thing)
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// orElse is a text, or another where it is empty.
func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func containsFold(list []string, word string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.EqualFold(w, word) })
}

// tally counts words.
type tally map[string]int

// rankedWords lists words by count, the most frequent first.
func (t tally) rankedWords() []string {
	return slices.SortedFunc(maps.Keys(t), func(a, b string) int {
		if t[a] != t[b] {
			return t[b] - t[a]
		}
		return strings.Compare(a, b)
	})
}

// rankedText writes the first words with their counts.
func (t tally) rankedText(most int) string {
	var parts []string
	for n, w := range t.rankedWords() {
		if n == most {
			parts = append(parts, fmt.Sprintf("and %d more", len(t)-most))
			break
		}
		parts = append(parts, fmt.Sprintf("%s (%d)", w, t[w]))
	}
	return strings.Join(parts, ", ")
}

// yamlList writes words as YAML does in one line.
func yamlList(words []string) string {
	var out []string
	for _, w := range words[:min(5, len(words))] {
		out = append(out, yamlText(w))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

var plainYAML = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)

func yamlText(s string) string {
	if plainYAML.MatchString(s) &&
		!slices.Contains([]string{"y", "n", "yes", "no", "on", "off", "true", "false", "null"}, strings.ToLower(s)) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// issuesText writes how many issues there are, and what they are.
func issuesText(s jira.Sampled) string {
	if s.Total == 1 && !s.More {
		return "1 issue"
	}
	return countText(s) + " issues"
}

// countText writes how many issues there are.
func countText(s jira.Sampled) string {
	if s.More {
		return fmt.Sprintf("more than %d", s.Total)
	}
	return fmt.Sprint(s.Total)
}
