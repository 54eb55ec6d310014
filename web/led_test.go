package web

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	duty "jerem/oncall"
	"jerem/oncall/oncalltest"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
	kept "jerem/store/oncall"
	"jerem/web/oncall"
	"jerem/web/webtest"
)

// TestNoAddressLeadsInACircle: an address below which others stand, with a slash or without, is led on once at most,
// and answers by whatever method, where people log in and where nobody does.
func TestNoAddressLeadsInACircle(t *testing.T) {
	t.Parallel()
	gated := newOnCall(t)
	loggedIn := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("X-Forwarded-User", "ada")
		gated.ServeHTTP(w, r)
	})
	records, err := kept.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.oncall.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer records.Close()
	file := plan.File{Zone: time.UTC, Teams: []plan.Team{{Name: "Kubernetes", Zone: time.UTC}},
		People: []duty.Person{oncalltest.Parisian(t, "ada")},
		Rotas:  []duty.Rota{{Name: "k8s", Versions: []duty.Version{oncalltest.Weekly(t, "ada")}}}}
	b := webtest.Read(t, webtest.Story(), company()...)
	open := New(Options{Store: b.Store, Teams: company(), Log: b.Log, AnyHost: true, OnCallCalendars: records.Calendars,
		OnCallLinks: records.Links, OnCall: &oncall.API{Roster: &roster.Roster{File: file, Records: records},
			Events: records, Now: time.Now}})
	for name, h := range map[string]http.Handler{"with logins": loggedIn, "open": open} {
		for _, path := range []string{"/oncall/calendar", "/oncall/answer", "/api/v1/oncall", "/api/v1", "/api",
			"/hooks", "/assets", "/oncall", "/oncall/me", "/teams", "/styleguide", "/metrics"} {
			for _, slash := range []string{"", "/"} {
				for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
					to, led := path+slash, -1
					for ; to != "" && led < 3; led++ {
						w := httptest.NewRecorder()
						h.ServeHTTP(w, httptest.NewRequest(method, to, nil))
						to = w.Header().Get("Location")
					}
					if led > 1 {
						t.Errorf("%s: %s %s%s is led on %d times, then to %s", name, method, path, slash, led, to)
					}
				}
			}
		}
	}
}
