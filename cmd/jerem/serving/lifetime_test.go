package serving

import (
	"testing"
	"time"

	"jerem/sim/world"
)

// TestDemoLifetime: a life lasts as long as every team has a sprint, at the speed that is played; a company that stands
// still lives for good.
func TestDemoLifetime(t *testing.T) {
	company := world.New(world.DefaultSeed)
	ctx, stop := Demo{Speed: 1440}.storyLifetime(t.Context(), company)
	defer stop()
	end, ok := ctx.Deadline()
	if left := time.Until(end); !ok || left < 6*time.Hour || left > 7*time.Hour {
		t.Errorf("it lasts %v", left)
	}
	still, stop := Demo{}.storyLifetime(t.Context(), company)
	defer stop()
	if _, ok := still.Deadline(); ok {
		t.Error("what stands still ends")
	}
	for _, team := range company.Teams() {
		sprints := company.Books(team.Key, company.LastSprint(), company.LastSprint().Add(-time.Minute)).Sprints
		if n := len(sprints); !team.Kanban && (!sprints[n-1].Begun || sprints[n-1].Closed) {
			t.Errorf("%s has no sprint at the end", team.Name)
		}
	}
}
