package publish

import (
	"context"
	"strings"
)

// Clearer is a sink that can drop all series of a project, whoever posted them: needed once, where
// another program posted the same classes before.
type Clearer interface {
	// Standing counts the series whose class is jerem's and whose label project is one of these.
	Standing(ctx context.Context, projects []string) (int, error)
	// Clear deletes them with all their points.
	Clear(ctx context.Context, projects []string) error
}

// Spellings are how the label of a project stands at a platform: as it is and, where it holds a space,
// with the plus that the older bot wrote for it.
func Spellings(project string) []string {
	if plus := strings.ReplaceAll(project, " ", "+"); plus != project {
		return []string{project, plus}
	}
	return []string{project}
}
