package oncall_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/oncalltest"
)

func employed(t *testing.T, handle, from, until, zone string) oncall.Person {
	p := oncalltest.Parisian(t, handle)
	p.Zone = civiltest.ZoneNamed(t, zone)
	if from != "" {
		p.From = civiltest.Date(from)
	}
	if until != "" {
		p.Until = civiltest.Date(until)
	}
	p.Joins, p.Leaves = oncall.Employment(p.From, p.Until, p.Zone)
	return p
}

// TestClosedVersions: each field of a version that has begun is closed, and each edit of it is named; what lies ahead
// is free.
func TestClosedVersions(t *testing.T) {
	now := civiltest.Instant("2026-03-01T00:00+01:00")
	first, ahead := oncalltest.Weekly(t, "ada", "ben"), oncalltest.Weekly(t, "cleo")
	ahead.From = civiltest.Date("2026-06-01")
	rota := func(versions ...oncall.Version) []oncall.Rota {
		return []oncall.Rota{{Name: "k8s", Versions: versions}}
	}
	k := oncall.Kept{}.Keep(rota(first, ahead), []oncall.Person{employed(t, "ada", "2026-01-01", "", "Europe/Paris")},
		now)
	edit := func(change func(*oncall.Version)) []oncall.Rota {
		v := first
		change(&v)
		return rota(v, ahead)
	}
	between := oncalltest.Weekly(t, "dan")
	between.From = civiltest.Date("2026-02-02")
	later := ahead
	later.From, later.Level = civiltest.Date("2026-07-01"), 2
	ended := rota(first, ahead)
	ended[0].Until = civiltest.Date("2026-02-01")
	endsAhead := rota(first, ahead)
	endsAhead[0].Until = civiltest.Date("2026-04-01")
	for _, c := range []struct {
		what  string
		rotas []oncall.Rota
		want  []string
	}{
		{"nothing", rota(first, ahead), nil},
		{"handover", edit(func(v *oncall.Version) { v.Handover = 0 }), []string{"handover"}},
		{"every", edit(func(v *oncall.Version) { v.Every = civil.Period{Number: 2, Unit: civil.Weeks} }),
			[]string{"every"}},
		{"people", edit(func(v *oncall.Version) { v.People = []string{"ben", "ada"} }), []string{"people"}},
		{"coverage", edit(func(v *oncall.Version) { v.Coverage = oncalltest.Nights() }), []string{"coverage"}},
		{"zone", edit(func(v *oncall.Version) { v.Zone = time.UTC }), []string{"zone"}},
		{"team and level", edit(func(v *oncall.Version) { v.Team, v.Level = "Other", 2 }), []string{"team", "level"}},
		{"region", edit(func(v *oncall.Version) { v.Region = "DE" }), []string{"region"}},
		{"anchor", edit(func(v *oncall.Version) { v.From = civiltest.Date("2026-01-06") }),
			[]string{"version", "from"}},
		{"left out", rota(ahead), []string{"version"}},
		{"rota left out", nil, []string{"rota"}},
		{"a version in the past", rota(first, between, ahead), []string{"from"}},
		{"a version ahead", rota(first, later), nil},
		{"an end in the past", ended, []string{"until"}},
		{"an end ahead", endsAhead, nil},
	} {
		var got []string
		for _, m := range k.Compare(c.rotas, nil, now.Add(time.Hour)) {
			got = append(got, m.Field)
			if m.Remedy == "" || m.String() == "" {
				t.Errorf("%s: no remedy in %+v", c.what, m)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}

// TestDownAcrossHandovers: a version that was read ahead and began while the program was down is taken at the next
// start.
func TestDownAcrossHandovers(t *testing.T) {
	first, second := oncalltest.Weekly(t, "ada"), oncalltest.Weekly(t, "ben")
	second.From = civiltest.Date("2026-02-02")
	rotas := []oncall.Rota{{Name: "k8s", Versions: []oncall.Version{first, second}}}
	k := oncall.Kept{}.Keep(rotas, nil, civiltest.Instant("2026-01-20T00:00+01:00"))
	back := civiltest.Instant("2026-03-01T00:00+01:00")
	if contradictions := k.Compare(rotas, nil, back); len(contradictions) != 0 {
		t.Errorf("refused: %v", contradictions)
	}
	k = k.Keep(rotas, nil, back)
	if len(k.Rotas[0].Versions) != 2 {
		t.Errorf("kept: %v", k.Rotas[0].Versions)
	}
	edited := second
	edited.People = []string{"cleo"}
	merged, people := k.Merge([]oncall.Rota{{Name: "k8s", Versions: []oncall.Version{first, edited}}}, nil, back)
	if d, _ := oncall.NewSchedule(merged[0], people, nil).At(back); d.Person != "ben" {
		t.Errorf("after an edit of the past %q is on duty, want what was kept", d.Person)
	}
}

func TestKeptPeople(t *testing.T) {
	now := civiltest.Instant("2026-03-01T00:00+01:00")
	k := oncall.Kept{}.Keep(nil, []oncall.Person{employed(t, "ada", "2026-01-01", "2026-02-01", "Europe/Paris")}, now)
	for _, c := range []struct {
		file oncall.Person
		want int
	}{
		{employed(t, "ada", "2026-01-01", "2026-02-01", "Europe/Paris"), 0},
		{employed(t, "ada", "2026-01-01", "2026-02-01", "Asia/Tokyo"), 0},
		{employed(t, "ada", "2026-01-02", "2026-02-01", "Europe/Paris"), 1},
		{employed(t, "ada", "", "2026-02-02", "Europe/Paris"), 2},
		{employed(t, "ada", "2026-01-01", "", "Europe/Paris"), 1},
		{employed(t, "ada", "2026-01-01", "2026-12-01", "Europe/Paris"), 1},
	} {
		if got := k.Compare(nil, []oncall.Person{c.file}, now); len(got) != c.want {
			t.Errorf("from %s until %s in %s: %v, want %d lines", c.file.From, c.file.Until, c.file.Zone, got, c.want)
		}
	}
	moved := k.Keep(nil, []oncall.Person{employed(t, "ada", "2026-01-01", "2026-02-01", "Asia/Tokyo")}, now).People[0]
	if !moved.Joins.Equal(civiltest.Instant("2026-01-01T00:00+01:00")) ||
		!moved.Leaves.Equal(civiltest.Instant("2026-02-02T00:00+01:00")) {
		t.Errorf("a later zone moves what was kept to %s and %s", moved.Joins, moved.Leaves)
	}
	open := oncall.Kept{}.Keep(nil, []oncall.Person{employed(t, "ada", "", "", "Europe/Paris")}, now)
	if got := open.Compare(nil, []oncall.Person{employed(t, "ada", "", "2026-09-01", "Europe/Paris")},
		now); len(got) != 0 {
		t.Errorf("a leaving ahead is refused: %v", got)
	}
}

// TestContradictionsInWords: each line that contradicts the past says what is so, and a remedy that can be done: of a
// date that lies ahead it is not said that it has come.
func TestContradictionsInWords(t *testing.T) {
	now := civiltest.Instant("2026-03-01T00:00+01:00")
	first, moved := oncalltest.Weekly(t, "ada", "ben"), oncalltest.Weekly(t, "ada", "ben")
	moved.From = civiltest.Date("2026-01-12")
	rotas := func(name, until string, versions ...oncall.Version) []oncall.Rota {
		r := oncall.Rota{Name: name, Versions: versions}
		if until != "" {
			r.Until = civiltest.Date(until)
		}
		return []oncall.Rota{r}
	}
	eve := func(from, until string) []oncall.Person {
		return []oncall.Person{employed(t, "eve", from, until, "Europe/Paris")}
	}
	running, ended := rotas("k8s", "", first), rotas("k8s", "2026-02-01", first)
	for _, c := range []struct {
		kept, file           []oncall.Rota
		keptPeople, inFile   []oncall.Person
		want, remedy, denied string
	}{
		{keptPeople: eve("", "2027-06-30"), inFile: eve("", "2026-02-20"),
			want:   "person eve: until 2027-06-30 was kept, the file says until 2026-02-20, which lies in the past",
			remedy: "write a date from today on", denied: "comes back"},
		{keptPeople: eve("", ""), inFile: eve("", "2026-02-20"),
			want:   "person eve: no until was kept, the file says until 2026-02-20, which lies in the past",
			remedy: "write a date from today on", denied: "comes back"},
		{keptPeople: eve("", "2026-02-01"), inFile: eve("", "2026-12-01"),
			want:   "person eve: until 2026-02-01 has passed, the file says until 2026-12-01",
			remedy: "somebody who comes back has a new handle"},
		{keptPeople: eve("2026-01-10", ""), inFile: eve("2026-02-10", ""),
			want: "person eve: from 2026-01-10 has passed, the file says from 2026-02-10", remedy: "write back"},
		{keptPeople: eve("", ""), inFile: eve("2026-02-10", ""),
			want: "person eve: they were there all along, the file says from 2026-02-10", remedy: "write back"},
		{keptPeople: eve("2027-01-01", ""), inFile: eve("2026-02-10", ""),
			want:   "person eve: from 2027-01-01 was kept, the file says from 2026-02-10, which lies in the past",
			remedy: "write a date after today", denied: "comes back"},
		{keptPeople: eve("2027-01-01", ""), inFile: eve("", ""),
			want:   "person eve: from 2027-01-01 was kept, the file says no from, as if they had been there all along",
			remedy: "write a date after today", denied: "comes back"},
		{kept: running, file: rotas("nights", "", first), denied: `""`,
			want: "rota k8s: it has begun, and the file has no rota of that name", remedy: "write it back"},
		{kept: running, file: rotas("k8s", "", moved), denied: `""`,
			want:   "rota k8s, version from 2026-01-05: it has begun, and the file has no version with that from",
			remedy: "write back what was kept"},
		{kept: running, file: rotas("k8s", "", first, moved), denied: `""`,
			want:   "rota k8s, version from 2026-01-12: it was not there before, and its from lies in the past",
			remedy: "write a later from"},
		{kept: running, file: rotas("k8s", "2026-02-01", first),
			want:   "rota k8s: the file says until 2026-02-01, which lies in the past, and it went on after that",
			remedy: "write a later until", denied: `""`},
		{kept: ended, file: running, denied: `""`,
			want: "rota k8s: it ended with its until of 2026-02-01, the file says no until", remedy: "write it back"},
	} {
		k := oncall.Kept{}.Keep(c.kept, c.keptPeople, now)
		list := k.Compare(c.file, c.inFile, now.Add(time.Hour))
		if len(list) == 0 || list[0].Text() != c.want || !strings.Contains(list[0].Remedy, c.remedy) ||
			c.denied != "" && strings.Contains(list[0].String(), c.denied) {
			t.Errorf("it tells %v, want %s: … %s", list, c.want, c.remedy)
		}
	}
}
