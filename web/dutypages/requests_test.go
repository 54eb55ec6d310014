package dutypages

import (
	"html"
	"net/url"
	"strings"
	"testing"
	"time"

	"jerem/oncall"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/plan"
)

// turnOfBen is a duty of ben that lies ahead, as the form of his page names it.
const turnOfBen = "2026-02-23T08:00:00Z 2026-03-02T08:00:00Z k8s"

// changes are all that are kept.
func (d *desk) changes() []oncall.Change {
	d.t.Helper()
	state, err := d.store.State(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return state.Changes
}

// TestGivingAway: a duty that the form offers is asked for, shown to who is asked, and accepted by them alone.
func TestGivingAway(t *testing.T) {
	d := newDesk(t, nil)
	give := "/oncall/me/give?" + url.Values{"duty": {turnOfBen}}.Encode()
	if _, body, _ := d.get("ben", "/oncall/me"); !strings.Contains(body,
		`href="`+strings.ReplaceAll(html.EscapeString(give), "+", "&#43;")+`"`) {
		t.Fatalf("ben's turn is not offered:\n%s", mainOf(body))
	}
	if _, body, _ := d.get("ben", give); !strings.Contains(body, `name="part" value="`+turnOfBen+`" checked`) ||
		!strings.Contains(body, `name="to" value="cleo"`) {
		t.Fatalf("ben cannot ask cleo for his turn:\n%s", mainOf(body))
	}
	ask := url.Values{"part": {turnOfBen}, "to": {"cleo"}}
	if status, body, header := d.post("ben", "/oncall/me/changes", ask); status != 303 ||
		header.Get("Location") != "/oncall/me?done=asked" {
		t.Fatalf("asking: %d %s", status, body)
	}
	if got := d.changes(); len(got) != 1 || got[0].State != oncall.Open || got[0].To != "cleo" {
		t.Fatalf("what is kept: %v", got)
	}
	for who, want := range map[string]string{"ben": "You ask cleo: cover", "cleo": "ben asks you: cover"} {
		if _, body, _ := d.get(who, "/oncall/me"); !strings.Contains(body, want) {
			t.Errorf("%s is not told %q", who, want)
		}
	}
	if _, body, _ := d.get("ada", "/oncall/me"); strings.Contains(body, "asks you") {
		t.Error("ada is shown a request that is not for her")
	}
	accept := url.Values{"answer": {"accept"}}
	if status, _, _ := d.post("ada", "/oncall/me/changes/1", accept); status != 403 {
		t.Errorf("ada accepts for cleo: %d", status)
	}
	if status, _, _ := d.post("cleo", "/oncall/me/changes/1", accept); status != 303 {
		t.Errorf("cleo accepts: %d", status)
	}
	if got := d.changes(); got[0].State != oncall.Accepted {
		t.Errorf("after accepting: %v", got)
	}
	if status, _, _ := d.post("cleo", "/oncall/me/changes/1", accept); status != 409 {
		t.Errorf("accepting twice: %d", status)
	}
}

// TestRequestsToAll: a request to all of a rota is shown to its people, and can be withdrawn by who asked.
func TestRequestsToAll(t *testing.T) {
	d := newDesk(t, nil)
	d.post("ben", "/oncall/me/changes", url.Values{"part": {turnOfBen}, "to": {""}})
	if _, body, _ := d.get("ada", "/oncall/me"); !strings.Contains(body, "ben asks anybody of the rota: cover") ||
		strings.Contains(body, `value="decline"`) {
		t.Errorf("ada's page:\n%s", mainOf(body))
	}
	if status, _, _ := d.post("ben", "/oncall/me/changes/1", url.Values{"answer": {"withdraw"}}); status != 303 {
		t.Errorf("withdrawing: %d", status)
	}
	if got := d.changes(); got[0].State != oncall.Withdrawn {
		t.Errorf("after withdrawing: %v", got)
	}
}

// TestGivingAwayRefused: what is no duty, no answer or no change is told, and nothing is kept.
func TestGivingAwayRefused(t *testing.T) {
	d := newDesk(t, nil)
	for _, x := range []struct {
		who, address string
		form         url.Values
		status       int
	}{
		{"ben", "/oncall/me/changes", nil, 400},
		{"ben", "/oncall/me/changes", url.Values{"part": {"2026-03-02T08:00:00Z 2026-02-23T08:00:00Z k8s"}}, 400},
		{"ben", "/oncall/me/changes", url.Values{"part": {"2026-02-23T08:00:00Z 2026-03-02T08:00:00Z net"}}, 404},
		{"ben", "/oncall/me/changes", url.Values{"part": {turnOfBen}, "to": {"nobody"}}, 400},
		{"vic", "/oncall/me/changes", url.Values{"part": {turnOfBen}}, 403},
		{"ben", "/oncall/me/changes/1", url.Values{"answer": {"accept"}}, 404},
		{"ben", "/oncall/me/changes/x", url.Values{"answer": {"accept"}}, 404},
		{"ben", "/oncall/me/changes/1", url.Values{"answer": {"cancel"}}, 400},
	} {
		if status, body, _ := d.post(x.who, x.address, x.form); status != x.status {
			t.Errorf("%s, %v by %s: %d, not %d: %s", x.address, x.form, x.who, status, x.status, body)
		}
	}
	if got := d.changes(); len(got) != 0 {
		t.Errorf("kept: %v", got)
	}
}

// TestAskingWhoIsNotThere: where somebody is asked for days after their last one, the page on which they are asked,
// both people's own pages and the message say that it would leave a gap; nothing is said of days on which they are
// there.
func TestAskingWhoIsNotThere(t *testing.T) {
	leaving := civiltest.Instant("2026-02-27T00:00+01:00")
	for _, c := range []struct {
		leaves time.Time
		isTold bool
	}{{leaving, true}, {leaving.AddDate(1, 0, 0), false}} {
		d := newDesk(t, func(f *plan.File) { f.People[2].Leaves = c.leaves })
		_, give, _ := d.get("ben", "/oncall/me/give?"+url.Values{"duty": {turnOfBen}}.Encode())
		if strings.Contains(give, "(not there from Fri 27 Feb 00:00 to Mon 2 Mar 09:00)") != c.isTold {
			t.Errorf("where cleo is asked it is told: %v\n%s", !c.isTold, mainOf(give))
		}
		d.post("ben", "/oncall/me/changes", url.Values{"part": {turnOfBen}, "to": {"cleo"}})
		for _, who := range []string{"ben", "cleo"} {
			_, body, _ := d.get(who, "/oncall/me")
			const gap = "By the file cleo is not there from Fri 2026-02-27 00:00 to Mon 2026-03-02 " +
				"09:00: accepted, it leaves a gap."
			if strings.Contains(body, gap) != c.isTold {
				t.Errorf("%s is told: %v\n%s", who, !c.isTold, mainOf(body))
			}
		}
	}
}
