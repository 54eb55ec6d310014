//lint:file-ignore SA1019 boards are of the classic form, which every Grafana of today provisions

package grafana_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"jerem/grafana"
)

var stores = []grafana.Store{grafana.Prometheus, grafana.Warp10}

// TestGrafanaTakesBoards: each board is a dashboard by Grafana's own types, read strictly: no field that they do not
// know, none missing that they want.
func TestGrafanaTakesBoards(t *testing.T) {
	for _, store := range stores {
		for _, file := range grafana.Boards(store) {
			text, err := json.Marshal(file.Board)
			if err != nil {
				t.Fatal(err)
			}
			var board dashboard.Dashboard
			if said := readStrictly(&board, text); said != "" {
				t.Errorf("%s, %s: %s", store, file.Name, said)
			}
			if len(board.Panels) != len(file.Board.Panels) {
				t.Errorf("%s, %s: %d panels are read", store, file.Name, len(board.Panels))
			}
		}
	}
	var other dashboard.Dashboard
	if said := readStrictly(&other, []byte(`{"colour": "blue"}`)); !strings.Contains(said, "colour") {
		t.Errorf("anything is taken: %s", said)
	}
}

// readStrictly reads a board by Grafana's types and returns what they blame, "" for nothing. An error without a text
// is none: the library returns an empty list of them where all is well.
func readStrictly(board *dashboard.Dashboard, text []byte) string {
	if err := board.UnmarshalJSONStrict(text); err != nil {
		return err.Error()
	}
	return ""
}

// TestPanelsLieApart: no panel covers another one or leaves the grid, each has a number of its own, a title, and what
// it shows is described.
func TestPanelsLieApart(t *testing.T) {
	for _, store := range stores {
		for _, file := range grafana.Boards(store) {
			taken, ids := map[[2]int]string{}, map[int]bool{}
			for _, p := range file.Board.Panels {
				if p.Title == "" || p.Type != "row" && p.Description == "" || ids[p.ID] || p.ID == 0 {
					t.Errorf("%s, %s: panel %d %q", store, file.Name, p.ID, p.Title)
				}
				ids[p.ID] = true
				for x := p.GridPos.X; x < p.GridPos.X+p.GridPos.W; x++ {
					for y := p.GridPos.Y; y < p.GridPos.Y+p.GridPos.H; y++ {
						if other := taken[[2]int{x, y}]; other != "" || x >= 24 {
							t.Fatalf("%s, %s: %q lies over %q at %d, %d", store, file.Name, p.Title, other, x, y)
						}
						taken[[2]int{x, y}] = p.Title
					}
				}
			}
		}
	}
}

// TestVariablesAreDeclared: each variable that a query names is one that a visitor picks.
func TestVariablesAreDeclared(t *testing.T) {
	given := []string{"$RTOKEN", "$end", "$interval", "$__range"} // by the data source of Warp 10
	for _, store := range stores {
		for _, file := range grafana.Boards(store) {
			known := strings.Join(given, " ")
			for _, v := range file.Board.Templating.List {
				if v.Type == "query" {
					variablesOf(t, store, file.Name, v.Query, known)
				}
				known += " $" + v.Name
			}
			for _, p := range file.Board.Panels {
				for _, target := range p.Targets {
					variablesOf(t, store, file.Name, target.Expr, known)
				}
			}
		}
	}
}

// variablesOf holds the variables of a query to those that are known before it.
func variablesOf(t *testing.T, store grafana.Store, file, query, known string) {
	t.Helper()
	for word := range strings.FieldsFuncSeq(query,
		func(c rune) bool { return strings.ContainsRune(` {}()[],="'+:`, c) }) {
		if strings.HasPrefix(word, "$") && !strings.Contains(known+" ", word+" ") {
			t.Errorf("%s, %s: %s is picked nowhere: %s", store, file, word, query)
		}
	}
}
