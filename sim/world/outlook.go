package world

// outlook is how a team plans a quarter: with what it can do, with somewhat more, or with far more. It shows only after
// weeks, in what remains.
type outlook struct {
	stories int     // more or less than usual, for each epic
	growth  float64 // chance that work which comes up in the first weeks belongs to an epic
	later   float64 // the same after them
	first   bool    // what belongs to the quarter's epics is taken into sprints first, and nobody adds to them
}

// usual is how all teams planned their first quarter.
var usual = outlook{growth: 0.3, later: 0.05}

// outlooks take turns: each quarter one team plans well, one tightly, one too much.
var outlooks = []outlook{
	{stories: -2, first: true},
	{stories: 3, growth: 0.4, later: 0.04},
	{stories: 1, growth: 0.1, later: 0.03},
}

func (c *crew) outlookFor(q quarter) outlook {
	first := quarter{2026, 4}
	if q.isBefore(first) || c.Kanban {
		return usual
	}
	n := (q.year-first.year)*4 + q.number - first.number
	return outlooks[(int(c.Board)-1+n)%len(outlooks)]
}
