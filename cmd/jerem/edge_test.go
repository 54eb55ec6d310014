package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"jerem/cmd/jerem/serving"
	"jerem/cmd/jerem/terminal"
	jirasim "jerem/sim/jira"
	"jerem/store/places"
	"jerem/testrun"
)

// TestPrintable: no text out of Jira steers a terminal, turns the direction of writing or begins a line of its own.
func TestPrintable(t *testing.T) {
	for _, hostile := range []string{"\x1b[2J", "a\nb", "a\r\nb", "\x07", "\u202etxt", "\u2066x\u2069", "\x9b31m",
		"a\u2028b", "\x00", "\x7f", "\u200f"} {
		text := "board " + hostile + " end"
		clean := terminal.Printable(text)
		if strings.ContainsFunc(clean, func(r rune) bool {
			return r != unicode.ReplacementChar &&
				!unicode.IsPrint(r)
		}) {
			t.Errorf("%q: %q", text, clean)
		}
		err := errors.Join(errors.New(text), errors.New("second"))
		if got := terminal.ErrorText(err); got != clean+"\nsecond" {
			t.Errorf("an error: %q", got)
		}
	}
	if text := "Größe 日本 – “x”"; terminal.Printable(text) != text {
		t.Errorf("%q became %q", text, terminal.Printable(text))
	}
}

// TestStopped: a command that is told to end before it is done fails and says so; one that runs until it is told to end
// ended well.
func TestStopped(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	const begins, goesOn = "(nothing was kept; the same command begins anew)", "the same command goes on from there)"
	for command, told := range map[string]string{"collect": goesOn, "check": begins, "status": begins,
		"export": begins, "rebuild": goesOn, "serve": ""} {
		want := exitFailed
		if told == "" {
			want = 0
		}
		if !slices.Contains([]string{"collect", "check", "serve"}, command) { // works on what is there
			if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
				t.Fatal(errs)
			}
		}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		var out, errs bytes.Buffer
		err := run(ctx, []string{"-c", config,
			command}, func(string) string { return "" }, strings.NewReader(""), &out, &errs)
		isTold := want == 0 ||
			strings.HasPrefix(err.Error(), "stopped before it was done (") && strings.HasSuffix(err.Error(), told)
		if exitCode(err) != want || !isTold {
			t.Errorf("%s: code %d: %v", command, exitCode(err), err)
		}
	}
}

// keptCommands work on what is kept: without a store they fail.
var keptCommands = []string{"rebuild", "export", "publish"}

