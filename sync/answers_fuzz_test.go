package sync

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/measure"
	"jerem/problem"
	jirasim "jerem/sim/jira"
	"jerem/store"
	"jerem/sync/synctest"
)

// answerRounds is how many rounds of changed answers are tried: JEREM_ANSWERS says how many.
func answerRounds(t *testing.T) int {
	t.Helper()
	if n, err := strconv.Atoi(os.Getenv("JEREM_ANSWERS")); err == nil {
		return n
	}
	return 30
}

// meddler changes answers at random: their types, order, losses, duplicates, numbers, ends. It leaves alone what no
// reader could tell from the truth: a value of the right kind in the place of another.
type meddler struct {
	random *rand.Rand
	path   string // the end of the paths whose answers are changed, "" for any
	share  int    // one of how many answers is changed
	done   []string
}

// meddled are the questions whose answers are changed, the empty one stands for all.
var meddled = map[jirasim.Dialect][]string{
	"": {
		"",
		"/field",
		"/status",
		"/issuetype",
		"/board",
		"/configuration",
		"/sprint",
		"/search/jql",
		"/issue/bulkfetch",
		"/issue/bulkfetch",
		"/changelog/bulkfetch",
		"/changelog/bulkfetch",
		"/worklog/updated",
		"/worklog/list",
		"/worklog/deleted",
		"/myself",
		"/serverInfo",
		"/project/K8S",
	},
	jirasim.DataCenter: {
		"",
		"/field",
		"/status",
		"/issuetype",
		"/board",
		"/configuration",
		"/sprint",
		"/search",
		"/search",
		"/search",
		"/worklog/updated",
		"/worklog/list",
		"/worklog/deleted",
		"/myself",
		"/serverInfo",
		"/project/K8S",
	},
}

func newMeddler(seed uint64) *meddler {
	random := rand.New(rand.NewPCG(seed, 7))
	paths := meddled[dialectOf(seed)]
	return &meddler{random: random, path: paths[random.IntN(len(paths))], share: 1 + random.IntN(6)}
}

// dialectOf chooses which Jira is played.
func dialectOf(seed uint64) jirasim.Dialect {
	if seed%2 == 1 {
		return jirasim.DataCenter
	}
	return ""
}

// change changes an answer, or leaves it.
func (m *meddler) change(req *http.Request, a *synctest.Answer) {
	if !strings.HasSuffix(req.URL.Path, m.path) || a.Status != http.StatusOK ||
		len(m.done) > 0 && m.random.IntN(m.share) > 0 {
		return
	}
	did := ""
	switch m.random.IntN(8) {
	case 0:
		cut := m.random.IntN(len(a.Body))
		a.Body, did = a.Body[:cut], fmt.Sprintf("cut at %d", cut)
	case 1:
		a.Status = []int{400, 401, 403, 404, 405, 410, 413, 422, 429, 500, 502, 503, 504}[m.random.IntN(13)]
		a.Body, did = []byte(
			[]string{"", "{}", "<html>", `{"errorMessages":["no"]}`}[m.random.IntN(4)],
		), fmt.Sprintf(
			"status %d",
			a.Status,
		)
	default:
		decoder := json.NewDecoder(bytes.NewReader(a.Body))
		decoder.UseNumber()
		var tree any
		if decoder.Decode(&tree) != nil {
			return
		}
		for range 1 + m.random.IntN(3) {
			tree, did = m.node(tree, "", 0)
			m.done = append(m.done, req.URL.Path+" "+did)
		}
		a.Body, _ = json.Marshal(tree)
		return
	}
	m.done = append(m.done, req.URL.Path+" "+did)
}

// node changes something in or under a node.
func (m *meddler) node(x any, path string, depth int) (any, string) {
	stop := m.random.IntN(5) == 0
	switch v := x.(type) {
	case map[string]any:
		if len(v) == 0 || stop && depth > 1 {
			return m.replace(x, path)
		}
		keys := slices.Sorted(maps.Keys(v))
		key := keys[m.random.IntN(len(keys))]
		if m.random.IntN(8) == 0 && !m.plausible(path, key) {
			delete(v, key)
			return v, path + "." + key + " deleted"
		}
		var did string
		v[key], did = m.node(v[key], path+"."+key, depth+1)
		return v, did
	case []any:
		if len(v) == 0 || stop {
			return m.list(v, path)
		}
		n := m.random.IntN(len(v))
		var did string
		v[n], did = m.node(v[n], path+"[]", depth+1)
		return v, did
	}
	return m.replace(x, path)
}

// list loses, doubles or shuffles parts of a list.
func (m *meddler) list(v []any, path string) (any, string) {
	if m.value(path) { // labels, sprints, components of an issue: fewer are as good as all
		return map[string]any{"odd": 1}, path + " an object"
	}
	switch m.random.IntN(4) {
	case 0:
		return slices.DeleteFunc(v, func(any) bool { return m.random.IntN(2) == 0 }), path + " loses some"
	case 1:
		return []any{}, path + " empty"
	case 2:
		return append(v, v...), path + " doubled"
	}
	m.random.Shuffle(len(v), func(i, j int) { v[i], v[j] = v[j], v[i] })
	return v, path + " shuffled"
}

