package lease

import (
	"fmt"
	"slices"
	"testing"
	"time"

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
				give, take := partsToGive(s, id, parts), partsToTake(s, id, parts, nil)
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

// TestPartsOfOneAlone: whatever parts each instance has, and whatever leads what: once each had its turn for long
// enough each part is led by one of those that have it, and then nothing changes any more.
func TestPartsOfOneAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []db.Part
		for n := range rapid.IntRange(1, 8).Draw(t, "parts") {
			all = append(all, db.TeamPart(fmt.Sprint(n)))
		}
		s := state{leaders: map[db.Part]string{}}
		parts, seen, known := map[string][]db.Part{}, map[string]*untaken{}, map[db.Part][]string{}
		for n := range rapid.IntRange(1, 4).Draw(t, "instances") {
			id := fmt.Sprint(n)
			s.members, seen[id] = append(s.members, id), &untaken{}
			for _, part := range all {
				if rapid.Bool().Draw(t, "has") {
					parts[id], known[part] = append(parts[id], part), append(known[part], id)
				}
			}
		}
		for part, ids := range known {
			if leader := rapid.SampledFrom(append(slices.Clone(ids), "")).Draw(t, "leader"); leader != "" {
				s.leaders[part] = leader
			}
		}
		at, changes := time.Unix(0, 0), 0
		for range 20 * len(all) {
			at, changes = at.Add(2*time.Second), 0
			for _, id := range s.members {
				seen[id].note(s, parts[id], at)
				shared, ours := seen[id].split(parts[id])
				take := append(partsToTake(s, id, shared, seen[id].given), partsFree(s, ours)...)
				give := seen[id].mayGive(partsToGive(s, id, shared))
				changes += len(give) + len(take)
				for _, part := range take {
					s.leaders[part] = id
				}
				for _, part := range give {
					delete(s.leaders, part)
					seen[id].noteGiven(part)
				}
			}
		}
		for part, ids := range known {
			if !slices.Contains(ids, s.leaders[part]) {
				t.Fatalf("%s is led by %q, those who have it are %v", part, s.leaders[part], ids)
			}
		}
		if changes > 0 {
			t.Fatalf("it goes on and on: %v", s)
		}
	})
}