// TestNoStore: a command that works on what is kept fails where nothing is, makes no file, and takes an empty one for
// none.
func TestNoStore(t *testing.T) {
	config := demoFile(t, "http://127.0.0.1:1")
	path := filepath.Join(filepath.Dir(config), "jerem.db")
	for _, command := range keptCommands {
		if _, errs, code := call(t, nil, "-c", config, command); code != exitFailed ||
			!strings.Contains(errs, "there is no such file") {
			t.Errorf("%s: code %d: %s", command, code, errs)
		}
		if files, _ := filepath.Glob(path + "*"); len(files) > 0 {
			t.Errorf("%s made %v", command, files)
		}
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range keptCommands {
		if _, errs, code := call(t, nil, "-c", config, command); code != exitFailed ||
			!strings.Contains(errs, "holds nothing yet") {
			t.Errorf("%s on an empty file: code %d: %s", command, code, errs)
		}
	}
}

// TestNothingLeftToWorkOn: a command that does not read Jira fails when the store had to be moved aside: nothing of
// what it was asked for was done.
func TestNothingLeftToWorkOn(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	read := demoFile(t, jira)
	if _, errs, code := call(t, nil, "-c", read, "collect"); code != 0 {
		t.Fatal(errs)
	}
	whole, err := os.ReadFile(filepath.Join(filepath.Dir(read), "jerem.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range keptCommands {
		config := demoFile(t, jira)
		if err := os.WriteFile(filepath.Join(filepath.Dir(config), "jerem.db"), whole[:30_000], 0o600); err != nil {
			t.Fatal(err)
		}
		out, errs, code := call(t, nil, "-c", config, command)
		if code != exitFailed || out != "" || !strings.Contains(errs, "damaged") ||
			!strings.Contains(errs, "jerem collect") {
			t.Errorf("%s: code %d: %s%s", command, code, out, errs)
		}
	}
}

// TestCheckStore: what collect would refuse is told by check, with the remedy; what it would take is left as it is.
func TestCheckStore(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	letter := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(letter, bytes.Repeat([]byte("Dear reader, "), 500), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{letter: "is no store of jerem", t.TempDir(): "is a directory",
		os.DevNull: "is no regular file", "/nowhere/jerem.db": "cannot be created"} {
		config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
			"}\nprojects: [{name: K8S}]\nstore: {path: '"+path+"'}\n")
		out, errs, code := call(t, nil, "-c", config, "check", "--json")
		f := findings(t, out)["configuration store"]
		if code != exitFailed || f.OK || !strings.Contains(f.Found, want) || !strings.Contains(f.Hint, "store.path") {
			t.Errorf("%s: code %d: %+v %s", path, code, f, errs)
		}
	}
	config := demoFile(t, jira)
	for _, want := range []string{"will be made", "can be read and written"} {
		out, _, _ := call(t, nil, "-c", config, "check", "--json")
		if f := findings(t, out)["configuration store"]; !f.OK || !strings.Contains(f.Found, want) {
			t.Errorf("%+v, want %s", f, want)
		}
		if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
			t.Fatal(errs)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(config), ".jerem*")); len(left) > 0 {
		t.Errorf("check left %v", left)
	}
}

// TestUnknownVariables: a variable that looks like ours and is none is told, with what was likely meant.
func TestUnknownVariables(t *testing.T) {
	config := demoFile(t, "http://127.0.0.1:1")
	for name, want := range map[string]string{
		"JEREM_JIRA_PASWORD": "did you mean JEREM_JIRA_PASSWORD?", "JEREM_PROJECTS": "not used",
		"JEREM_JIRA_PASSWORD": "", "HOME": "",
	} {
		var errs bytes.Buffer
		_ = runNamed(t.Context(), []string{"-c", config,
			"export"}, func(string) string { return "" }, []string{name}, strings.NewReader(""), &bytes.Buffer{}, &errs)
		if told := strings.Contains(errs.String(), name); told != (want != "") ||
			!strings.Contains(errs.String(), want) {
			t.Errorf("%s: %s", name, errs.String())
		}
	}
}

// TestMistypedConfig: a file that is named and not there is named again, and no other advice given.
func TestMistypedConfig(t *testing.T) {
	for _, env := range []map[string]string{nil, {"JEREM_CONFIG": "confg.yml"}} {
		args := []string{"check"}
		if env == nil {
			args = []string{"--config", "confg.yml", "check"}
		}
		out, errs, code := call(t, env, args...)
		if code != exitUsage || out != "" || !strings.Contains(errs, "confg.yml: there is no such file") {
			t.Errorf("%v: code %d: %s%s", args, code, out, errs)
		}
	}
}

// TestCommandWords: help, version and completion are commands; a mistyped command is told what was likely meant.
func TestCommandWords(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"colect"}, exitUsage, "did you mean jerem collect?"},
		{[]string{"exprot", "--from", "2026-01-01"}, exitUsage, "did you mean jerem export?"},
		{[]string{"help"}, 0, "rebuild"},
		{[]string{"help", "export"}, 0, "--class"},
		{[]string{"version"}, 0, "jerem "},
		{[]string{"completion", "bash"}, 0, "complete -F _jerem jerem"},
		{[]string{"completion", "zsh"}, 0, "#compdef jerem"},
		{[]string{"completion", "fish"}, 0, "complete -c jerem"},
		{[]string{"completion", "tcsh"}, exitUsage, "bash"},
	} {
		out, errs, code := call(t, nil, c.args...)
		if code != c.code || !strings.Contains(out+errs, c.want) {
			t.Errorf("%v: code %d: %s%s", c.args, code, out, errs)
		}
	}
}

