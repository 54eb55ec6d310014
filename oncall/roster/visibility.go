package roster

import (
	"fmt"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
)

// SeesRota tells whether an actor may see a rota: it is of a team that they may see, or they stand in it. Nobody misses
// a duty of their own because its team is hidden from them.
func SeesRota(v *View, a Actor, s *oncall.Schedule) bool {
	team, _ := s.TeamAt(v.Now)
	return a.Sees(team) || a.Handle != "" && slices.Contains(membersOf(s), a.Handle)
}

// SeesPerson tells whether an actor may see a person: themself, somebody of a rota that they may see, and one of no
// rota at all.
func SeesPerson(v *View, a Actor, handle string) bool {
	if handle == a.Handle && handle != "" {
		return true
	}
	isOfRota := false
	for _, s := range v.schedules {
		if !slices.Contains(membersOf(s), handle) {
			continue
		}
		if SeesRota(v, a, s) {
			return true
		}
		isOfRota = true
	}
	return !isOfRota
}

// SeenPeople are the handles of the people whom an actor may see, in the order of the file.
func SeenPeople(v *View, a Actor) []string {
	var out []string
	for _, p := range v.File.People {
		if !slices.Contains(out, p.Handle) && SeesPerson(v, a, p.Handle) {
			out = append(out, p.Handle)
		}
	}
	return out
}

// ToldUntil is the moment up to which an actor is told what happens in a team: now for operators and who pays, who see
// the times of call-outs; for others the midnight with which its day begins, for else whoever asks again and again
// learns when somebody is called.
func (v *View) ToldUntil(a Actor, team string) time.Time {
	if a.Operator || a.Pay {
		return v.Now
	}
	zone := v.File.ZoneOfTeam(team)
	return civil.Midnight(calendar.DateOf(v.Now, zone), zone)
}

// IsToldOf tells whether an actor is told of what a person was called for in a team: of their own at once, of what they
// may see up to ToldUntil. To them another call-out does not exist.
func (v *View) IsToldOf(a Actor, team, person string, started time.Time) bool {
	return a.Is(person) || a.Sees(team) && !started.After(v.ToldUntil(a, team))
}

// SeenAlerts are the alerts of a call-out that an actor may know of: those of teams that they may see, of their own
// call-out all. Pages to a person within a minute are of one call-out, whatever team their alerts are of.
func (v *View) SeenAlerts(a Actor, c CalloutRow) []int64 {
	isOwn := a.Is(c.Person)
	teams := map[int64]string{}
	for _, x := range v.State.Alerts {
		teams[x.ID] = x.Team
	}
	return slices.DeleteFunc(slices.Clone(c.Alerts), func(id int64) bool { return !isOwn && !a.Sees(teams[id]) })
}

// PaysAll tells whether an actor may see and freeze the statements of everybody. A statement tells of all rotas of a
// person, so the role pay alone is not enough: every team of a rota has to be one that they may see.
func PaysAll(v *View, a Actor) bool {
	if !a.Pay {
		return false
	}
	for _, t := range v.File.Teams {
		isOfRota := slices.ContainsFunc(v.schedules, func(s *oncall.Schedule) bool {
			return slices.ContainsFunc(s.ActiveVersions(),
				func(p oncall.ActiveVersion) bool { return p.Team == t.Name })
		})
		if isOfRota && !a.Sees(t.Name) {
			return false
		}
	}
	return true
}

func checkPaysAll(v *View, a Actor) error {
	if PaysAll(v, a) {
		return nil
	}
	return newRefusal(oncall.Forbidden, "statements tell of all teams on call, and you do not see all of them",
		"Ask for the role pay without access.teams or --team keeping a team from you.")
}

// checkPersonSeen refuses a person whom an actor may not see in the words for one who is nobody of on-call.
func checkPersonSeen(v *View, a Actor, handle string) error {
	if _, isPerson := v.Board.People[handle]; isPerson && SeesPerson(v, a, handle) {
		return nil
	}
	return newRefusal(oncall.Invalid, fmt.Sprintf("%.100q is nobody of on-call", handle), "Use a handle of the file.")
}

// membersOf are the people of all versions of a rota, and those whom changes put on duty in it.
func membersOf(s *oncall.Schedule) []string {
	var out []string
	for _, p := range s.ActiveVersions() {
		out = append(out, p.People...)
	}
	for _, c := range s.Changes() {
		out = append(out, c.To)
	}
	return out
}
