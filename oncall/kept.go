package oncall

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/sorting"
)

// Kept is what a program keeps of the files it has read: the past is a function of it, not of the file.
type Kept struct {
	At     time.Time // up to when the past was kept; zero before the first start
	Rotas  []Rota    // of each rota the versions that have begun, and Until where it lies in the past
	People []Person  // with Joins and Leaves where they lie in the past
	Read   []VersionRead
}

// VersionRead says when a version was first read, so that one that began while the program was down is known.
type VersionRead struct {
	Rota string
	From calendar.Date
	At   time.Time
}

// Contradiction is a line of the file that contradicts what was kept.
type Contradiction struct {
	Rota    string        // "" where it is about a person
	Person  string        // "" where it is about a rota
	Version calendar.Date // zero where it is about the whole rota
	Field   string        // as the configuration names it
	What    string        // what the past was, and what the file says
	Remedy  string
}

// String returns the line as it is told, with what to do.
func (c Contradiction) String() string { return c.Text() + ": " + c.Remedy }

// Text tells where the file says something else than what was kept.
func (c Contradiction) Text() string {
	place := "rota " + c.Rota
	if c.Person != "" {
		place = "person " + c.Person
	}
	if c.Version != (calendar.Date{}) {
		place += ", version from " + c.Version.String()
	}
	return place + ": " + c.What
}

// The remedies: a version can say anew what stands in a version, and what stands in the rota only another rota.
const (
	remedyVersion = "write back what was kept, and add a version with a from that lies ahead"
	remedyRota    = "write back what was kept, give this rota an until that lies ahead, and add another rota"
)

// Compare tells where the rotas and people of a file contradict the past that was kept. Without any such line the
// file may be used, and Keep gives what to keep of it.
func (k Kept) Compare(rotas []Rota, people []Person, now time.Time) []Contradiction {
	var out []Contradiction
	for _, kept := range k.Rotas {
		i := slices.IndexFunc(rotas, func(r Rota) bool { return r.Name == kept.Name })
		if i < 0 {
			out = append(out, Contradiction{Rota: kept.Name, Field: "rota",
				What: "it has begun, and the file has no rota of that " +
					"name", Remedy: "write it back, by the name that it had; to end it give it an until that " +
					"lies ahead"})
			continue
		}
		out = append(out, k.compareRota(kept, rotas[i], now)...)
	}
	for _, kept := range k.People {
		i := slices.IndexFunc(people, func(p Person) bool { return p.Handle == kept.Handle })
		if i < 0 {
			continue
		}
		out = append(out, comparePerson(kept, people[i], k.At)...)
	}
	return out
}

func (k Kept) compareRota(kept, file Rota, now time.Time) []Contradiction {
	var out []Contradiction
	for _, v := range kept.Versions {
		i := slices.IndexFunc(file.Versions, func(f Version) bool { return f.From == v.From })
		if i < 0 {
			out = append(out, Contradiction{Rota: kept.Name, Version: v.From, Field: "version",
				What: "it has begun, and the file has no version with that from", Remedy: remedyVersion})
			continue
		}
		for _, m := range compareVersions(v, file.Versions[i]) {
			m.Rota, m.Version = kept.Name, v.From
			out = append(out, m)
		}
	}
	for _, v := range file.Versions {
		isKept := slices.ContainsFunc(kept.Versions, func(f Version) bool { return f.From == v.From })
		if !isKept && !v.Begins().After(now) && !k.readAhead(kept.Name, v) {
			out = append(out, Contradiction{Rota: kept.Name, Version: v.From, Field: "from",
				What: "it was not there before, and its from lies in the past",
				Remedy: "a new version begins ahead: write " +
					"a later from; where one that has begun was given this from, write its own back"})
		}
	}
	return append(out, k.compareUntil(kept, file, now)...)
}

// readAhead tells whether a version had been read before it began.
func (k Kept) readAhead(rota string, v Version) bool {
	return slices.ContainsFunc(k.Read, func(r VersionRead) bool {
		return r.Rota == rota && r.From == v.From &&
			r.At.Before(v.Begins())
	})
}

// compareUntil: a rota that has ended stays so, and none ends in the past.
func (k Kept) compareUntil(kept, file Rota, now time.Time) []Contradiction {
	hasEnded := kept.Until != (calendar.Date{})
	endsEarlier := file.Until != (calendar.Date{}) && !file.Ends().After(calendar.EarlierOf(now, k.At))
	if !hasEnded && !endsEarlier || hasEnded && kept.Until == file.Until {
		return nil
	}
	m := Contradiction{Rota: kept.Name, Field: "until",
		What: fmt.Sprintf("the file says until %s, which lies in the past, and it "+
			"went on after that", file.Until), Remedy: "a rota ends ahead: write a later until"}
	if hasEnded {
		m.What = fmt.Sprintf("it ended with its until of %s, the file says %s", kept.Until,
			fieldText("until", file.Until))
		m.Remedy = "a rota that has ended stays so: write it back, and make a rota with another name"
	}
	return []Contradiction{m}
}

