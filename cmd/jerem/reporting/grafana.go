package reporting

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"jerem/cmd/jerem/setup"
	"jerem/grafana"
)

// Grafana is the command that writes boards for Grafana.
type Grafana struct {
	For string `required:"" enum:"prometheus,warp10" placeholder:"STORE" help:"{grafana_for}"`
	Out string `required:"" placeholder:"DIR" help:"Folder to write the boards to; made where it is missing."`
}

// Run writes a file for each board, over one of that name. The same program writes the same bytes.
func (x Grafana) Run(e *setup.Environment) error {
	if err := os.MkdirAll(x.Out, 0o755); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	for _, f := range grafana.Boards(grafana.Store(x.For)) {
		text, err := json.MarshalIndent(f.Board, "", "  ")
		if err != nil {
			return err
		}
		path := filepath.Join(x.Out, f.Name)
		if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
			return fmt.Errorf("--out: %w", err)
		}
		fmt.Fprintln(e.Stdout, path)
	}
	return nil
}
