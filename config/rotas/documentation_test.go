package rotas

import (
	"os"
	"strings"
	"testing"

	"jerem/config/schema"
)

// TestOncallIsDocumented: the published page names every key of the lists on call.
func TestOncallIsDocumented(t *testing.T) {
	data, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	for list, of := range map[string]*schema.Table[target]{"people": personTable, "rotas": rotaTable,
		"versions": versionTable,
		"pay":      payTable, "sources": sourceTable} {
		_, part, _ := strings.Cut(string(data), "#### `"+list+"`")
		part, _, _ = strings.Cut(part, "\n###")
		for _, k := range of.Keys() {
			if !strings.Contains(part, "`"+k.Name+"`") {
				t.Errorf("%s of %s has no row", k.Name, list)
			}
		}
	}
}
