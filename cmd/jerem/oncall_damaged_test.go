package main

import (
	"database/sql"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	"jerem/store/db/postgres/pgtest"
	"jerem/testrun"
)

// damagedCompany is a file with a team that was read and a rota.
func damagedCompany(t *testing.T, place string) string {
	t.Helper()
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nprojects: [{name: K8S, label: Kubernetes}]\nstore: {"+place+"}\n"+
		"access: {open: true}\nrunner: {period: 1h}\nserver: {listen: '127.0.0.1:0'}\n"+
		`oncall:
  people: [{handle: ada, zone: Europe/Paris}, {handle: ben}]
  rotas: [{name: k8s, team: Kubernetes, zone: Europe/Paris, versions: [{from: 2026-01-05, handover: "09:00", every: 1w,
      people: [ada, ben], coverage: always}]}]
`)
	if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	return config
}

// remedyTold is what a file that cannot be read is told to need.
var remedyTold = regexp.MustCompile(`[Pp]ut (it )?back (from a backup|what stood there)`)

// checkServedWithoutOnCall checks that a served program shows teams while on-call cannot be read, and says where that
// is kept; then that on-call is back once mend has mended it. It returns what was logged.
func checkServedWithoutOnCall(t *testing.T, config, place string, mend func()) string {
	t.Helper()
	address, stop := served(t, config)
	for _, path := range []string{"/", "/teams/Kubernetes", "/api/v1/teams", "/metrics"} {
		if status, body := statusOf(t, address+path); status != http.StatusOK {
			t.Errorf("%s answers %d: %.300s", path, status, body)
		}
	}
	for _, path := range []string{"/oncall", "/oncall/k8s", "/api/v1/oncall/now", "/api/v1/oncall/warnings"} {
		status, body := statusOf(t, address+path)
		if status != http.StatusServiceUnavailable || !strings.Contains(body, place) ||
			!remedyTold.MatchString(body) {
			t.Errorf("%s answers %d: %.300s", path, status, body)
		}
	}
	const lack = "what on-call keeps cannot be read or written, in "
	if status, body := statusOf(t, address+"/readyz"); status != http.StatusOK || !strings.Contains(body, lack+place) {
		t.Errorf("/readyz answers %d: %s", status, body)
	}
	if _, body := statusOf(t, address+"/teams/Kubernetes"); !strings.Contains(body, lack+place) {
		t.Error("the page of the team does not tell the trouble")
	}
	if _, body := statusOf(t, address+"/metrics"); !strings.Contains(body, `jerem_trouble{part="oncall",team=""} 1`) {
		t.Error("/metrics does not tell the trouble")
	}
	mend()
	for _, path := range []string{"/oncall", "/api/v1/oncall/now"} {
		if status, body := statusOf(t, address+path); status != http.StatusOK {
			t.Errorf("%s answers %d after it is back: %.300s", path, status, body)
		}
	}
	return stop()
}

func statusOf(t *testing.T, address string) (int, string) {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// endLog brings what stands in the log beside a file into the file, whatever the last connection left there.
func endLog(t *testing.T, file string) {
	t.Helper()
	pool, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
}

// TestServeStartsWithoutOnCall: where the file of on-call is damaged, cut, another program's or a folder, the program
// serves all the same; nothing of the file is changed, and once a good one stands there on-call goes on.
func TestServeStartsWithoutOnCall(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	config := damagedCompany(t, "path: STORE")
	file := filepath.Join(filepath.Dir(config), "jerem.oncall.db")
	_, stop := served(t, config)
	stop()
	endLog(t, file)
	sound, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	inTheMiddle := append([]byte(nil), sound...)
	for i := 4096; i < len(inTheMiddle); i++ {
		inTheMiddle[i] = byte(i * 7)
	}
	for kind, content := range map[string][]byte{"damaged in the middle": inTheMiddle, "cut": sound[:5000],
		"text": []byte(strings.Repeat("no database ", 1000)), "a folder": nil} {
		if err := os.RemoveAll(file); err != nil {
			t.Fatal(err)
		}
		if content == nil {
			err = os.MkdirAll(filepath.Join(file, "inner"), 0o700)
		} else {
			err = os.WriteFile(file, content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		log := ""
		t.Run(kind, func(t *testing.T) {
			log = checkServedWithoutOnCall(t, config, "jerem.oncall.db", func() {
				if now, err := os.ReadFile(file); content != nil && (err != nil || string(now) != string(content)) {
					t.Errorf("the file was changed (%v)", err)
				}
				if err := os.RemoveAll(file); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, sound, 0o600); err != nil {
					t.Fatal(err)
				}
			})
		})
		if !strings.Contains(log, file) {
			t.Errorf("%s: the log does not name the file: %s", kind, log)
		}
	}
}

// TestServeStartsWithoutOnCallSchema: the same where the schema of on-call in PostgreSQL cannot be read.
func TestServeStartsWithoutOnCallSchema(t *testing.T) {
	t.Parallel()
	address := pgtest.Database(t)
	config := damagedCompany(t, "url: '"+address+"'")
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	change := func(statement string) {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	change(`CREATE SCHEMA jerem_oncall; CREATE TABLE jerem_oncall.migration (version TEXT)`)
	log := checkServedWithoutOnCall(t, config, "the schema jerem_oncall", func() {
		change(`DROP SCHEMA jerem_oncall CASCADE`)
	})
	if !strings.Contains(log, "the schema jerem_oncall") {
		t.Errorf("the log does not name the schema: %s", log)
	}
}
