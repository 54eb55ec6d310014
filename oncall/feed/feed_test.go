package feed

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"jerem/oncall"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/oncalltest"
)

// event is an entry of a calendar as a reader takes it.
type event map[string]string

// readCalendar reads a calendar as RFC 5545 says, and reports lines that are no such.
func readCalendar(t *testing.T, data []byte) (head event, events []event) {
	t.Helper()
	text := string(data)
	if !strings.HasSuffix(text, "\r\n") || strings.Count(text, "\n") != strings.Count(text, "\r\n") ||
		strings.Count(text, "\r") != strings.Count(text, "\n") {
		t.Error("a line does not end with CRLF")
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("the line %q has %d octets, or is cut within a letter", line, len(line))
		}
	}
	unescape := strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n")
	current, depth := event{}, 0
	head = current
	for line := range strings.SplitSeq(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n") {
		name, value, ok := strings.Cut(line, ":")
		switch {
		case !ok:
			t.Errorf("%q is no line of a calendar", line)
		case name == "BEGIN":
			depth++
			if value == "VEVENT" {
				current = event{}
			}
		case name == "END":
			depth--
			if value == "VEVENT" {
				events, current = append(events, current), head
			}
		default:
			current[name] = unescape.Replace(value)
		}
	}
	if depth != 0 {
		t.Error("what begins does not end")
	}
	return head, events
}

func write(t *testing.T, c Calendar) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPersonalFeed: a person's duties in UTC, over a change of the clocks; what another took is not among them.
func TestPersonalFeed(t *testing.T) {
	cover := oncalltest.CoverOf(1, "ada", "ben", civiltest.Span("2026-03-31T00:00+02:00", "2026-04-01T00:00+02:00"))
	schedules, _ := oncalltest.Crew(t, cover)
	in := civiltest.Span("2026-03-29T00:00+01:00", "2026-04-13T09:00+02:00")
	now := civiltest.Instant("2026-03-01T12:00+01:00")
	head, events := readCalendar(t, write(t, Calendar{Name: "On call: ada", Stamp: now, IsPersonal: true,
		Duties: PersonalDuties(schedules, "ada", in)}))
	if head["VERSION"] != "2.0" || head["PRODID"] == "" || head["X-WR-CALNAME"] != "On call: ada" {
		t.Errorf("%v", head)
	}
	var got []string
	for _, e := range events {
		got = append(got, e["DTSTART"]+" to "+e["DTEND"]+" "+e["SUMMARY"]+" "+e["DTSTAMP"])
	}
	want := []string{"20260330T070000Z to 20260330T220000Z On call: k8s 20260301T110000Z",
		"20260331T220000Z to 20260406T070000Z On call: k8s 20260301T110000Z"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ada's duties (-want +got):\n%s", diff)
	}
	if got := PersonalDuties(schedules, "", in); got != nil {
		t.Errorf("nobody's duties are %v", got)
	}
}

// TestIdentifiers: they stay where rota, turn and start do, whoever has the part, and no two are the same.
func TestIdentifiers(t *testing.T) {
	identifiers := func(changes ...oncall.Change) (out []string) {
		schedules, _ := oncalltest.Crew(t, changes...)
		in := civiltest.Span("2026-01-01T00:00+01:00", "2027-01-01T00:00+01:00")
		_, events := readCalendar(t, write(t, Calendar{Host: "jerem.example", Duties: RotaDuties(schedules[0], in)}))
		for _, e := range events {
			out = append(out, e["UID"])
		}
		return out
	}
	before := identifiers()
	after := identifiers(oncalltest.CoverOf(1, "ada", "ben",
		civiltest.Span("2026-01-06T00:00+01:00", "2026-01-07T00:00+01:00")))
	if len(after) != len(before)+2 || after[0] != before[0] || !slices.Equal(after[3:], before[1:]) {
		t.Error("a cover within one turn moved other identifiers than those of its parts")
	}
	sorted := slices.Sorted(slices.Values(after))
	if len(slices.Compact(sorted)) != len(after) || !strings.HasSuffix(after[0], "@jerem.example") {
		t.Errorf("identifiers %v", after)
	}
}

// TestHostileNames: names of any letters neither break lines nor add properties.
func TestHostileNames(t *testing.T) {
	for _, name := range []string{"a\r\nBEGIN:VEVENT\r\nUID:1", "x;y,z\\n", strings.Repeat("é", 200),
		strings.Repeat("漢", 99) + "a", "bell\a", "\xff"} {
		duty := Duty{Rota: name, Team: name, Level: 1, Segment: oncall.Segment{Person: "ada"}}
		head, events := readCalendar(t, write(t, Calendar{Name: name, Duties: []Duty{duty}}))
		if len(events) != 1 || len(head) != 8-1 || len(events[0]) != 7 {
			t.Errorf("%q: %d events of %d properties, %d of the calendar", name, len(events), len(events[0]), len(head))
		}
		want := strings.NewReplacer("\r\n", "\n", "\a", "", "\xff", "\uFFFD").Replace(name)
		if got := events[0]["SUMMARY"]; got != "On call: ada ("+want+")" && !strings.Contains(name, `\`) {
			t.Errorf("%q is read as %q", name, got)
		}
	}
}

// TestFolding: lines of each length around the limit are read back.
func TestFolding(t *testing.T) {
	for n := range 400 {
		name := strings.Repeat("ab漢", n)[:n/5*5]
		head, _ := readCalendar(t, write(t, Calendar{Name: name}))
		if head["X-WR-CALNAME"] != name {
			t.Errorf("%d octets are read as %q", n, head["X-WR-CALNAME"])
		}
	}
}

// TestSpan: six months back and twelve ahead, by whole days.
func TestSpan(t *testing.T) {
	s := Span(civiltest.Instant("2026-08-31T23:30+02:00"), civiltest.ZoneNamed(t, "Europe/Paris"))
	if got := fmt.Sprint(s.Start.UTC().Format(time.RFC3339), " ", s.End.UTC().Format(time.RFC3339)); got !=
		"2026-02-27T23:00:00Z 2027-08-30T22:00:00Z" {
		t.Error(got)
	}
}

// TestGapIsShown: a rota's feed says where nobody is on call.
func TestGapIsShown(t *testing.T) {
	s := oncall.NewSchedule(oncall.Rota{Name: "k8s", Versions: []oncall.Version{oncalltest.Weekly(t)}}, nil, nil)
	_, events := readCalendar(t, write(t, Calendar{Duties: RotaDuties(s,
		civiltest.Span("2026-01-05T09:00+01:00", "2026-01-12T09:00+01:00"))}))
	if len(events) != 1 || events[0]["SUMMARY"] != "Nobody on call: k8s" {
		t.Errorf("%v", events)
	}
}
