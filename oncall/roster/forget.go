package roster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/intake"
)

// yearsOfDuty is how far ahead somebody must be without duty to be forgotten.
const yearsOfDuty = 2

// forgottenPrefix begins the name of a person who was forgotten.
const forgottenPrefix = "person-"

// CheckForget tells under which name a person may be forgotten, and the last frozen month, "" for none: up to it
// nothing is adjusted for them any more. It is refused while the person has duty ahead, and where nothing knows them.
func CheckForget(v *View, handle string) (name, lastFrozen string, err error) {
	if !v.KnowsHandle(handle) {
		return "", "", newRefusal(oncall.NotFound, fmt.Sprintf("%.100q is nobody of on-call", handle),
			"Give a handle that the file or the past names.")
	}
	for _, s := range v.schedules {
		if len(s.ActiveVersions()) == 0 {
			continue
		}
		years := civil.Period{Number: 12 * yearsOfDuty, Unit: civil.Months}
		ahead := civil.Span{Start: v.Now, End: years.Later(v.Now, s.ZoneAt(v.Now))}
		for _, g := range s.Segments(ahead) {
			if g.Person == handle {
				return "", "", newRefusal(oncall.Conflict,
					fmt.Sprintf("%s has duty ahead: %s from %s on", handle, s.Rota, clockOf(g.Start)),
					"Add a version without them first, and wait until it has begun.")
			}
		}
	}
	for _, f := range v.State.Frozen {
		lastFrozen = f.Month.String()
	}
	return v.nextForgotten(), lastFrozen, nil
}

// KnowsHandle tells whether the file or the past names a handle.
func (v *View) KnowsHandle(handle string) bool {
	if _, ok := v.Board.People[handle]; ok {
		return true
	}
	for _, r := range v.Board.Rotas {
		for _, version := range r.Versions {
			if slices.Contains(version.People, handle) {
				return true
			}
		}
	}
	return slices.ContainsFunc(v.State.Callouts, func(c intake.Callout) bool { return c.Person == handle })
}

// nextForgotten returns the first free name for somebody who is forgotten.
func (v *View) nextForgotten() string {
	highest := 0
	note := func(handle string) {
		if digits, ok := strings.CutPrefix(handle, forgottenPrefix); ok {
			if n, err := strconv.Atoi(digits); err == nil {
				highest = max(highest, n)
			}
		}
	}
	for handle := range v.Board.People {
		note(handle)
	}
	for handle := range v.State.NotAdjusted {
		note(handle)
	}
	for _, r := range v.Board.Rotas {
		for _, version := range r.Versions {
			for _, handle := range version.People {
				note(handle)
			}
		}
	}
	for _, c := range v.State.Callouts {
		note(c.Person)
	}
	return forgottenPrefix + strconv.Itoa(highest+1)
}
