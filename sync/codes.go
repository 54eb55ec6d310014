package sync

import (
	"jerem/problem"
	"jerem/sync/clocks"
	"jerem/sync/metadata"
)

// The kinds of problems of a reading that asking again alone does not mend.
const (
	WrongClock problem.Code = clocks.Wrong       // Jira's clock is not to be believed
	OtherSite  problem.Code = metadata.OtherSite // the store holds what another Jira told
)
