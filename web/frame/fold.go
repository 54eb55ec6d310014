package frame

// mostListed is how many rows of a kind a page shows at once; the rest is folded below them.
const mostListed = 20

// CountShown is how many of some rows are shown: all of a few more than are listed too.
func CountShown(rows int) int {
	if rows <= mostListed+mostListed/4 {
		return rows
	}
	return mostListed
}

// FoldRows parts rows into those that are shown and those that are folded: see [CountShown].
func FoldRows[T any](rows []T) (shown, folded []T) {
	n := CountShown(len(rows))
	return rows[:n], rows[n:]
}
