package dutypages

import (
	"strings"
	"testing"

	"jerem/oncall/plan"
	"jerem/oncall/roster"
)

// TestAsideOnOverview: what of sources is set aside stands on the overview for operators who see all teams, with its
// number, since when and why; nobody else is told, and where nothing is there is no word of it.
func TestAsideOnOverview(t *testing.T) {
	d := newDesk(t, func(f *plan.File) { f.Teams = f.Teams[:1] })
	if _, page, _ := d.get("eve", "/oncall"); strings.Contains(page, "set aside") {
		t.Error("nothing is set aside, and the page speaks of it")
	}
	id, err := d.store.AddEvent(t.Context(), roster.RawEvent{Source: "prod", Received: d.now, Body: []byte("{")})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.store.Update(t.Context(), func(roster.State) (roster.Writes, error) {
		return roster.Writes{EventsFinished: []roster.EventResult{{ID: id, At: d.now,
			Why: `"<b>" is no team of the file`, Cause: roster.NotUnderstood}}}, nil
	}); err != nil {
		t.Fatal(err)
	}
	_, page, _ := d.get("eve", "/oncall")
	for _, want := range []string{
		"An event of the source prod is set aside: &#34;&lt;b&gt;&#34; is no team of the file",
		"since Tue 10 Feb 13:00 Paris", "jerem oncall replay"} {
		if !strings.Contains(page, want) {
			t.Errorf("the operator is not told %q", want)
		}
	}
	for _, who := range []string{"vic", "ada", "pat"} {
		if _, page, _ := d.get(who, "/oncall"); strings.Contains(page, "set aside") {
			t.Errorf("%s is told", who)
		}
	}
}
