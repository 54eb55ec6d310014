package storytest

import (
	"slices"
	"strings"

	"jerem/agile"
)

// applyChange reads "change KIND KEY FOUND", what changed the past of a team after the fact, once the issues are told:
// one that is deleted is taken out of them. A change of kind time_corrected lists when the work had begun, and one of
// kind sprint_left is of a sprint's NAME and tells when that began and was completed.
func (r *storyReader) applyChange(line string) {
	r.t.Helper()
	f := strings.Fields(line)
	c := agile.PastChange{Kind: agile.PastChangeKind(f[1]), Name: f[2], ID: r.ids[f[2]], Found: ParseTime(r.t, f[3])}
	switch c.Kind {
	case agile.IssueDeleted:
		n := slices.IndexFunc(r.h.Issues, func(i *agile.Issue) bool { return i.ID == c.ID })
		c.Issue = r.h.Issues[n]
		r.h.Issues = slices.Delete(r.h.Issues, n, n+1)
		for _, log := range r.h.Worklogs {
			if log.Issue == c.ID {
				log.Seconds = 0
				c.Worklogs = append(c.Worklogs, log)
			}
		}
		r.h.Worklogs = slices.DeleteFunc(r.h.Worklogs, func(l agile.Worklog) bool { return l.Issue == c.ID })
	case agile.IssueRestored: // what it was before is what is told; it is now as if nothing had happened
		n := slices.IndexFunc(r.h.Issues, func(i *agile.Issue) bool { return i.ID == c.ID })
		was := *r.h.Issues[n]
		c.Issue = &was
		r.h.Issues[n].Sprints = was.Sprints[:1:1]
	case agile.TimeCorrected:
		for _, text := range f[4:] {
			at := ParseTime(r.t, text)
			c.Worklogs = append(c.Worklogs, agile.Worklog{Issue: c.ID, Created: at, Started: at})
		}
	case agile.SprintLeft:
		c.Sprint = agile.SprintVersion{Name: f[2], State: agile.Closed, Start: ParseTime(r.t, f[4]),
			End: ParseTime(r.t, f[5]), Complete: ParseTime(r.t, f[5])}
	}
	r.h.PastChanges = append(r.h.PastChanges, c)
}