// compareVersions returns the fields of a version that has begun in which the file differs.
func compareVersions(kept, file Version) []Contradiction {
	var out []Contradiction
	for _, f := range []struct{ field, kept, file, remedy string }{
		{"handover", clockText(kept.Handover), clockText(file.Handover), remedyVersion},
		{"every", kept.Every.String(), file.Every.String(), remedyVersion},
		{"people", fmt.Sprint(kept.People), fmt.Sprint(file.People), remedyVersion},
		{"coverage", kept.Coverage.String(), file.Coverage.String(), remedyVersion},
		{"zone", kept.Zone.String(), file.Zone.String(), remedyRota},
		{"team", kept.Team, file.Team, remedyRota},
		{"level", fmt.Sprint(kept.Level), fmt.Sprint(file.Level), remedyRota},
		{"region", kept.Region, file.Region, remedyRota},
	} {
		if f.kept != f.file {
			out = append(out, Contradiction{Field: f.field, Remedy: f.remedy,
				What: fmt.Sprintf("%s was %q and has begun, the file says %q", f.field, f.kept, f.file)})
		}
	}
	return out
}

func clockText(second int) string { return fmt.Sprintf("%02d:%02d", second/3600, second/60%60) }

// String returns the coverage in one spelling, whatever the order in which its windows were written.
func (c Coverage) String() string {
	if c.Always {
		return "always"
	}
	var out []string
	for _, w := range c.Windows {
		var days []string
		for i, name := range weekdayNames {
			if w.Weekdays[i] {
				days = append(days, name)
			}
		}
		if w.Holidays {
			days = append(days, "holidays")
		}
		out = append(out, fmt.Sprintf("%v %s-%s", days, clockText(w.From), clockText(w.To)))
	}
	slices.Sort(out)
	return fmt.Sprint(slices.Compact(out))
}

// Keep returns what is kept after a file was read that contradicts nothing: what had been kept, and what of the
// file has begun by now.
func (k Kept) Keep(rotas []Rota, people []Person, now time.Time) Kept {
	out := Kept{At: now, Read: k.readVersions(rotas, now)}
	for _, file := range rotas {
		kept := Rota{Name: file.Name}
		if i := slices.IndexFunc(k.Rotas, func(r Rota) bool { return r.Name == file.Name }); i >= 0 {
			kept.Versions, kept.Until = slices.Clone(k.Rotas[i].Versions), k.Rotas[i].Until
		}
		for _, v := range file.Versions {
			isKept := slices.ContainsFunc(kept.Versions, func(f Version) bool { return f.From == v.From })
			if !isKept && !v.Begins().After(now) {
				kept.Versions = append(kept.Versions, v)
			}
		}
		if file.Until != (calendar.Date{}) && !file.Ends().After(now) {
			kept.Until = file.Until
		}
		out.Rotas = append(out.Rotas, kept)
	}
	for _, p := range people {
		out.People = append(out.People, k.keepPerson(p, now))
	}
	for _, p := range k.People {
		isInFile := slices.ContainsFunc(people, func(f Person) bool { return f.Handle == p.Handle })
		if !isInFile {
			out.People = append(out.People, p)
		}
	}
	return out
}

func (k Kept) readVersions(rotas []Rota, now time.Time) []VersionRead {
	out := slices.Clone(k.Read)
	for _, r := range rotas {
		for _, v := range r.Versions {
			isKnown := slices.ContainsFunc(out, func(x VersionRead) bool {
				return x.Rota == r.Name &&
					x.From == v.From
			})
			if !isKnown {
				out = append(out, VersionRead{r.Name, v.From, now})
			}
		}
	}
	sorting.By(out, func(a, b VersionRead) int {
		return cmp.Or(cmp.Compare(a.Rota, b.Rota),
			-a.From.DaysUntil(b.From))
	})
	return out
}

// keepPerson returns a person with the moments that were kept where these lie in the past.
func (k Kept) keepPerson(p Person, now time.Time) Person {
	i := slices.IndexFunc(k.People, func(x Person) bool { return x.Handle == p.Handle })
	if i < 0 {
		return p
	}
	if kept := k.People[i].Joins; !kept.IsZero() && !kept.After(k.At) {
		p.Joins = kept
	}
	if kept := k.People[i].Leaves; !kept.IsZero() && !kept.After(k.At) {
		p.Leaves = kept
	}
	return p
}

// Merge returns the rotas and people by which duty is computed: what was kept for the past, the file for the rest.
// A running program whose file is refused goes on with Merge of the last file that was not.
func (k Kept) Merge(rotas []Rota, people []Person, now time.Time) ([]Rota, People) {
	kept := k.Keep(rotas, people, now)
	var out []Rota
	for i, file := range rotas {
		r := Rota{Name: file.Name, Until: file.Until, Versions: slices.Clone(kept.Rotas[i].Versions)}
		if kept.Rotas[i].Until != (calendar.Date{}) {
			r.Until = kept.Rotas[i].Until
		}
		for _, v := range file.Versions {
			if v.Begins().After(now) {
				r.Versions = append(r.Versions, v)
			}
		}
		out = append(out, r)
	}
	return out, PeopleOf(kept.People...)
}