// value tells whether a node is part of a value of an issue or of what a change says.
func (m *meddler) value(path string) bool {
	return strings.Contains(path, ".fields") || strings.Contains(path, ".items")
}

// plausible says whether the loss of a key is as good an answer as the truth.
func (m *meddler) plausible(path, key string) bool {
	return m.value(path) ||
		slices.Contains(
			[]string{
				"isLast",
				"nextPageToken",
				"lastPage",
				"goal",
				"completeDate",
				"activatedDate",
				"endDate",
				"startDate",
				"originBoardId",
				"estimation",
				"field",
				"statusCategory",
				"hierarchyLevel",
				"subtask",
				"untranslatedName",
				"timeZone",
				"schema",
				"custom",
				"total",
				"created",
			},
			key,
		)
}

// replace puts something of another kind in the place of a node.
func (m *meddler) replace(x any, path string) (any, string) {
	others := []any{
		map[string]any{"odd": json.Number("1")},
		[]any{[]any{}},
		json.Number("1e400"),
		json.Number("-9223372036854775809"),
		true,
	}
	if _, isNumber := x.(json.Number); !isNumber {
		others = append(others, json.Number("99999999999999999999"))
	}
	if !m.value(path) {
		others = append(others, nil, strings.Repeat("x", 70000))
	}
	other := others[m.random.IntN(len(others))]
	return other, fmt.Sprintf("%s becomes %.40s", path, fmt.Sprint(other))
}

// answersRig is a bot before the demo, or the living story, whose answers a meddler may change.
func answersRig(t *testing.T, seed uint64, conf agile.Team) (*rig, func(*meddler)) {
	t.Helper()
	story := string(jirasim.DemoScenario())
	r := newRig(t, synctest.DemoSite(t), conf)
	var m *meddler
	options := jirasim.Options{Dialect: dialectOf(seed)}
	r.between(t, story, options, func(req *http.Request, _ []byte, a *synctest.Answer) {
		if m != nil {
			m.change(req, a)
		}
	})
	return r, func(next *meddler) { m = next }
}

// lacks says whether what is known of a team tells that something is lacking, or is not there.
func lacks(t *testing.T, r *rig, conf agile.Team) bool {
	t.Helper()
	state, err := r.reader.Store.Teams.State(t.Context(), conf.Name)
	if problem.Is(err, store.NotRead) {
		return true
	}
	if err != nil {
		t.Fatal(err)
	}
	return state.Why != "" || len(gapsOf(t, r, conf)) > 0
}

// TestAnswersChanged: whatever is changed in the answers of a Jira that was read well before, a reading ends, and
// figures are what they were, or it is told that something is lacking; and a reading of everything that is answered
// well mends all.
func TestAnswersChanged(t *testing.T) {
	if testing.Short() {
		t.Skip("it changes answers at random")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	for seed := range uint64(answerRounds(t)) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			meddleOnce(t, seed, conf)
		})
	}
}

func meddleOnce(t *testing.T, seed uint64, conf agile.Team) {
	r, set := answersRig(t, seed, conf)
	r.reader.Jira = impatient(t, r)
	var want string
	if first := seed%3 == 2; !first { // else the first reading is the changed one
		want = told(t, r.collect(t, conf))
	}
	m := newMeddler(seed)
	set(m)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, failed := r.reader.Collect(ctx, true)
	runtime.ReadMemStats(&after)
	if ctx.Err() != nil {
		t.Fatalf("it does not end: %v", m.done)
	}
	if n := after.HeapAlloc; n > before.HeapAlloc+512<<20 {
		t.Errorf("%d MB are held: %v", n>>20, m.done)
	}
	if want != "" {
		if got := figuresOf(t, r, conf); got != want && !lacks(t, r, conf) {
			t.Errorf(
				"figures are others and nothing is told (%v): %s\n%s",
				failed,
				brief(synctest.FirstDifference(got, want)),
				strings.Join(m.done, "\n"),
			)
		}
	}
	set(nil)
	for range 2 {
		_, _ = r.reader.Collect(t.Context(), true)
	}
	whole, _ := answersRig(t, seed, conf)
	if want := told(t, whole.collect(t, conf)); figuresOf(t, r, conf) != want && !lacks(t, r, conf) {
		t.Errorf(
			"it is not mended by good answers: %s\n%s",
			brief(synctest.FirstDifference(figuresOf(t, r, conf), want)),
			strings.Join(m.done, "\n"),
		)
	}
}

// impatient is a client that asks a second time at once, and no third time.
func impatient(t *testing.T, r *rig) *jira.Client {
	t.Helper()
	client, err := jira.New(
		jira.Config{
			URL:      r.address,
			Username: "bot@example.org",
			Password: "token",
			Rate:     1e6,
			Tries:    2,
			Pause:    time.Microsecond,
			Patient:  time.Second,
		},
	)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// figuresOf writes what is known of a team, nothing where it was not read.
func figuresOf(t *testing.T, r *rig, conf agile.Team) string {
	t.Helper()
	h, err := r.reader.Store.Teams.History(t.Context(), conf)
	if err != nil {
		return ""
	}
	return told(t, measure.Of(h))
}

// brief cuts a text to what a person reads.
func brief(text string) string { return fmt.Sprintf("%.600s", text) }
