package teams

import (
	"fmt"
	"strings"
	"time"

	"jerem/agile"
)

// Basis tells what the figures of a team rest on besides the program and the moment: the generation of what is kept,
// the configuration, and the clock of the zone. In another process it is the same text while these are the same. It is
// "" where no short text tells that: of a team of which a part was read, whose past another Jira told, or for which
// somebody is on call.
func (t *Team) Basis() string {
	h := t.Measured.History()
	if !t.isWhole || h.OnCall != nil {
		return ""
	}
	conf := h.Team
	conf.Calendar.Off = nil // it follows from DaysOff
	year := t.Until.AddDate(1, 0, 0)
	return fmt.Sprintf("%d %+v %s", t.kept, conf, clockText(h, t.Measured.KnownSince(), year))
}

// clockText tells how the clock of a team's zone goes between two moments: the tables of zones change.
func clockText(h *agile.History, from, to time.Time) string {
	var text strings.Builder
	for at := from.In(h.Team.Calendar.Zone); at.Before(to); {
		_, offset := at.Zone()
		_, end := at.ZoneBounds()
		fmt.Fprintf(&text, "%d until %d ", offset, end.Unix())
		if end.IsZero() {
			break
		}
		at = end
	}
	return text.String()
}
