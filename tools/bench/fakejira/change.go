package fakejira

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// changeIssues moves issues, spread over the site and other ones each time, to another status now. It answers with the
// bytes of what a bulk read tells of them.
func (s *Site) changeIssues(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.URL.Query().Get("issues"))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rounds++
	at := s.clockTime().UnixMilli()
	step := max(1, len(s.issues)/max(1, n))
	changed, size := 0, 0
	for place := s.rounds * 7 % step; place < len(s.issues) && changed < n; place += step {
		i := s.issues[len(s.issues)-1-place]
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
