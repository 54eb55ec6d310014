package oncall_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/oncall"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/oncalltest"
)

// TestNow: each rota has its row, in the shape of the contract, also outside coverage and of another moment.
func TestNow(t *testing.T) {
	file := weeklyFile(t, "ada", "ben", "cleo")
	nights := oncalltest.Weekly(t, "cleo", "ada")
	nights.Coverage, nights.Level = oncalltest.Nights(), 2
	file.Rotas = append(file.Rotas, oncall.Rota{Name: "second", Versions: []oncall.Version{nights}})
	metal := oncalltest.Weekly(t, "ada")
	metal.Team = "Metal"
	file.Rotas = append(file.Rotas, oncall.Rota{Name: "metal", Versions: []oncall.Version{metal}})
	o := open(t, file, "2026-01-14T12:00Z")
	var got []fields
	o.want(200, o.ask("viewer", "GET", "now", nil), &got)
	want := []fields{
		{"rota": "k8s", "team": "Kubernetes", "level": 1.0, "person": "ben", "planned": "ben",
			"since": "2026-01-12T08:00:00Z", "until": "2026-01-19T08:00:00Z", "gap": false},
		{"rota": "second", "team": "Kubernetes", "level": 2.0, "person": nil, "planned": nil, "since": nil,
			"until": nil, "gap": false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("now differs (-want +got), metal is not the viewer's:\n%s", diff)
	}
	o.want(200, o.ask("viewer", "GET", "now?at=2026-01-20", nil), &got)
	if got[0]["person"] != "cleo" || got[1]["since"] != "2026-01-19T17:00:00Z" {
		t.Errorf("at the midnight of Paris: %v", got)
	}
	text := o.askAs(visitorNamed("viewer"), "GET", "now?at=2026-01-14T18:00:00Z", nil, "Accept", "text/plain")
	const lines = "k8s: ben until 2026-01-19T08:00:00Z\nsecond: ada until 2026-01-15T08:00:00Z\n"
	if text.body != lines || text.header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("as text: %q", text.body)
	}
	for path, status := range map[string]int{"now?at=noon": 400, "now?as=1": 400, "nobody": 404} {
		o.want(status, o.ask("viewer", "GET", path, nil), nil)
	}
	if g := o.ask("viewer", "POST", "now", nil); g.status != 405 || g.header.Get("Allow") != "GET" {
		t.Errorf("a POST of now: %d, Allow %q", g.status, g.header.Get("Allow"))
	}
}

// TestSegments: covered time, clipped, cut where person or turn changes, with the changes that had an effect.
func TestSegments(t *testing.T) {
	o := open(t, weeklyFile(t, "ada", "ben"), "2026-01-05T12:00Z")
	var made fields
	o.want(201, o.ask("ada", "POST", "changes", fields{"kind": "cover", "rota": "k8s",
		"start": "2026-01-07", "end": "2026-01-08T00:00", "to": "ben"}), &made)
	o.want(200, o.ask("ben", "POST", "changes/1/accept", nil), &made)
	var got []fields
	o.want(200, o.ask("viewer", "GET", "rotas/k8s/segments?from=2026-01-06&to=2026-01-13", nil), &got)
	part := func(start, end, person, planned string, turn float64, changes ...any) fields {
		return fields{"start": start, "end": end, "person": person, "planned": planned, "turn": turn,
			"version": "2026-01-05", "changes": append([]any{}, changes...)}
	}
	want := []fields{
		part("2026-01-05T23:00:00Z", "2026-01-06T23:00:00Z", "ada", "ada", 0),
		part("2026-01-06T23:00:00Z", "2026-01-07T23:00:00Z", "ben", "ada", 0, 1.0),
		part("2026-01-07T23:00:00Z", "2026-01-12T08:00:00Z", "ada", "ada", 0),
		part("2026-01-12T08:00:00Z", "2026-01-12T23:00:00Z", "ben", "ben", 1),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("segments differ (-want +got):\n%s", diff)
	}
	o.want(200, o.ask("viewer", "GET", "rotas/k8s/segments", nil), &got)
	if first, last := got[0]["start"], got[len(got)-1]["end"]; first != "2026-01-05T08:00:00Z" ||
		last != "2026-03-30T11:00:00Z" {
		t.Errorf("without a span it is %v to %v: 12 weeks later it is 13:00 in Paris in summer", first, last)
	}
	for path, status := range map[string]int{"rotas/none/segments": 404, "rotas/k8s/segments?from=x": 400,
		"rotas/k8s/segments?from=2026-01-02&to=2026-01-02": 400, "rotas/k8s/segments?to=2100-01-01": 400,
		"rotas/k8s/segments?to=2070-01-01": 200, "now?at=2190-01-01": 200} {
		o.want(status, o.ask("viewer", "GET", path, nil), nil)
	}
}

// TestClosedVersions: what began is kept; a file that says otherwise does not count, and its lines are told.
func TestClosedVersions(t *testing.T) {
	file := weeklyFile(t, "ada", "ben")
	o := open(t, file, "2026-01-05T12:00Z")
	other := weeklyFile(t, "ben", "ada")
	other.Rotas[0].Versions[0].Team = "Metal"
	late := oncalltest.Weekly(t, "ben")
	late.From = civiltest.Date("2026-01-06")
	other.Rotas[0].Versions = append(other.Rotas[0].Versions, late)
	o.now = civiltest.Instant("2026-01-07T12:00Z")
	o.api.Roster.File = other
	if mends := o.keepPast(); len(mends) != 3 {
		t.Errorf("lines to mend: %v, want people, team and the version that begins in the past", mends)
	}
	var got []fields
	o.want(200, o.ask("viewer", "GET", "now", nil), &got)
	if len(got) != 1 || got[0]["person"] != "ada" {
		t.Errorf("who was on duty changed: %v", got)
	}
	gone := file
	gone.Rotas = nil
	o.api.Roster.File = gone
	o.want(200, o.ask("viewer", "GET", "now", nil), &got)
	if mends := o.keepPast(); len(mends) != 1 || len(got) != 1 || got[0]["person"] != "ada" {
		t.Errorf("a rota that left the file: %v, lines to mend %v", got, mends)
	}
}

// TestVersionsBegin: a version that was read ahead is closed when it begins, also while the program was down.
func TestVersionsBegin(t *testing.T) {
	file := weeklyFile(t, "ada", "ben")
	next := oncalltest.Weekly(t, "ben")
	next.From = civiltest.Date("2026-02-02")
	file.Rotas[0].Versions = append(file.Rotas[0].Versions, next)
	o := open(t, file, "2026-01-05T12:00Z")
	o.now = civiltest.Instant("2026-02-03T12:00Z")
	if mends := o.keepPast(); len(mends) != 0 {
		t.Fatalf("lines to mend: %v", mends)
	}
	file.Rotas[0].Versions = file.Rotas[0].Versions[:1]
	o.api.Roster.File = file
	if mends := o.keepPast(); len(mends) != 1 {
		t.Errorf("a version that began was left out: %v", mends)
	}
	var got []fields
	o.want(200, o.ask("viewer", "GET", "now", nil), &got)
	if got[0]["person"] != "ben" {
		t.Errorf("on duty is %v", got[0]["person"])
	}
}
