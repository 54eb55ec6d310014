package catalogue

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the table of docs/measures.md anew")

// TestCatalogue: each figure has a name of its own among those of its subject and says what it is.
func TestCatalogue(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range All() {
		key := string(f.Of) + " " + f.Name
		if seen[key] {
			t.Errorf("%s stands there twice", key)
		}
		seen[key] = true
		if f.Name == "" || f.Title == "" || f.Unit == "" || f.Formula == "" || !strings.HasSuffix(f.Help, ".") {
			t.Errorf("%s: title %q, unit %q, formula %q, help %q", key, f.Title, f.Unit, f.Formula, f.Help)
		}
		if (f.Expression == "") != (f.Inputs == "") || f.Metric == "" && len(f.Labels) > 0 {
			t.Errorf(
				"%s: expression %q without inputs %q, or metric %q beside labels %v",
				key,
				f.Expression,
				f.Inputs,
				f.Metric,
				f.Labels,
			)
		}
		if found, ok := Find(f.Of, f.Name); !ok || found.Title != f.Title {
			t.Errorf("%s is not found", key)
		}
	}
	if _, ok := Find(OfSprint, "mood"); ok {
		t.Error("a figure is found that there is not")
	}
}

const tableBegins, tableEnds = "<!-- catalogue -->\n", "<!-- end of catalogue -->"

// TestDocumented: docs/measures.md has the catalogue as a table.
func TestDocumented(t *testing.T) {
	const file = "../../docs/measures.md"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(raw), tableBegins)
	have, after, ends := strings.Cut(rest, tableEnds)
	if !ok || !ends {
		t.Fatalf("%s: there is no place for the table", file)
	}
	want := catalogueTable()
	if have == want {
		return
	}
	if !*update {
		t.Fatalf("%s: the table is not the catalogue: go test ./measure/catalogue -run TestDocumented -update", file)
	}
	if err := os.WriteFile(file, []byte(before+tableBegins+want+tableEnds+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

func catalogueTable() string {
	var b strings.Builder
	b.WriteString(
		"| of | figure | unit | what it is | expression over its inputs | series | metric " +
			"|\n|---|---|---|---|---|---|---|\n",
	)
	for _, f := range All() {
		fmt.Fprintf(
			&b,
			"| %s | `%s` | %s | %s | %s | %s | %s |\n",
			f.Of,
			f.Name,
			f.Unit,
			f.Help,
			code(f.Expression),
			code(f.Class, f.OfASprint.Class, f.OfADay.Class),
			code(f.Metric, f.OfASprint.Metric, f.OfADay.Metric),
		)
	}
	return b.String()
}

// code writes what there is of some names, one after the other.
func code(texts ...string) string {
	var out []string
	for _, text := range texts {
		if text != "" {
			out = append(out, "`"+text+"`")
		}
	}
	return strings.Join(out, " ")
}
