package naming

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// ContainsFold tells whether a list holds a text, any case.
func ContainsFold(list []string, text string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, text) })
}

// CompareKeys orders keys by project, then by number.
func CompareKeys(a, b string) int {
	projectA, numberA := cutKey(a)
	projectB, numberB := cutKey(b)
	return cmp.Or(cmp.Compare(projectA, projectB), cmp.Compare(numberA, numberB), cmp.Compare(a, b))
}

func cutKey(key string) (project string, number int) {
	at := strings.LastIndexByte(key, '-')
	number, _ = strconv.Atoi(key[at+1:])
	return key[:max(at, 0)], number
}

// NameOrID returns a name, or the id of what has none.
func NameOrID(name, id string) string {
	if name == "" {
		return id
	}
	return name
}
