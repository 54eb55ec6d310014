package dutypages

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/oncalltest"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
)

// hideNia has net, the rota of a team that few may see, be nia's, who stands in no other one.
func hideNia(t *testing.T) func(*plan.File) {
	return func(f *plan.File) {
		f.People = append(f.People, oncalltest.Parisian(t, "nia"))
		f.Logins["nia"] = "nia"
		version := oncalltest.Weekly(t, "nia")
		version.Team = "Network"
		f.Rotas[1] = oncall.Rota{Name: "net", Versions: []oncall.Version{version}}
	}
}

// view is what is kept, now.
func (d *desk) view(t *testing.T) *roster.View {
	t.Helper()
	view, err := d.pages.Roster.View(t.Context(), d.now)
	if err != nil {
		t.Fatal(err)
	}
	return view
}

// TestHiddenTeams: who may not see a team is told of nobody who stands in its rota alone, and can neither pay, enter
// nor ask them. Statements tell of all rotas, so who pays has to see all of them.
func TestHiddenTeams(t *testing.T) {
	d := newDesk(t, hideNia(t))
	for _, address := range []string{"/oncall/absences", "/oncall/callouts", "/oncall/k8s"} {
		if _, body, _ := d.get("eve", address); strings.Contains(body, "nia") {
			t.Errorf("%s names nia to eve", address)
		}
	}
	away := url.Values{"person": {"nia"}, "from": {"2026-03-01"}, "to": {"2026-03-02"}}
	unknown := url.Values{"person": {"nobody"}, "from": {"2026-03-01"}, "to": {"2026-03-02"}}
	_, ofHidden, _ := d.post("eve", "/oncall/absences", away)
	_, ofNobody, _ := d.post("eve", "/oncall/absences", unknown)
	if strings.ReplaceAll(ofHidden, "nia", "nobody") != ofNobody || !strings.Contains(ofNobody, "nobody of on-call") {
		t.Errorf("of nia: %s\nof nobody: %s", ofHidden, ofNobody)
	}
	if status, body, _ := d.post("nia", "/oncall/absences", away); status != 303 {
		t.Errorf("nia's own absence: %d %s", status, body)
	}
	if _, body, _ := d.get("eve", "/oncall/absences"); strings.Contains(body, "nia") {
		t.Error("eve is told when nia is away")
	}
	view := d.view(t)
	paul := roster.Actor{Login: "paul", Pay: true, Teams: []string{"Kubernetes"}}
	if list := roster.SeenPeople(view, paul); !slices.Equal(list, []string{"ada", "ben", "cleo"}) {
		t.Errorf("people whom paul sees: %v", list)
	}
	for _, address := range []string{"/oncall/statements/2026-01", "/oncall/statements/2026-01/lines.csv"} {
		if status, body, _ := d.get("paul", address); status != 403 || strings.Contains(body, "ada") {
			t.Errorf("%s by paul: %d %s", address, status, body)
		}
		if status, _, _ := d.get("pat", address); status != 200 {
			t.Errorf("%s by pat: %d", address, status)
		}
	}
	if status, _, _ := d.post("paul", "/oncall/statements/2026-01/freeze", nil); status != 403 {
		t.Errorf("paul freezes: %d", status)
	}
}

// TestOwnDutyOfHiddenTeam: who stands in a rota of a team that they may not see is told of their own duties.
func TestOwnDutyOfHiddenTeam(t *testing.T) {
	d := newDesk(t, hideNia(t))
	if _, body, _ := d.get("nia", "/oncall/me"); !strings.Contains(body, ">net<") {
		t.Error("nia's own page has no duty in net")
	}
	for who, want := range map[string]int{"nia": 200, "ben": 404} {
		if status, _, _ := d.get(who, "/oncall/net"); status != want {
			t.Errorf("net by %s: %d, want %d", who, status, want)
		}
	}
}

// TestRightsOfSeeing: a rota is seen by those who see its team and by those who stand in it, in any version or by a
// change.
func TestRightsOfSeeing(t *testing.T) {
	d := newDesk(t, hideNia(t))
	view := d.view(t)
	ben := roster.Actor{Handle: "ben", Teams: []string{"Kubernetes"}}
	if roster.SeesPerson(view, ben, "nia") {
		t.Error("ben sees nia before any change")
	}
	c := oncalltest.CoverOf(1, "nia", "ben", civil.Span{Start: civiltest.Instant("2026-02-12T08:00Z"),
		End: civiltest.Instant("2026-02-13T08:00Z")})
	c.Rota, c.Asked = "net", d.now
	d.decide(roster.Writes{Changes: []oncall.Change{c}})
	view = d.view(t)
	if !roster.SeesPerson(view, ben, "nia") {
		t.Error("ben covers nia and does not see her")
	}
	if roster.PaysAll(view, roster.Actor{Pay: true, Teams: []string{"Kubernetes"}}) ||
		!roster.PaysAll(view, roster.Actor{Pay: true, Teams: []string{"Kubernetes", "Network"}}) ||
		roster.PaysAll(view, roster.Actor{Teams: []string{"Kubernetes", "Network"}}) {
		t.Error("who pays all has the role, and sees all teams of rotas")
	}
}
