package problem

import "strings"

// Suggest returns "Did you mean NAME? " of the name that a word was likely [Meant] to be, "" where none is near.
func Suggest(word string, names []string) string {
	if name := Meant(word, names); name != "" {
		return "Did you mean " + name + "? "
	}
	return ""
}

// Meant returns the name that a word was likely meant to be: one that differs from it by few letters, whatever their
// case, or the end of one with dots; "" where none is near.
func Meant(word string, names []string) string {
	folded := make([]string, 0, 2*len(names))
	for _, name := range names {
		folded = append(folded, strings.ToLower(name))
	}
	for _, name := range names {
		folded = append(folded, strings.ToLower(name[strings.LastIndexByte(name, '.')+1:]))
	}
	word = strings.ToLower(word)
	best := Nearest(word, folded, min(3, 1+len(word)/4))
	for n, name := range folded {
		if name == best && best != "" {
			return names[n%len(names)]
		}
	}
	return ""
}

// Nearest returns the first name that differs from a word by the fewest letters, at most limit of them and a third of
// the longer one, or "".
func Nearest(word string, names []string, limit int) string {
	best, least := "", limit+1
	for _, name := range names {
		if d := editDistance(word, name); d < least && 3*d <= max(len(word), len(name)) {
			best, least = name, d
		}
	}
	return best
}

// editDistance counts the letters to insert, remove or replace to make b of a; two neighbours
// exchanged count as two.
func editDistance(a, b string) int {
	if len(a) > 60 {
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
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
