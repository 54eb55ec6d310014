// Package oncalltest makes rotas, persons, changes and call-outs for tests of the rooms of oncall.
package oncalltest

import (
	"time"

	"pgregory.net/rapid"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
)

// Weekly is a rota in Paris that changes hands on Mondays at 09:00, from 5 January 2026 on.
func Weekly(t interface{ Fatal(...any) }, people ...string) oncall.Version {
	return oncall.Version{From: civiltest.Date("2026-01-05"), Handover: 9 * 3600,
		Every: civil.Period{Number: 1, Unit: civil.Weeks}, People: people,
		Coverage: oncall.Coverage{Always: true}, Zone: civiltest.ZoneNamed(t, "Europe/Paris"), Team: "Kubernetes",
		Level: 1}
}

// CoverOf is a cover that was accepted at once.
func CoverOf(id int64, from, to string, in civil.Span) oncall.Change {
	return oncall.Change{ID: id, Seq: id, Kind: oncall.Cover, Rota: "k8s", From: from, To: to, Span: in,
		State: oncall.Accepted}
}

// DrawRota is a random rota with changes, in which covers chain, overlap and are idle.
func DrawRota(t *rapid.T) (oncall.Rota, oncall.People, []oncall.Change, civil.Span) {
	zone := civiltest.ZoneNamed(t, rapid.SampledFrom([]string{"Europe/Paris", "Africa/Cairo", "Pacific/Apia",
		"Australia/Lord_Howe"}).Draw(t, "zone"))
	people := []string{"ada", "ben", "cleo", "dan"}
	var versions []oncall.Version
	from := civiltest.Date("2011-11-20")
	for i := range rapid.IntRange(1, 3).Draw(t, "versions") {
		v := oncall.Version{From: from, Handover: 1800 * rapid.IntRange(0, 47).Draw(t, "handover"), Zone: zone,
			Level: 1, Team: "Kubernetes"}
		v.Every = civil.Period{Number: rapid.IntRange(1, 9).Draw(t, "every"),
			Unit: rapid.SampledFrom([]civil.Unit{civil.Days, civil.Weeks}).Draw(t, "unit")}
		v.People = people[:rapid.IntRange(1, 4).Draw(t, "people")]
		v.Coverage = []oncall.Coverage{{Always: true}, Nights()}[rapid.IntRange(0, 1).Draw(t, "coverage")]
		versions = append(versions, v)
		from = from.Add(7 + 10*i)
	}
	whole := civil.Span{Start: versions[0].Begins().Add(-24 * time.Hour), End: civil.Midnight(from.Add(30), zone)}
	hours := int(whole.Seconds() / 3600)
	var changes []oncall.Change
	for i := range rapid.IntRange(0, 8).Draw(t, "changes") {
		start := whole.Start.Add(time.Duration(rapid.IntRange(0, hours).Draw(t, "start")) * time.Hour)
		end := start.Add(time.Duration(rapid.IntRange(1, 200).Draw(t, "hours")) * time.Hour)
		c := CoverOf(int64(i+1), rapid.SampledFrom(people).Draw(t, "from"), rapid.SampledFrom(people).Draw(t,
			"to"), civil.Span{Start: start, End: end})
		changes = append(changes, c)
	}
	joins, leaves := oncall.Employment(civiltest.Date("2011-11-25"), civiltest.Date("2011-12-30"), zone)
	return oncall.Rota{Name: "k8s", Versions: versions}, oncall.PeopleOf(oncall.Person{Handle: "ben", Zone: zone,
		Joins:  joins,
		Leaves: leaves}), changes, whole
}

// Parisian is a person in Paris who works from 09:00 to 18:00 and has a holiday on 1 May.
func Parisian(t interface{ Fatal(...any) }, handle string) oncall.Person {
	return oncall.Person{Handle: handle, Zone: civiltest.ZoneNamed(t, "Europe/Paris"), HoursFrom: 9 * 3600,
		HoursTo: 18 * 3600,
		Holiday: func(d calendar.Date) bool { return d == civiltest.Date("2026-05-01") }}
}

// Nights covers Monday to Friday from 18:00 to 09:00, and the whole weekend.
func Nights() oncall.Coverage {
	evenings, _ := oncall.ParseDays("Mon-Fri")
	evenings.From, evenings.To = 18*3600, 9*3600
	weekend, _ := oncall.ParseDays("Sat,Sun")
	weekend.From, weekend.To = 9*3600, 9*3600
	return oncall.Coverage{Windows: []oncall.Window{evenings, weekend}}
}

// Crew is a weekly rota of three, from 5 January 2026 on.
func Crew(t interface{ Fatal(...any) }, changes ...oncall.Change) ([]*oncall.Schedule, oncall.People) {
	people := oncall.PeopleOf(Parisian(t, "ada"), Parisian(t, "ben"), Parisian(t, "cleo"))
	r := oncall.Rota{Name: "k8s", Versions: []oncall.Version{Weekly(t, "ada", "ben", "cleo")}}
	return []*oncall.Schedule{oncall.NewSchedule(r, people, changes)}, people
}
