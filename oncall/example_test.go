package oncall_test

import (
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
)

// Ada has the first week; Ben covers her Wednesday.
func ExampleSchedule_Segments() {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		fmt.Println(err)
		return
	}
	monday := calendar.Date{Year: 2026, Month: time.January, Day: 5}
	rota := oncall.Rota{Name: "k8s", Versions: []oncall.Version{{
		From: monday, Handover: 9 * 60 * 60, Every: civil.Period{Number: 1, Unit: civil.Weeks},
		People: []string{"ada", "ben"}, Coverage: oncall.Coverage{Always: true}, Zone: paris,
	}}}
	day := func(n int) time.Time { return civil.Midnight(monday.Add(n), paris) }
	cover := oncall.Change{ID: 1, Seq: 1, Kind: oncall.Cover, Rota: "k8s", State: oncall.Accepted, From: "ada",
		To: "ben", Span: civil.Span{Start: day(2), End: day(3)}}
	s := oncall.NewSchedule(rota, oncall.PeopleOf(oncall.Person{Handle: "ada"}, oncall.Person{Handle: "ben"}),
		[]oncall.Change{cover})
	for _, one := range s.Segments(civil.Span{Start: day(0), End: day(7)}) {
		fmt.Println(one.Person, one.Start.In(paris).Format("Mon 15:04"), one.End.In(paris).Format("Mon 15:04"))
	}
	// Output:
	// ada Mon 09:00 Wed 00:00
	// ben Wed 00:00 Thu 00:00
	// ada Thu 00:00 Mon 00:00
}
