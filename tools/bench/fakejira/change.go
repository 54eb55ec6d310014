package fakejira

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// changeIssues moves issues, other ones each time, to another status now: of all issues, or with of=work of those that
// a team works on. It answers with the bytes of what a bulk read tells of them.
func (s *Site) changeIssues(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.URL.Query().Get("issues"))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rounds++
	chosen := spreadOver(s.issues, n, s.rounds)
	if r.URL.Query().Get("of") == "work" {
		chosen = chooseWork(s, n)
	}
	at := s.clockTime().UnixMilli()
	changed, size := 0, 0
	for _, i := range chosen {
		if i.isEpic {
			continue
		}
		to := inProgress
		if i.status == inProgress {
			to = inReview
		}
		addHistory(s, i, at, i.moveTo(to))
		i.fields = s.texts.renderIssue(i)
		size += len(i.fields)
		for _, e := range i.histories {
			size += len(e.before) + len(s.texts.people[e.author]) + len(e.after)
		}
		changed++
	}
	fmt.Fprintf(w, `{"changed":%d,"bytes":%d}`+"\n", changed, size)
}

// spreadOver returns at most n issues that lie evenly in a list, from its end on; other ones in each round.
func spreadOver(list []*issue, n, round int) (out []*issue) {
	step := max(1, len(list)/max(1, n))
	for k := range min(n, len(list)) {
		out = append(out, list[len(list)-1-(round*7+k*step)%len(list)])
	}
	return out
}

// backlogShare is which part of the work that changes is taken up again out of the backlog.
const backlogShare = 5

// chooseWork returns n issues that teams work on now: open ones of a sprint that is not over, or planned for none yet,
// and for a fifth such as are left over from former sprints.
func chooseWork(s *Site, n int) []*issue {
	var present, left []*issue
	for _, i := range s.issues {
		switch {
		case i.isEpic || i.resolved != 0:
		case i.isLeftOver():
			left = append(left, i)
		default:
			present = append(present, i)
		}
	}
	old := spreadOver(left, n/backlogShare, s.rounds)
	return append(old, spreadOver(present, n-len(old), s.rounds)...)
}

// isLeftOver tells whether all sprints that an issue was planned for are over.
func (i *issue) isLeftOver() bool {
	for _, sp := range i.sprints {
		if sp.state != "closed" {
			return false
		}
	}
	return len(i.sprints) > 0
}

// advanceClock moves the clock on.
func (s *Site) advanceClock(w http.ResponseWriter, r *http.Request) {
	by, err := time.ParseDuration(r.URL.Query().Get("by"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead += by
	fmt.Fprintln(w, renderTime(s.clockTime().UnixMilli()))
}
