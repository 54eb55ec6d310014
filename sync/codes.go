package sync

import (
	"jerem/sync/clocks"
	"jerem/sync/metadata"
)

// The kinds of problems of a reading that asking again alone does not mend.
const (
	WrongClock = clocks.Wrong       // Jira's clock is not to be believed
	OtherSite  = metadata.OtherSite // the store holds what another Jira told
)
