package frame

// MostListed is how many rows of a kind a page shows at once; the rest is folded below them.
const MostListed = 20

// FoldRows parts rows into those that are shown and those that are folded; a few more than it shows stay.
func FoldRows[T any](rows []T) (shown, folded []T) {
	if len(rows) <= MostListed+MostListed/4 {
		return rows, nil
	}
	return rows[:MostListed], rows[MostListed:]
}
