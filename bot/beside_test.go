package bot

import (
	"net/http"
	"strings"
	"testing"
	"time"

	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// TestPostsInTheMidstOfAReading: what a reading before brought is posted while another one is under way: the posting
// waits for none of it, and posts the team as it was before.
func TestPostsInTheMidstOfAReading(t *testing.T) {
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), conf)
	post(t, r)
	underWay, posted := make(chan struct{}), make(chan struct{})
	blocked := false
	r.between(t, synctest.SmallTeam, jirasim.Options{}, func(req *http.Request, _ []byte, _ *synctest.Answer) {
		if blocked && strings.HasSuffix(req.URL.Path, "/bulkfetch") {
			blocked = false
			close(underWay)
			select {
			case <-posted:
			case <-time.After(time.Minute):
				t.Error("nothing is posted while a reading is under way")
			}
		}
	})
	if err := r.bot.readOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	blocked = true
	ended := make(chan error)
	go func() {
		_, err := r.bot.Reader.Collect(t.Context(), true)
		ended <- err
	}()
	<-underWay
	points, err := r.bot.Publish(t.Context())
	close(posted)
	if err != nil || points == 0 {
		t.Errorf("%d points are posted: %v", points, err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	more, err := r.bot.Publish(t.Context())
	if err != nil || more != 0 {
		t.Errorf("%d more points are posted after a reading without news: %v", more, err)
	}
}
