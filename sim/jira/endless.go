package jirasim

import (
	"encoding/json"
	"net/url"
	"strconv"
	"sync/atomic"

	"jerem/sim/jira/wire"
)

// endlessTotal is what an endless list says it holds.
const endlessTotal = 1_000_000_000

var endlessTokens atomic.Int64 // so that no two tokens are alike

// rewindEndless lets an endless list begin again: whatever page is asked for, the first one is answered.
func (f *Fault) rewindEndless(c *call) {
	if f == nil || !f.Endless {
		return
	}
	c.startAt = c.URL.Query().Get("startAt")
	q := c.URL.Query()
	for _, name := range []string{"nextPageToken", "startAt"} {
		q.Del(name)
	}
	u := *c.URL
	u.RawQuery = q.Encode()
	r := *c.Request
	r.URL = &u
	c.Request = &r
	var body map[string]any
	if json.Unmarshal(c.body, &body) != nil || body == nil {
		return
	}
	if s := wire.Text(body["startAt"]); s != "" {
		c.startAt = s
	}
	delete(body, "nextPageToken")
	delete(body, "startAt")
	if b, err := json.Marshal(body); err == nil {
		c.body = b
	}
}

// endlessPage says of a page that others follow, in the way in which its kind of page says so.
func endlessPage(c *call, answer any) any {
	o, ok := answer.(wire.Obj)
	if !ok {
		return answer
	}
	n := endlessTokens.Add(1)
	switch {
	case o["lastPage"] != nil: // of worklogs: each page ends later than the one before
		o["lastPage"], o["until"] = false, wire.Number(o["since"])+1
		next := *c.URL
		next.RawQuery = url.Values{"since": {wire.Text(o["until"])}}.Encode()
		o["nextPage"] = next.String()
	case o["total"] != nil:
		o["total"] = endlessTotal
		if c.startAt != "" {
			o["startAt"] = wire.Number(c.startAt)
		}
		if o["isLast"] != nil {
			o["isLast"] = false
		}
	case o["issues"] != nil && o["isLast"] != nil || o["issueChangeLogs"] != nil:
		o["nextPageToken"] = "endless-" + strconv.FormatInt(n, 10)
		if o["isLast"] != nil {
			o["isLast"] = false
		}
	}
	return answer
}
