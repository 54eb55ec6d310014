package jerem_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jerem/config"
)

// TestUnitFile: systemd takes the unit file as it is, and misses nothing in it.
func TestUnitFile(t *testing.T) {
	verify, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not here: install systemd to have the unit file verified")
	}
	text, err := os.ReadFile("deploy/jerem.service")
	if err != nil {
		t.Fatal(err)
	}
	// the program is not installed where the unit expects it, so a file that stands there takes its place
	unit := filepath.Join(t.TempDir(), "jerem.service")
	stands := strings.Replace(string(text), "/usr/local/bin/jerem", "/bin/true", 1)
	if err := os.WriteFile(unit, []byte(stands), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(verify, "verify", "--man=no", unit).CombinedOutput()
	var ours []string
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "jerem.service") {
			ours = append(ours, line)
		}
	}
	if err != nil && len(ours) == 0 {
		t.Skipf("systemd-analyze cannot verify here: %v\n%s", err, out)
	}
	if len(ours) > 0 {
		t.Errorf("systemd says:\n%s", strings.Join(ours, ""))
	}
}

// TestManifestConfiguration: the configuration of the manifest is one, with the variables that the image and the
// manifest set.
func TestManifestConfiguration(t *testing.T) {
	text, err := os.ReadFile("deploy/kubernetes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "  config.yml: |\n")
	block, _, _ := strings.Cut(after, "---\n")
	variables := map[string]string{"JEREM_STORE_PATH": "", "JEREM_ACCESS_OPEN": "false",
		"JEREM_SERVER_LISTEN": "0.0.0.0:8080",
		"JEREM_STORE_URL":     "postgres://jerem:word@postgresql.example.svc:5432/jerem?sslmode=require",
		"JIRA_API_TOKEN":      "a token"}
	for name, value := range variables {
		stands := strings.Contains(string(text), name) || name == "JEREM_SERVER_LISTEN" // which the image sets
		if !stands || strings.HasPrefix(name, "JEREM_ACCESS") && !strings.Contains(string(text), `value: "`+value+`"`) {
			t.Errorf("the manifest does not set %s", name)
		}
	}
	conf, err := config.Load("config.yml", []byte(strings.ReplaceAll(block, "\n    ", "\n")[4:]),
		func(name string) string { return variables[name] })
	if err != nil {
		t.Fatal(err)
	}
	if conf.Access.Mode != config.AccessProxy || conf.Access.Open || !conf.Store.URL.IsSet() {
		t.Errorf("access is %s, open %v", conf.Access.Mode, conf.Access.Open)
	}
}

// TestImageFolders: the user of the image may write where the program writes: its store, and the folder for temporary
// files, in which the demo runs and a store is read that may not be written.
func TestImageFolders(t *testing.T) {
	text, err := os.ReadFile("Containerfile")
	if err != nil {
		t.Fatal(err)
	}
	_, image, _ := strings.Cut(string(text), "\nFROM scratch\n")
	_, user, _ := strings.Cut(image, "\nUSER ")
	user, _, _ = strings.Cut(user, "\n")
	for _, folder := range []string{"data", "tmp"} {
		if line := "COPY --from=build --chown=" + user + " /out/" + folder + " /" + folder + "\n"; user == "" ||
			!strings.Contains(image, line) {
			t.Errorf("the image has no folder /%s of user %q", folder, user)
		}
	}
}

// TestSecretsStayOut: what the compose file wants beside it comes neither into an image nor into a commit.
func TestSecretsStayOut(t *testing.T) {
	for _, list := range []string{".gitignore", ".containerignore", ".dockerignore"} {
		text, err := os.ReadFile(list)
		if err != nil {
			t.Fatal(err)
		}
		ignored := strings.Fields(string(text))
		for _, file := range []string{"config.yml", "deploy/config.yml", "deploy/secrets.env"} {
			if !slices.Contains(ignored, file) && !slices.Contains(ignored, "/"+file) {
				t.Errorf("%s leaves %s in", list, file)
			}
		}
	}
}
