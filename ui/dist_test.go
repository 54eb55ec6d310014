package ui

import (
	"bytes"
	"compress/gzip"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// TestDist: what is shipped is what the sources make, bundled as go generate does it.
func TestDist(t *testing.T) {
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{"styles/jerem.css", "styles/chart.css", "src/jerem.ts"}, Bundle: true, Outdir: "dist",
		EntryNames:       "[name]",
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, Target: api.ES2022,
		Engines: []api.Engine{{Name: api.EngineChrome, Version: "123"}, {Name: api.EngineFirefox, Version: "120"},
			{Name: api.EngineSafari, Version: "17.5"}},
	})
	for _, e := range result.Errors {
		t.Error(e.Text)
	}
	if len(result.OutputFiles) != 3 {
		t.Fatalf("%d files, want two styles and a script", len(result.OutputFiles))
	}
	for _, f := range result.OutputFiles {
		name := "dist/" + filepath.Base(f.Path)
		have, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if string(have) != string(f.Contents) {
			t.Errorf("%s is not what its sources make: run make ui", name)
		}
	}
}

// TestScriptWeight: all scripts of a page are at most 25 kB as they are sent, packed.
func TestScriptWeight(t *testing.T) {
	script, err := files.ReadFile("dist/jerem.js")
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(script); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if packed.Len() > 25_000 || packed.Len() == 0 {
		t.Errorf("the script has %d bytes packed, at most 25,000 are sent", packed.Len())
	}
}

// TestAsset: an address leads to its file, and no other does.
func TestAsset(t *testing.T) {
	for _, name := range []string{"jerem.css", "chart.css", "jerem.js", "favicon.svg"} {
		body, kind, ok := Asset(Address(name)[len("/assets/"):])
		if !ok || len(body) == 0 || kind == "" {
			t.Errorf("%s: %d bytes of %q, found %v", name, len(body), kind, ok)
		}
	}
	if _, _, ok := Asset("jerem.css"); ok {
		t.Error("an address without its digest must not be found: it could not be kept for ever")
	}
}

// TestSizesFollowTheReader: text and the widths that a layout asks for are told in what a reader has set, not in
// pixels; those of drawings are enlarged as a whole.
func TestSizesFollowTheReader(t *testing.T) {
	style, err := files.ReadFile("dist/jerem.css")
	if err != nil {
		t.Fatal(err)
	}
	fixed := regexp.MustCompile(`font-size:[\d.]+px|--t-\d:[^;}]*px|@(?:media|container)[^{]*\dpx`)
	const paper = ":root{font-size:16px" // is as wide for every reader
	for _, found := range fixed.FindAllString(strings.Replace(string(style), paper, "", 1), -1) {
		t.Errorf("%q does not follow the size of text that a reader has set", found)
	}
}
