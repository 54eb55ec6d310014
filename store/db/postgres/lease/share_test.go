package lease

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"jerem/store/db"
)

// TestSharesBecomeEven: whatever leads what, and whoever comes and goes: once each live instance had its turn a few
// times every part is led, no instance leads two more than another, and then nothing changes any more.
func TestSharesBecomeEven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var parts []db.Part
		for n := range rapid.IntRange(1, 12).Draw(t, "parts") {
			parts = append(parts, db.TeamPart(fmt.Sprint(n)))
		}
		s := state{leaders: map[db.Part]string{}}
		for n := range rapid.IntRange(1, 5).Draw(t, "instances") {
			s.members = append(s.members, fmt.Sprint(n))
		}
		for _, part := range parts {
			if leader := rapid.SampledFrom(append(s.members, "")).Draw(t, "leader"); leader != "" {
				s.leaders[part] = leader
			}
		}
		changes := 0
		for range 3 * len(parts) {
			changes = 0
			for _, id := range s.members {
				give, take := partsToGive(s, id, parts), partsToTake(s, id, parts)
				changes += len(give) + len(take)
				for _, part := range take {
					s.leaders[part] = id
				}
				for _, part := range give {
					delete(s.leaders, part)
				}
			}
		}
		if changes > 0 {
			t.Fatalf("it goes on and on: %v", s)
		}
		counts := s.countParts(parts)
		least, most, sum := len(parts), 0, 0
		for _, n := range counts {
			least, most, sum = min(least, n), max(most, n), sum+n
		}
		if sum != len(parts) || most-least > 1 {
			t.Fatalf("%d parts, led are %v", len(parts), counts)
		}
	})
}