// TestCompletion: in each shell that is here the script completes commands, those of families, and the flags of each.
// What shells offer is cut here to what begins as the last word does, which zsh does by itself.
func TestCompletion(t *testing.T) {
	t.Parallel()
	// each shell gets the script as a file, and the words of a line
	asking := map[string]string{
		"bash": `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _jerem; printf '%s\n' "${COMPREPLY[@]}"`,
		"zsh": `fpath=(${0:h} $fpath); autoload -Uz _jerem; words=("$@"); CURRENT=$#; _files() { }
			compadd() { print -l -- "$@" }; _describe() { print -l -- ${commands%%:*} }; _jerem`,
		"fish": `source $argv[1]; complete -C "$argv[2..]" | string replace -r '\t.*' ''; true`,
	}
	for shell, ask := range asking {
		path, err := exec.LookPath(shell)
		if err != nil {
			t.Logf("there is no %s here", shell)
			continue
		}
		script, _, _ := call(t, nil, "completion", shell)
		file := filepath.Join(t.TempDir(), "_jerem")
		if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, c := range [][2]string{
			{"jerem exp", "explain export"},
			{"jerem export --cl", "--class"},
			{"jerem --config x.yml export --cl", "--class"},
			{"jerem oncall s", "schedule statement"},
			{"jerem oncall schedule --fo", "--format"},
			{"jerem token create --ro", "--role"},
			{"jerem completion z", "zsh"},
			{"jerem help expo", "export"},
			{"jerem oncall forget --si", ""}, // a flag of another command called forget
		} {
			words := strings.Fields(c[0])
			ask := exec.CommandContext(t.Context(), path, append([]string{"-c", ask, file}, words...)...)
			ask.Env = append(os.Environ(), "HOME="+t.TempDir()) // no settings, and no history kept
			out, err := ask.CombinedOutput()
			if err != nil {
				t.Fatalf("%s: %v\n%s", shell, err, out)
			}
			begun := words[len(words)-1]
			offered := slices.DeleteFunc(strings.Fields(string(out)), func(word string) bool {
				return !strings.HasPrefix(word, begun)
			})
			slices.Sort(offered)
			if got := strings.Join(offered, " "); got != c[1] {
				t.Errorf("%s: %s: %s; want %s", shell, c[0], got, c[1])
			}
		}
	}
}

// TestReadableByOthers: a configuration with a secret that everybody may read, a store that others may read and a
// connection that is not encrypted are told; none of it where there is no reason.
func TestReadableByOthers(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	const withSecret = "jira: {url: URL, username: u, password: SECRET}\nprojects: [{name: K8S}]\nstore.path: PATH\n"
	for _, c := range []struct {
		secret, url string
		mode        os.FileMode
		want        string
	}{
		{"hidden", "https://jira.example", 0o644, "chmod 600 it"},
		{"hidden", "https://jira.example", 0o600, ""},
		{"${SECRET}", "https://jira.example", 0o644, ""},
		{"hidden", "http://jira.example", 0o600, "unencrypted"},
		{"hidden", "http://127.0.0.1:9", 0o600, ""},
		{"hidden", "http://[::1]:9", 0o600, ""},
		{"hidden", "http://localhost:9", 0o600, ""},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "config.yml")
		text := strings.NewReplacer("URL", "\""+c.url+"\"", "password: SECRET", "password: \""+c.secret+"\"", "PATH",
			filepath.Join(dir, "x.db")).Replace(withSecret)
		if err := os.WriteFile(path, []byte(text), c.mode); err != nil {
			t.Fatal(err)
		}
		_, errs, _ := call(t, map[string]string{"SECRET": "hidden"}, "-c", path, "export")
		if told := strings.Contains(errs, "WRN"); told != (c.want != "") || !strings.Contains(errs, c.want) ||
			strings.Contains(errs, "hidden") {
			t.Errorf("%+v: %s", c, errs)
		}
	}
	hook := writeConfig(t, "jira: {url: 'https://jira.example', token: '${SECRET}'}\nprojects: [{name: K8S}]\n"+
		"store.path: STORE\ndigest: [{team: K8S, at: Mon 09:00, to: {slack: 'http://chat.example/hooks/${SECRET}'}}]\n")
	if _, errs, _ := call(t, map[string]string{"SECRET": "hidden"}, "-c", hook, "export"); !strings.Contains(errs,
		"address=http://chat.example\n") || strings.Contains(errs, "hidden") {
		t.Errorf("a webhook that is not encrypted: %s", errs)
	}
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	path := filepath.Join(filepath.Dir(config), "jerem.db")
	s, err := places.Open(t.Context(), path)
	if err != nil || s.Close() != nil || os.Chmod(path, 0o644) != nil {
		t.Fatal(err)
	}
	if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 ||
		!strings.Contains(errs, "can read the store") {
		t.Errorf("code %d: %s", code, errs)
	}
}
