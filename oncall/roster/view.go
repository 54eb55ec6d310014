package roster

import (
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/plan"
)

// View is on-call as it is at a moment: the file, what was kept, and what follows from both.
type View struct {
	Now            time.Time
	File           plan.File
	State          State
	Board          oncall.Board           // rotas in the order of the file, then those that left it
	Contradictions []oncall.Contradiction // lines of the file that contradict the past; on-call goes by what was kept

	kept      oncall.Kept // with what has begun by now
	elapsed   []oncall.Change
	schedules []*oncall.Schedule
}

// NewView makes the view of a moment.
func NewView(state State, file plan.File, now time.Time) *View {
	file = withoutForgotten(file, state.NotAdjusted)
	v := &View{Now: now, File: file, State: state}
	past := withHolidays(state.Kept)
	v.Contradictions = past.Compare(file.Rotas, file.People, now)
	rotas, people := reconcileFile(past, file, now)
	v.kept = past.Keep(rotas, people, now)
	v.Board.Rotas, v.Board.People = past.Merge(rotas, people, now)
	for i := range v.Board.Rotas {
		tellFirstRead(&v.Board.Rotas[i], v.kept.Read)
	}
	v.Board.Changes = slices.Clone(state.Changes)
	v.elapsed = v.Board.Expire(now)
	for _, c := range v.elapsed {
		v.Board.Changes[slices.IndexFunc(v.Board.Changes, func(x oncall.Change) bool { return x.ID == c.ID })] = c
	}
	for _, r := range v.Board.Rotas {
		v.schedules = append(v.schedules, oncall.NewSchedule(r, v.Board.People, v.Board.Changes))
	}
	return v
}

// withoutForgotten returns the file without people who were forgotten: one that still names them brings nobody back.
func withoutForgotten(file plan.File, forgotten map[string]civil.Month) plan.File {
	if len(forgotten) == 0 {
		return file
	}
	isForgotten := func(p oncall.Person) bool { _, ok := forgotten[p.Handle]; return ok }
	file.People = slices.DeleteFunc(slices.Clone(file.People), isForgotten)
	return file
}

// withHolidays gives the versions that were kept the holidays of their region: these hold for the past too.
func withHolidays(k oncall.Kept) oncall.Kept {
	k.Rotas = slices.Clone(k.Rotas)
	for i, r := range k.Rotas {
		k.Rotas[i].Versions = slices.Clone(r.Versions)
		for j, version := range r.Versions {
			k.Rotas[i].Versions[j].Holiday = plan.HolidaysOf(version.Region)
		}
	}
	return k
}

// reconcileFile returns the rotas and people of a file without what contradicts the past: a version that was never read
// before it began is left out, a rota that the file forgot goes on as it was kept, what began stays as it was.
func reconcileFile(past oncall.Kept, file plan.File, now time.Time) ([]oncall.Rota, []oncall.Person) {
	rotas := slices.Clone(file.Rotas)
	for i, r := range rotas {
		rotas[i] = withoutLateVersions(past, r, now)
		kept, isKept := keptRota(past, r.Name)
		if endsInPast := !rotas[i].Ends().After(calendar.EarlierOf(now, past.At)); isKept && endsInPast {
			rotas[i].Until = kept.Until
		}
	}
	for _, kept := range past.Rotas {
		isInFile := slices.ContainsFunc(rotas, func(r oncall.Rota) bool { return r.Name == kept.Name })
		if !isInFile && len(kept.Versions) > 0 {
			rotas = append(rotas, kept)
		}
	}
	return rotas, file.People
}

func keptRota(past oncall.Kept, name string) (oncall.Rota, bool) {
	i := slices.IndexFunc(past.Rotas, func(r oncall.Rota) bool { return r.Name == name })
	if i < 0 {
		return oncall.Rota{}, false
	}
	return past.Rotas[i], true
}

// withoutLateVersions leaves out versions of a known rota that were never read before they began.
func withoutLateVersions(past oncall.Kept, r oncall.Rota, now time.Time) oncall.Rota {
	kept, isKnown := keptRota(past, r.Name)
	if !isKnown {
		return r
	}
	r.Versions = slices.DeleteFunc(slices.Clone(r.Versions), func(v oncall.Version) bool {
		isKept := slices.ContainsFunc(kept.Versions, func(k oncall.Version) bool { return k.From == v.From })
		wasRead := slices.ContainsFunc(past.Read, func(x oncall.VersionRead) bool {
			return x.Rota == r.Name && x.From == v.From && x.At.Before(v.Begins())
		})
		return !isKept && !wasRead && !v.Begins().After(now)
	})
	return r
}

func tellFirstRead(r *oncall.Rota, read []oncall.VersionRead) {
	for i, v := range r.Versions {
		for _, x := range read {
			if x.Rota == r.Name && x.From == v.From {
				r.Versions[i].FirstRead = x.At
			}
		}
	}
}

// Schedules returns the schedules of all rotas, in their order.
func (v *View) Schedules() []*oncall.Schedule { return v.schedules }

// Schedule returns the schedule of a rota, or a refusal that says there is none.
func (v *View) Schedule(rota string) (*oncall.Schedule, error) {
	for _, s := range v.schedules {
		if s.Rota == rota {
			return s, nil
		}
	}
	return v.Board.ScheduleOf(rota) // its error
}

// ZoneOf returns the zone of a rota now; that of the file for a rota that is none.
func (v *View) ZoneOf(rota string) *time.Location {
	for _, s := range v.schedules {
		if s.Rota == rota && s.ZoneAt(v.Now) != nil {
			return s.ZoneAt(v.Now)
		}
	}
	return v.File.Zone
}

// elapsedWrites are what time has done since the last write.
func (v *View) elapsedWrites() Writes {
	out := Writes{Changes: slices.Clone(v.elapsed)}
	for _, c := range v.elapsed {
		out.Notices = append(out.Notices, expiryNotices(c, v.Now)...)
	}
	if countVersions(v.kept) != countVersions(v.State.Kept) {
		kept := v.kept
		out.Kept = &kept
	}
	return out
}

func countVersions(k oncall.Kept) int {
	n := len(k.Read)
	for _, r := range k.Rotas {
		n += len(r.Versions)
	}
	return n
}
