package lease

import (
	"slices"
	"time"

	"jerem/store/db"
)

// state is who leads what at one moment.
type state struct {
	members []string           // the live instances, by id, this one among them
	leaders map[db.Part]string // by part, the live instance that leads it; none for a part that is free
}

// countParts counts the parts that each live instance leads, of some.
func (s state) countParts(parts []db.Part) map[string]int {
	counts := map[string]int{}
	for _, id := range s.members {
		counts[id] = 0
	}
	for _, part := range parts {
		if leader := s.leaders[part]; leader != "" {
			counts[leader]++
		}
	}
	return counts
}

// untaken are the parts of an instance that no other takes, as where one of them has other teams than the others. They
// are no part of what is shared out: whoever has them leads them beside its share.
type untaken struct {
	given   map[db.Part]bool      // was given back, and is free since
	times   map[db.Part]int       // how often it was given back
	members []string              // the live instances when it was last looked
	free    map[db.Part]time.Time // since when a part is free
	ours    map[db.Part]bool      // was free for so long that any other instance that has it would have taken it
}

// note looks at who leads what at a moment. Who comes or goes may have other parts.
func (u *untaken) note(s state, parts []db.Part, at time.Time) {
	if !slices.Equal(s.members, u.members) {
		*u = untaken{members: s.members, free: map[db.Part]time.Time{}, ours: map[db.Part]bool{},
			given: map[db.Part]bool{}, times: map[db.Part]int{}}
	}
	for _, part := range parts {
		since, known := u.free[part]
		switch {
		case s.leaders[part] != "":
			delete(u.free, part)
			delete(u.given, part)
		case !known:
			u.free[part] = at
		case at.Sub(since) > longest:
			u.ours[part] = true
		}
	}
}

// split tells the parts that are shared out, and the others.
func (u *untaken) split(parts []db.Part) (shared, ours []db.Part) {
	for _, part := range parts {
		if u.ours[part] {
			ours = append(ours, part)
		} else {
			shared = append(shared, part)
		}
	}
	return shared, ours
}

// mostGiven is how often a part is given back while nobody comes or goes: instances that have other parts than one
// another do not agree on the share of each, and would hand parts on without end.
const mostGiven = 3

// mayGive lists those of some parts that may be given back.
func (u *untaken) mayGive(parts []db.Part) (give []db.Part) {
	for _, part := range parts {
		if u.times[part] < mostGiven {
			give = append(give, part)
		}
	}
	return give
}

// noteGiven notes that a part was given back.
func (u *untaken) noteGiven(part db.Part) {
	u.given[part] = true
	u.times[part]++
}

// partsFree lists those of some parts that nobody leads.
func partsFree(s state, parts []db.Part) (free []db.Part) {
	for _, part := range parts {
		if s.leaders[part] == "" {
			free = append(free, part)
		}
	}
	return free
}

// partsToTake lists the free parts that an instance is to take: as many as make its share. The first ones of the list
// are taken first.
//
// A part that was given back for others is left to them.
func partsToTake(s state, self string, parts []db.Part, given map[db.Part]bool) (take []db.Part) {
	share := (len(parts) + len(s.members) - 1) / max(len(s.members), 1)
	room := share - s.countParts(parts)[self]
	for _, part := range parts {
		if s.leaders[part] == "" && !given[part] && len(take) < room {
			take = append(take, part)
		}
	}
	return take
}

// partsToGive lists the parts that an instance is to give back, for others lack them: what it has beyond its share, and
// one of that share where somebody has less than the others by more than one and finds nothing free. The last ones of
// the list go first.
func partsToGive(s state, self string, parts []db.Part) (give []db.Part) {
	counts, least := s.countParts(parts), len(parts)/max(len(s.members), 1)
	free, lacking := len(parts), 0
	for _, n := range counts {
		free -= n
		lacking += max(0, least-n)
	}
	surplus := counts[self] - (len(parts)+len(s.members)-1)/max(len(s.members), 1)
	if surplus <= 0 && counts[self] > least && lacking > free {
		surplus = 1
	}
	for _, part := range slices.Backward(parts) {
		if s.leaders[part] == self && len(give) < surplus {
			give = append(give, part)
		}
	}
	return give
}
