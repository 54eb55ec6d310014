package oncall_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"jerem/access/rules"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/oncalltest"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
	"jerem/problem"
	kept "jerem/store/oncall"
	api "jerem/web/oncall"
)

// office is on-call of a test: a clock that it sets, a store in a file, and who asks.
type office struct {
	t     testing.TB
	now   time.Time
	api   *api.API
	store *kept.Store
}

// who are the visitors of tests, by name; each may see the team Kubernetes.
var who = map[string]rules.Visitor{
	"viewer":   {Login: "vic", Roles: []rules.Role{rules.Viewer}},
	"stranger": {Login: "sid"},
	"operator": {Login: "olga", Roles: []rules.Role{rules.Viewer, rules.Operator}},
	"pay":      {Login: "pat", Roles: []rules.Role{rules.Viewer, rules.Pay}},
	"badge":    {Login: "badge", Token: true, Roles: []rules.Role{rules.Badge}},
}

// visitorNamed is one of who, or a person whose login is the handle.
func visitorNamed(name string) rules.Visitor {
	v, ok := who[name]
	if !ok {
		v = rules.Visitor{Login: name, Roles: []rules.Role{rules.Viewer}}
	}
	v.Teams = []string{"Kubernetes"}
	return v
}

// open opens on-call with a file; now is as in 2026-01-05T10:00Z.
func open(t testing.TB, file plan.File, now string) *office {
	t.Helper()
	s, err := kept.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.oncall.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	o := &office{t: t, now: civiltest.Instant(now), store: s}
	o.api = &api.API{Roster: &roster.Roster{File: file, Records: s}, Events: s, Now: func() time.Time { return o.now },
		Log: slog.New(slog.DiscardHandler), Tell: tellProblem}
	o.api.Open()
	o.keepPast()
	return o
}

// keepPast keeps what has begun, as the program does at its start and every minute.
func (o *office) keepPast() []oncall.Contradiction {
	o.t.Helper()
	mends, err := o.api.Roster.KeepPast(o.t.Context(), o.now)
	if err != nil {
		o.t.Fatal(err)
	}
	return mends
}

// keepElapsed does all that the program does at its start and every minute.
func (o *office) keepElapsed() roster.Dropped {
	o.t.Helper()
	o.keepPast()
	if err := o.api.Roster.FinishEvents(o.t.Context(), o.store, o.now); err != nil {
		o.t.Fatal(err)
	}
	view, err := o.api.Roster.View(o.t.Context(), o.now)
	if err != nil {
		o.t.Fatal(err)
	}
	dropped, err := o.api.Roster.DropOld(o.t.Context(), o.store, view)
	if err != nil {
		o.t.Fatal(err)
	}
	return dropped
}

// runFor runs on for some hours, and returns what was dropped.
func (o *office) runFor(d time.Duration) (all roster.Dropped) {
	o.t.Helper()
	for end := o.now.Add(d); !o.now.After(end); o.now = o.now.Add(time.Hour) {
		dropped := o.keepElapsed()
		all.Events, all.Statements = all.Events+dropped.Events, all.Statements+dropped.Statements
	}
	return all
}

func tellProblem(w http.ResponseWriter, _ *http.Request, p *problem.Problem) {
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(map[string]string{"code": string(p.Code), "message": p.Message, "hint": p.Hint})
}

// given is what was answered.
type given struct {
	status int
	header http.Header
	body   string
}

// ask asks as somebody: body is nil for none.
func (o *office) ask(as, method, path string, body any) given {
	o.t.Helper()
	return o.askAs(visitorNamed(as), method, path, body)
}

func (o *office) askAs(as rules.Visitor, method, path string, body any, headers ...string) given {
	o.t.Helper()
	var sent bytes.Buffer
	if text, isText := body.(string); isText {
		sent.WriteString(text)
	} else if body != nil {
		if err := json.NewEncoder(&sent).Encode(body); err != nil {
			o.t.Fatal(err)
		}
	}
	r := httptest.NewRequestWithContext(o.t.Context(), method, "http://jerem.test"+api.Prefix+path, &sent)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	o.api.ServeVisitor(w, r, as)
	return given{w.Code, w.Header(), w.Body.String()}
}

// want holds an answer to a status and reads it.
func (o *office) want(status int, g given, into any) {
	o.t.Helper()
	if g.status != status {
		o.t.Fatalf("%d, want %d: %s", g.status, status, g.body)
	}
	if into != nil {
		if err := json.Unmarshal([]byte(g.body), into); err != nil {
			o.t.Fatalf("%v in %s", err, g.body)
		}
	}
}

// fields is an object of JSON.
type fields = map[string]any

// weeklyFile is a weekly rota of Kubernetes in Paris, from Monday 5 January 2026 at 09:00 on, of some people whose
// logins are their handles.
func weeklyFile(t testing.TB, people ...string) plan.File {
	paris := civiltest.ZoneNamed(t, "Europe/Paris")
	f := plan.File{Logins: map[string]string{}, Zone: paris, Rest: 11 * time.Hour,
		Notice: civil.Period{Number: 15, Unit: civil.Days},
		Teams:  []plan.Team{{Name: "Kubernetes", Zone: paris}, {Name: "Metal", Zone: paris}},
		Rotas:  []oncall.Rota{{Name: "k8s", Versions: []oncall.Version{oncalltest.Weekly(t, people...)}}}}
	for _, handle := range people {
		f.People = append(f.People, oncalltest.Parisian(t, handle))
		f.Logins[handle] = handle
	}
	return f
}

// faulty are records that keep nothing.
type faulty struct {
	roster.Records
	why error
}

func (f faulty) Update(context.Context, func(roster.State) (roster.Writes, error)) error {
	return f.why
}
