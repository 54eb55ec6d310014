package access_test

import (
	"database/sql"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	gate "jerem/access"
	"jerem/access/rules"
	"jerem/store/access"
	"jerem/store/db/postgres/pgtest"
)

// TestSharedByInstances: on a server what one instance keeps another one finds at once: who logged in at one is logged
// in at all, and a token that is revoked at one is so at all. Instances that begin at once make the tables once.
func TestSharedByInstances(t *testing.T) {
	now, place := begun, pgtest.Database(t)
	var both [2]*access.Store
	var opening sync.WaitGroup
	for n := range both {
		opening.Go(func() {
			var err error
			both[n], err = access.Open(t.Context(), access.PlaceFor("jerem.db", place), access.Options{
				Now: func() time.Time { return now }, Keep: 30 * 24 * time.Hour})
			if err != nil {
				t.Error(err)
			}
		})
	}
	if opening.Wait(); t.Failed() {
		t.FailNow()
	}
	defer both[0].Close()
	defer both[1].Close()
	_, badge := gate.NewToken("a badge", rules.Badge, "Métal / 50%", begun, begun.AddDate(1, 0, 0))
	if err := both[0].AddToken(t.Context(), badge); err != nil {
		t.Fatal(err)
	}
	found, known, err := both[1].TokenByHash(t.Context(), badge.Hash)
	if diff := cmp.Diff(badge, found); diff != "" || !known || err != nil {
		t.Errorf("token differs (-want +got), %v %v:\n%s", known, err, diff)
	}
	if revoked, err := both[1].RevokeToken(t.Context(), badge.ID); !revoked || err != nil {
		t.Errorf("revoked: %v, %v", revoked, err)
	}
	if list, err := both[0].Tokens(t.Context()); len(list) != 0 || err != nil {
		t.Errorf("%v is left: %v", list, err)
	}
	for _, data := range []string{"one", "\x00two"} {
		if err := both[0].Commit("session", []byte(data), begun.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got, found, err := both[1].Find("session"); string(got) != data || !found || err != nil {
			t.Errorf("a session is %q, %v, %v", got, found, err)
		}
	}
	now = begun.Add(2 * time.Hour)
	if _, found, err := both[1].Find("session"); found || err != nil {
		t.Errorf("a session that ended is found: %v", err)
	}
	now = begun.AddDate(0, 2, 0)
	for _, at := range []time.Time{begun, now} {
		if err := both[0].Record(t.Context(), gate.Entry{At: at, Who: "a", What: "login"}); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := both[1].Entries(t.Context(), "nobody", 9); len(list) != 0 || err != nil {
		t.Errorf("entries of nobody: %v, %v", list, err)
	}
	if list, err := both[1].Entries(t.Context(), "", 9); len(list) != 1 || !list[0].At.Equal(now) || err != nil {
		t.Errorf("the journal is %v: %v", list, err)
	}
	db, err := sql.Open("pgx", place)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.ExecContext(t.Context(), `UPDATE jerem_access.journal SET who = 'b'`)
	if err == nil || !strings.Contains(err.Error(), "only added to") {
		t.Errorf("the journal can be changed: %v", err)
	}
}
