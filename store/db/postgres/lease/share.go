package lease

import (
	"slices"

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

// partsToTake lists the free parts that an instance is to take: as many as make its share. The first ones of the list
// are taken first.
func partsToTake(s state, self string, parts []db.Part) (take []db.Part) {
	share := (len(parts) + len(s.members) - 1) / max(len(s.members), 1)
	room := share - s.countParts(parts)[self]
	for _, part := range parts {
		if s.leaders[part] == "" && len(take) < room {
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
