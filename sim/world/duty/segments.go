package duty

import "time"

// Segment is covered time in which neither person, planned person, turn nor coverage changes; Person is "" in a gap.
type Segment struct {
	Start, End      time.Time
	Person, Planned string
	version, turn   int
}

// Segments returns the covered time of a rota between two whole hours.
func (b *Books) Segments(rota string, start, end time.Time) []Segment {
	var out []Segment
	b.board.hoursIn(b.teamOf(rota), start, end, func(m time.Time, d duty) {
		next := Segment{m, m.Add(time.Hour), d.person, d.planned, d.version, d.turn}
		if n := len(out) - 1; n >= 0 && out[n].End.Equal(m) && out[n].Person == d.person &&
			out[n].Planned == d.planned && out[n].version == d.version && out[n].turn == d.turn {
			out[n].End = next.End
			return
		}
		out = append(out, next)
	})
	return out
}

// Rota names a rota with its team, in the order of the configuration.
type Rota struct{ Name, Team string }

// Rotas returns the rotas.
func (b *Books) Rotas() []Rota {
	var out []Rota
	for _, t := range b.teams {
		out = append(out, Rota{t.rota, t.name})
	}
	return out
}
