package grade_test

import (
	"testing"

	"jerem/measure/storycheck"
)

func TestStories(t *testing.T) { storycheck.Run(t, "../testdata") }
