package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	jirasim "jerem/sim/jira"
)

// damageTrials is how many damaged copies of a store are tried.
const damageTrials = 60

// TestDamagedStoreTrial: bytes of a store are changed at random. Every command then either answers as with the sound
// file, or ends in failure and names the file and the remedy; a rebuild that succeeds leaves a store that gives the
// sound one's export.
func TestDamagedStoreTrial(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	path := filepath.Join(filepath.Dir(config), "jerem.db")
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, command := range []string{"export", "status"} {
		out, errs, code := call(t, nil, "-c", config, command)
		if code != 0 || out == "" {
			t.Fatalf("%s of the sound store: code %d: %s", command, code, errs)
		}
		want[command] = out
	}
	random := rand.New(rand.NewPCG(11, 12))
	ends := map[string]int{}
	trials := damageTrials
	if testing.Short() {
		trials = 10
	}
	for trial := range trials {
		damaged, what := damageAtRandom(sound, random)
		for _, commands := range [][]string{{"export"}, {"status"}, {"rebuild", "rebuild", "export", "status"}} {
			restoreFile(t, path, damaged)
			rebuilt := false
			for _, command := range commands {
				out, errs, code := call(t, nil, "-c", config, command)
				ends[fmt.Sprintf("%s %d", command, code)]++
				place := fmt.Sprintf("trial %d (%s): %s", trial, what, strings.Join(commands, ", "))
				switch {
				case code != 0 && rebuilt:
					t.Errorf("%s: rebuild succeeded, then %s ends with %d: %s", place, command, code, errs)
				case code != 0 && !namesStoreAndRemedy(errs, path):
					t.Errorf("%s: %s ends with %d and tells neither the file nor the remedy: %s", place, command, code,
						errs)
				case code == 0 && want[command] != "" && out != want[command]:
					t.Errorf("%s: %s answers another text than of the sound store, and ends well", place, command)
				}
				rebuilt = rebuilt || command == "rebuild" && code == 0
			}
		}
	}
	t.Log(ends)
}

// damageAtRandom damages one page as disks and other programs do, and tells how: bytes of it change, it is blank, it
// holds what belongs to another page, or the file ends before it.
func damageAtRandom(sound []byte, random *rand.Rand) (damaged []byte, what string) {
	const page = 4096
	damaged = append([]byte(nil), sound...)
	pages := len(sound) / page
	start := random.IntN(pages) * page
	switch random.IntN(10) {
	case 0:
		clear(damaged[start : start+page])
		return damaged, fmt.Sprintf("page %d is blank", start/page+1)
	case 1:
		from := random.IntN(pages) * page
		copy(damaged[start:start+page], sound[from:])
		return damaged, fmt.Sprintf("page %d holds page %d", start/page+1, from/page+1)
	case 2:
		return damaged[:start], fmt.Sprintf("the file ends before page %d", start/page+1)
	}
	at := start + random.IntN(page)
	n := min(1<<random.IntN(8), start+page-at)
	for i := range n {
		damaged[at+i] = byte(random.IntN(256))
	}
	return damaged, fmt.Sprintf("%d bytes of page %d from %d", n, start/page+1, at-start)
}

// restoreFile puts a store in place, with nothing of a former one beside it.
func restoreFile(t *testing.T, path string, content []byte) {
	t.Helper()
	beside, err := filepath.Glob(path + "?*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range beside {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// namesStoreAndRemedy tells whether a message says which file is in trouble and what to do.
func namesStoreAndRemedy(message, path string) bool {
	if strings.Contains(message, "was not read yet (Run jerem collect") { // an empty store took the place of a lost one
		return true
	}
	if !strings.Contains(message, path) {
		return false
	}
	for _, remedy := range []string{"jerem collect", "Set another store.path", "Run the newer version"} {
		if strings.Contains(message, remedy) {
			return true
		}
	}
	return false
}
