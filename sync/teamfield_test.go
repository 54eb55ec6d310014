package sync

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/jira/document"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// withTeamField has a played Jira tell a Team field besides: the first story is Platform's from the beginning, the
// second one became so in the midst of the sprint, all others are Network's. Jira renamed Platform since.
func withTeamField(t *testing.T, r *rig) (ids map[string]any) {
	t.Helper()
	ids = map[string]any{}
	site := synctest.StorySite(t, synctest.SmallTeam)
	r.sim = jirasim.NewServer(site, jirasim.Options{Email: synctest.Email, Token: synctest.Token})
	name := func(key string) string {
		if key == "K8S-101" || key == "K8S-102" {
			return `{"id":"1a-2b","name":"Platform","avatarUrl":"https://x/a.b","isVerified":true}`
		}
		return `{"id":"9c","name":"Network"}`
	}
	r.reader.Jira = synctest.NewClient(t, synctest.ServeChanged(t, r.sim,
		func(req *http.Request, question []byte, a *synctest.Answer) {
			switch {
			case strings.HasSuffix(req.URL.Path, "/field"):
				list := strings.TrimSuffix(strings.TrimSpace(string(a.Body)), "]")
				a.Body = []byte(list + `,{"id":"customfield_900","name":"Team","custom":true,` +
					`"schema":{"type":"team",` +
					`"custom":"com.atlassian.jira.plugin.system.customfieldtypes:atlassian-team"}}]`)
			case strings.HasSuffix(req.URL.Path, "/issue/bulkfetch"):
				if !strings.Contains(string(question), "customfield_900") {
					return
				}
				a.Edit(t, func(body map[string]any) {
					for _, one := range body["issues"].([]any) {
						issue := one.(map[string]any)
						ids[fmt.Sprint(issue["key"])] = issue["id"]
						issue["fields"].(map[string]any)["customfield_900"] = rawJSON(t, name(fmt.Sprint(issue["key"])))
					}
				})
			case strings.HasSuffix(req.URL.Path, "/changelog/bulkfetch"):
				a.Edit(t, func(body map[string]any) { changeTeam(t, ids["K8S-102"], body) })
			}
		}))
	return ids
}

// changeTeam adds to the history of the second story that another team had it, and the former name of this one.
func changeTeam(t *testing.T, id any, body map[string]any) {
	t.Helper()
	for _, one := range body["issueChangeLogs"].([]any) {
		log := one.(map[string]any)
		if fmt.Sprint(log["issueId"]) != fmt.Sprint(id) {
			continue
		}
		log["changeHistories"] = append(log["changeHistories"].([]any),
			rawJSON(t, `{"id":"90001","created":1791367200000,`+
				`"items":[{"field":"Team","fieldtype":"custom","fieldId":"customfield_900","from":"9c",`+
				`"fromString":"Network",`+
				`"to":"1a-2b","toString":"Plattform"}]}`))
	}
}

// TestTeamField: a team by the Team field has the issues that have its value, while they have it: one that got it in
// the midst of a sprint was added then, which no filter could tell. It is found by its present name and by its id.
func TestTeamField(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	for works, want := range map[string]string{
		"":         "8 + 0 ",
		"Platform": "5 + 3 ",
		"platform": "5 + 3 ",
		"1a-2b":    "5 + 3 ",
		"Network":  "3 + 0 - 3 ",
		"Nobody":   "0 + 0 ",
	} {
		t.Run(works, func(t *testing.T) {
			t.Parallel()
			conf := synctest.Team("K8S", 0)
			conf.Works = works
			r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), conf)
			ids := withTeamField(t, r)
			got := synctest.SprintFigures(t, r.collect(t, conf), 21, 1)
			if !strings.HasPrefix(got, want) {
				t.Errorf("%s, want %s…", got, want)
			}
			if (len(ids) > 0) != (works != "") {
				t.Errorf("the field is asked for: %v", ids)
			}
		})
	}
}

// rawJSON reads a value that a test wrote.
func rawJSON(t *testing.T, text string) (value any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// TestTeamFieldMissing: a site without such a field says so, instead of a team without work.
func TestTeamFieldMissing(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	conf.Works = "Platform"
	r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), conf)
	r.collect(t, conf)
	found := false
	for _, g := range gapsOf(t, r, conf) {
		found = found || g.Source == agile.SourceFields && g.Code == agile.GapLeftOut && g.Subject.Name() == "Team"
	}
	if !found {
		t.Errorf("it is not told: %+v", gapsOf(t, r, conf))
	}
}

// TestTeamFieldIsNoChange: what is kept of a site is not read again for a Team field that no team is configured by, nor
// when none is any more.
func TestTeamFieldIsNoChange(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	conf.Works = "Platform"
	r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), conf)
	withTeamField(t, r)
	fields, err := r.reader.Jira.Fields(t.Context())
	if err != nil || strings.Contains(fields.Signature(), string(document.KindTeam)) {
		t.Fatalf("%s: %v", fields.Signature(), err)
	}
	with := fields.WithTeam().Signature()
	if !strings.Contains(with, "customfield_900:team") {
		t.Errorf("it is not read: %s", with)
	}
	if kept, lost := fields.Keep(with, nil); len(lost) > 0 || kept.Signature() != fields.Signature() {
		t.Errorf("a field that nobody needs passes for lost: %v", lost)
	}
}
