package oncall

import (
	"archive/zip"
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// fewZones is what is tested where neither the toolchain's zones nor the system's list of them is at hand.
const fewZones = `Africa/Cairo Africa/Casablanca America/Havana America/Nuuk America/Santiago America/Sao_Paulo America/St_Johns
	Antarctica/Troll Asia/Amman Asia/Beirut Asia/Gaza Asia/Kathmandu Asia/Manila Asia/Tehran Atlantic/Azores Australia/Lord_Howe
	Europe/Dublin Europe/London Europe/Paris Pacific/Apia Pacific/Chatham Pacific/Kiritimati Pacific/Kwajalein UTC`

// zoneNames returns the names of every IANA zone that can be found on the machine.
func zoneNames(t *testing.T) []string {
	t.Helper()
	names := zonesOfToolchain()
	if len(names) == 0 {
		names = zonesOfSystem()
	}
	if len(names) == 0 {
		names = strings.Fields(fewZones)
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		_, err := time.LoadLocation(name)
		return err != nil || name == "Local"
	})
	slices.Sort(names)
	return slices.Compact(names)
}

func zonesOfToolchain() []string {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil
	}
	archive, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		return nil
	}
	defer archive.Close()
	var out []string
	for _, f := range archive.File {
		if !strings.HasSuffix(f.Name, "/") {
			out = append(out, f.Name)
		}
	}
	return out
}

func zonesOfSystem() []string {
	file, err := os.Open("/usr/share/zoneinfo/tzdata.zi")
	if err != nil {
		return nil
	}
	defer file.Close()
	var out []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		switch fields := strings.Fields(lines.Text()); {
		case len(fields) > 2 && fields[0] == "Z":
			out = append(out, fields[1])
		case len(fields) == 3 && fields[0] == "L":
			out = append(out, fields[2])
		}
	}
	return out
}

// TestEveryZone is the property of the contract: in every zone, daily, weekly and monthly, for 40 years,
// hand-overs never go back and segments tile the covered time. ONCALL_ZONES=all tries all of it; without, every
// fourth zone has a span of its own of the 40 years.
func TestEveryZone(t *testing.T) {
	const years = 40
	all := os.Getenv("ONCALL_ZONES") == "all"
	names := zoneNames(t)
	if all && len(names) < 400 {
		t.Errorf("only %d zones were found: install a Go toolchain with lib/time or the package tzdata", len(names))
	}
	windows := []Coverage{{Always: true}, nights()}
	for i, name := range names {
		if !all && i%4 != 0 {
			continue
		}
		zone := zoneNamed(t, name)
		for j, every := range []Period{{1, Days}, {1, Weeks}, {1, Months}} {
			v := Version{From: date("2005-01-31"), Every: every, People: []string{"ada", "ben", "cleo"},
				Zone: zone, Level: 1}
			v.Handover = []int{0, 30 * 60, 150 * 60, 9 * 3600, 24*3600 - 1}[(i+j)%5]
			v.Coverage = windows[(i+j)%2]
			first := Period{12, Months}.After(v.From, 0)
			span := Span{v.Begins(), Midnight(Period{12, Months}.After(first, years), zone)}
			if !all {
				from := first.Add((i*97 + j*31) % (years * 360))
				span = Span{Midnight(from, zone), Midnight(every.After(from, 20), zone)}
			}
			checkTiling(t, name, v, span)
		}
	}
}

// nights covers Monday to Friday from 18:00 to 09:00, and the whole weekend.
func nights() Coverage {
	evenings, _ := ParseDays("Mon-Fri")
	evenings.From, evenings.To = 18*3600, 9*3600
	weekend, _ := ParseDays("Sat,Sun")
	weekend.From, weekend.To = 9*3600, 9*3600
	return Coverage{Windows: []Window{evenings, weekend}}
}

func checkTiling(t *testing.T, name string, v Version, span Span) {
	t.Helper()
	s := NewSchedule(Rota{Name: "r", Versions: []Version{v}}, nil, nil)
	turns := s.Turns(span)
	for i := 1; i < len(turns); i++ {
		if turns[i].Start.Before(turns[i-1].Start) || !turns[i].Start.Equal(turns[i-1].End) {
			t.Fatalf("%s, every %s: turn %v does not begin where %v ends", name, v.Every, turns[i], turns[i-1])
		}
	}
	var covered int64
	end := span.Start
	for _, g := range s.Segments(span) {
		if g.Empty() || g.Start.Before(end) || g.End.After(span.End) || g.Start.Before(g.Turn.Start) ||
			g.End.After(g.Turn.End) {
			t.Fatalf("%s, every %s: the segment %v to %v overlaps the one before or leaves its turn", name,
				v.Every, g.Start, g.End)
		}
		if want := v.People[g.Turn.Index%len(v.People)]; g.Person != want {
			t.Fatalf("%s, every %s: %s is on duty in turn %d, want %s", name, v.Every, g.Person, g.Turn.Index, want)
		}
		end = g.End
		covered += g.Seconds()
	}
	if want := secondsOf(s.Covered(span)); covered != want || covered == 0 {
		t.Fatalf("%s, every %s: segments hold %d s, covered are %d s", name, v.Every, covered, want)
	}
}
