package problem

import (
	"encoding/csv"
	"errors"
	"fmt"
)

// OfTable tells what encoding/csv refuses of a table by its line, with the remedy; another error stays as it is.
// readsOn tells whether the next line can be read: behind an open quote nobody knows where one begins.
func OfTable(err error) (fault error, readsOn bool) {
	var bad *csv.ParseError
	if !errors.As(err, &bad) {
		return err, false
	}
	fault = fmt.Errorf("line %d: %w (a quote within a field is doubled, and the field stands in quotes)", bad.Line,
		bad.Err)
	return fault, errors.Is(err, csv.ErrBareQuote)
}
