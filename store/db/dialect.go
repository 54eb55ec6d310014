package db

import (
	"encoding/json"
	"strconv"
)

// Listed stands after IN in a statement: the ids of Numbers, which are its first argument.
const Listed = `(SELECT value FROM json_each(?1))`

// ListedSecond is Listed where the list is the second argument.
const ListedSecond = `(SELECT value FROM json_each(?2))`

// ListedTexts stands after IN where the first argument is a list of texts.
const ListedTexts = `(SELECT value FROM json_each(?1))`

// ListedTextsSecond is ListedTexts where the list is the second argument.
const ListedTextsSecond = `(SELECT value FROM json_each(?2))`

// Collected makes one list of the ids that a statement selects as id, in the form of Numbers.
const Collected = `json_group_array(id)`

// Numbers writes ids as the one argument that a statement takes in place of a list: json_each reads them.
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

// Texts writes texts as the one argument that a statement takes in place of a list.
func Texts(list []string) string {
	text, _ := json.Marshal(list) // texts always marshal
	return string(text)
}
