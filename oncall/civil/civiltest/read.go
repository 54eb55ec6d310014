// Package civiltest reads dates, moments and zones for tests, and finds the names of all zones of the machine.
package civiltest

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
	_ "time/tzdata" // the tests know the zones on every machine

	"jerem/calendar"
	"jerem/oncall/civil"
)

// ZoneNamed returns a zone that has to exist.
func ZoneNamed(t interface{ Fatal(...any) }, name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// Date reads a date such as 2026-01-05.
func Date(text string) calendar.Date {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return calendar.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}
}

// Clock reads a time of day such as 09:00 as seconds.
func Clock(text string) int {
	second, err := civil.ParseClock(text)
	if err != nil {
		panic(err)
	}
	return second
}

// Instant reads a moment such as 2026-01-05T09:00+01:00.
func Instant(text string) time.Time {
	t, err := time.Parse("2006-01-02T15:04Z07:00", text)
	if err != nil {
		panic(err)
	}
	return t
}

// Span is the span between two moments, read as Instant reads them.
func Span(from, to string) civil.Span { return civil.Span{Start: Instant(from), End: Instant(to)} }

// fewZones is what is tested where neither the toolchain's zones nor the system's list of them is at hand.
const fewZones = `Africa/Cairo Africa/Casablanca America/Havana America/Nuuk America/Santiago America/Sao_Paulo
	America/St_Johns Antarctica/Troll Asia/Amman Asia/Beirut Asia/Gaza Asia/Kathmandu Asia/Manila
	Asia/Tehran Atlantic/Azores Australia/Lord_Howe Europe/Dublin Europe/London Europe/Paris
	Pacific/Apia Pacific/Chatham Pacific/Kiritimati Pacific/Kwajalein UTC`

// ZoneNames returns the names of every IANA zone that can be found on the machine.
func ZoneNames(t *testing.T) []string {
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
