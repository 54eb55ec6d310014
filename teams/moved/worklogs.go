package moved

import (
	"cmp"
	"slices"
	"time"

	"jerem/agile"
	"jerem/sorting"
)

// joinWorklogs joins time logged: what the former site had up to the cut, and of the present one what is not among it.
// Time that was corrected since is told as the present site has it, and what it deleted is gone, for the past too: so
// it is on one site.
func joinWorklogs(former, present *agile.History, ids identities, cut time.Time) []agile.Worklog {
	was := map[int64][]agile.Worklog{} // by issue
	for _, w := range former.Worklogs {
		if !w.Created.After(cut) {
			w.ID, w.Issue = -w.ID, ids.presentIssue(w.Issue)
			was[w.Issue] = append(was[w.Issue], w)
		}
	}
	is := map[int64][]agile.Worklog{}
	for _, w := range present.Worklogs {
		is[w.Issue] = append(is[w.Issue], w)
	}
	followed := map[int64]bool{} // issues of which the former site told
	for _, i := range former.Issues {
		followed[ids.presentIssue(i.ID)] = true
	}
	var out []agile.Worklog
	for issue, logs := range was {
		joined, others := joinLogs(logs, is[issue])
		out, is[issue] = append(out, joined...), others
	}
	for issue, logs := range is {
		for _, w := range logs {
			if w.Created.After(cut) || !followed[issue] {
				out = append(out, w)
			}
		}
	}
	sorting.By(out, func(a, b agile.Worklog) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// sameLog are the ways in which two sites tell of one log of an issue, the surest first. One that came along may have
// been written, by its date, on the day of the move, its start may be told to the minute, for importers know minutes,
// and it may be corrected since.
var sameLog = []func(was, is agile.Worklog) bool{
	func(was, is agile.Worklog) bool { return was.Started.Equal(is.Started) && was.Seconds == is.Seconds },
	func(was, is agile.Worklog) bool {
		return was.Seconds == is.Seconds && was.Started.Sub(is.Started).Abs() < sameStart
	},
	func(was, is agile.Worklog) bool { return was.Created.Equal(is.Created) },
	func(was, is agile.Worklog) bool { return was.Started.Equal(is.Started) },
}

// joinLogs joins the logs of one issue: those of the former site, as the present one has them now, and the others of
// the present site. Where some came along, one that is not there any more was deleted since.
func joinLogs(was, is []agile.Worklog) (joined, others []agile.Worklog) {
	// One that was written earlier is the likelier to have come along.
	others = slices.Clone(is)
	sorting.By(others, func(a, b agile.Worklog) int { return a.Created.Compare(b.Created) })
	rest := slices.Clone(was)
	for _, same := range sameLog {
		rest = slices.DeleteFunc(rest, func(w agile.Worklog) bool {
			n := slices.IndexFunc(others, func(now agile.Worklog) bool { return same(w, now) })
			if n < 0 {
				return false
			}
			now := others[n]
			if now.Seconds != w.Seconds || now.Started.Sub(w.Started).Abs() >= sameStart {
				w.Started, w.Seconds = now.Started, now.Seconds
			}
			joined, others = append(joined, w), slices.Delete(others, n, n+1)
			return true
		})
	}
	if len(joined) == 0 {
		joined = rest
	}
	return joined, others
}
