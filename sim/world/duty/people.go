package duty

import (
	"fmt"
	"time"

	"jerem/sim/world"
)

// plans say what the rotas of the teams are like, by the key of the project.
var plans = map[string]struct {
	rota, region, pager string
	presumes            bool
	handover, days      int
	nights              bool
	handles             []string
	leaves              string // the last day of the last of handles, "" where all stay
	useful              []string
	noisy               noisyRule
}{
	"K8S": {rota: "k8s", region: "FR", pager: "prometheus", presumes: true, handover: 9, days: 7,
		handles: []string{"amara", "bruno", "chloe", "dimitri", "elena", "farid"},
		useful:  []string{"ApiServerDown", "QuorumLost"},
		noisy: noisyRule{name: "EtcdDiskLatencyHigh", reason: "heals_itself", weekly: 5.5, heals: [2]int{35, 65},
			decided: dateOf(2027, time.January, 11), decision: "ticket", review: dateOf(2027, time.April, 12)}},
	"OB": {rota: "storage", region: "FR", pager: "pager", handover: 10, days: 7, nights: true,
		handles: []string{"gabin", "hanae", "idris", "jonas", "katia", "lamine"},
		useful:  []string{"DiskPoolOffline", "GatewayErrorsHigh"},
		noisy: noisyRule{name: "ReplicationLag", reason: "wrong_threshold", weekly: 1.8, heals: [2]int{4, 14},
			decided: dateOf(2026, time.October, 5), decision: "daytime", review: dateOf(2026, time.November, 16)}},
	"NET": {rota: "network", pager: "pager", handover: 9, days: 7, leaves: "2026-12-06",
		handles: []string{"maelle", "nadir", "olivia", "pavel", "quentin", "rosa"},
		useful:  []string{"UplinkDown", "PacketLossHigh"},
		noisy: noisyRule{name: "BgpSessionFlap", reason: "no_action", weekly: 2.2, heals: [2]int{4, 14},
			decided: dateOf(2026, time.September, 14), decision: "drop", review: dateOf(2027, time.March, 1)}},
	"IAM": {rota: "identity", region: "PL", pager: "prometheus", presumes: true, handover: 9, days: 7,
		handles: []string{"sven", "tomasz", "ulla", "viktor", "wanda", "zofia"},
		useful:  []string{"LoginErrorsHigh", "TokenServiceDown"},
		noisy: noisyRule{name: "TokenLatencyHigh", reason: "duplicate", weekly: 0.8, heals: [2]int{4, 14},
			decided: dateOf(2027, time.February, 8), decision: "ticket", review: dateOf(2027, time.May, 3)}},
}

// firstDuty is when the rotas begin, a Monday.
var firstDuty = dateOf(2026, time.July, 6)

// secondVersion is when each rota gets another order, in the middle of a turn.
var secondVersion = dateOf(2026, time.September, 9)

// hirePeople makes the rota of a team, with two versions of the same six people.
func hirePeople(of world.Team, place int) *team {
	p := plans[of.Key]
	zone, err := time.LoadLocation(of.Zone)
	if err != nil {
		zone = time.UTC // a machine without time zones
	}
	t := &team{name: of.Name, key: of.Key, rota: p.rota, zone: zone, region: p.region, off: map[string]bool{},
		pager: p.pager, presumes: p.presumes, useful: p.useful, noisy: p.noisy}
	for _, d := range of.DaysOff {
		t.off[d] = true
	}
	if p.region == "" {
		t.daysOff = of.DaysOff
	}
	for i, handle := range p.handles {
		t.people = append(t.people, Person{Handle: handle, Team: of.Name, Login: handle + "@cloud.example",
			Payroll: fmt.Sprintf("C-%d", 1000*(place+1)+i+1)})
	}
	t.people[len(t.people)-1].until = p.leaves
	second := append(append([]string{}, p.handles[3:]...), p.handles[:3]...)
	t.versions = []version{
		{from: firstDuty, handover: p.handover, days: p.days, people: p.handles, nights: p.nights},
		{from: secondVersion, handover: p.handover, days: p.days, people: second, nights: p.nights},
	}
	return t
}

// isHoliday tells whether a date is one of the region's holidays, which decide fees and coverage.
func (t *team) isHoliday(d date) bool { return t.region != "" && t.off[d.String()] }

// worksOn tells whether the people of the team have working hours on a date.
func (t *team) worksOn(d date) bool { return !d.isWeekend() && !t.off[d.String()] }

// atWork tells whether a moment lies in their working hours, 9 to 18.
func (t *team) atWork(m time.Time) bool {
	hour := m.In(t.zone).Hour()
	return hour >= 9 && hour < 18 && t.worksOn(dayOn(m, t.zone))
}
