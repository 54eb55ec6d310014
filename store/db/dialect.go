package db

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Statements are written once for all databases. Where these differ a form stands in a statement in braces, and each
// database puts its own SQL there. An argument is $1, $2 and so on.
const (
	// Listed stands after IN: the ids of Numbers, which are the first argument.
	Listed = `{ids 1}`
	// ListedSecond is Listed where the list is the second argument.
	ListedSecond = `{ids 2}`
	// ListedTexts stands after IN: the texts of Texts, which are the first argument.
	ListedTexts = `{texts 1}`
	// ListedTextsSecond is ListedTexts where the list is the second argument.
	ListedTextsSecond = `{texts 2}`
	// Collected makes one list of the ids that a statement selects as id, in the form of Numbers.
	Collected = `{collected}`
)

// Dialect is what a database writes otherwise than others.
type Dialect struct {
	ListedIDs    func(arg int) string // a selection of the ids that an argument lists
	ListedTexts  func(arg int) string // a selection of the texts that an argument lists
	CollectedIDs string               // one list of all ids
	BeforeCopy   []string             // statements before rows are copied, and computed from, in one long transaction
	AfterCopy    []string             // statements after rows were copied with the ids that they had
	ColumnArrays bool                 // rows are inserted as one array for each column
	TeamTables   []string             // tables that other databases lack whose rows are of a team, by the column team

	texts sync.Map // statements as the database takes them, by their text
}

var formPattern = regexp.MustCompile(`\{(ids|texts|collected)(?: ([0-9]+))?\}`)

// ownStatement is a statement as the database takes it.
func (d *Dialect) ownStatement(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	if known, ok := d.texts.Load(text); ok {
		return known.(string)
	}
	own := formPattern.ReplaceAllStringFunc(text, func(form string) string {
		parts := formPattern.FindStringSubmatch(form)
		arg, _ := strconv.Atoi(parts[2]) // digits, or nothing
		switch parts[1] {
		case "ids":
			return d.ListedIDs(arg)
		case "texts":
			return d.ListedTexts(arg)
		default:
			return d.CollectedIDs
		}
	})
	d.texts.Store(text, own)
	return own
}

// Numbers writes ids as the one argument that a statement takes in place of a list.
func Numbers(ids []int64) string {
	text := make([]byte, 0, 12*len(ids)+2)
	text = append(text, '[')
	for n, id := range ids {
		if n > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, id, 10)
	}
	return string(append(text, ']'))
}

// ReadNumbers reads a list in the form of Numbers, in ascending order and each number once.
func ReadNumbers(text string) ([]int64, error) {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "["), "]")
	if text == "" {
		return nil, nil
	}
	ids := make([]int64, 0, strings.Count(text, ",")+1)
	for number := range strings.SplitSeq(text, ",") {
		id, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// Texts writes texts as the one argument that a statement takes in place of a list.
func Texts(list []string) string {
	if len(list) == 0 {
		return "[]"
	}
	text, _ := json.Marshal(list) // texts always marshal
	return string(text)
}
