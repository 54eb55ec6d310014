package access

import (
	"context"
	"errors"
	"math"
	"slices"
)

// ErrOccupied says that a copy was to go where something is kept already.
var ErrOccupied = errors.New("tokens or a journal are kept there already (name an empty place)")

// CopyTo copies tokens and the journal to another place, which has to hold none. Sessions stay: people log in once
// more.
func (s *Store) CopyTo(ctx context.Context, to *Store) (rows int, err error) {
	there, err := to.Tokens(ctx)
	if err != nil {
		return 0, err
	}
	noted, err := to.Entries(ctx, "", 1)
	if err != nil {
		return 0, err
	}
	if len(there)+len(noted) > 0 {
		return 0, ErrOccupied
	}
	tokens, err := s.Tokens(ctx)
	if err != nil {
		return 0, err
	}
	entries, err := s.Entries(ctx, "", math.MaxInt32)
	if err != nil {
		return 0, err
	}
	for _, t := range tokens {
		if err := to.AddToken(ctx, t); err != nil {
			return 0, err
		}
	}
	for _, e := range slices.Backward(entries) {
		if err := to.Record(ctx, e); err != nil {
			return 0, err
		}
	}
	return len(tokens) + len(entries), nil
}
