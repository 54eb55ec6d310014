package faults

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"sync/atomic"

	"jerem/sim/jira/wire"
)

// endlessTotal is what an endless list says it holds.
const endlessTotal = 1_000_000_000

var endlessTokens atomic.Int64 // so that no two tokens are alike

// RewindEndless lets an endless list begin again: whatever page is asked for, the first one is answered. It returns the
// request and the body for that page, and the startAt that was asked for.
func (f *Fault) RewindEndless(r *http.Request, body []byte) (first *http.Request, firstBody []byte, startAt string) {
	if f == nil || !f.Endless {
		return r, body, ""
	}
	q := r.URL.Query()
	startAt = q.Get("startAt")
	for _, name := range []string{"nextPageToken", "startAt"} {
		q.Del(name)
	}
	address, again := *r.URL, *r
	address.RawQuery = q.Encode()
	again.URL = &address
	var asked map[string]any
	if json.Unmarshal(body, &asked) != nil || asked == nil {
		return &again, body, startAt
	}
	if s := wire.Text(asked["startAt"]); s != "" {
		startAt = s
	}
	delete(asked, "nextPageToken")
	delete(asked, "startAt")
	if b, err := json.Marshal(asked); err == nil {
		body = b
	}
	return &again, body, startAt
}

// endlessPage says of a page that others follow, in the way in which its kind of page says so.
func endlessPage(r *http.Request, startAt string, answer any) any {
	o, ok := answer.(wire.Obj)
	if !ok {
		return answer
	}
	n := endlessTokens.Add(1)
	switch {
	case o["lastPage"] != nil: // of worklogs: each page ends later than the one before
		o["lastPage"], o["until"] = false, wire.Number(o["since"])+1
		next := *r.URL
		next.RawQuery = url.Values{"since": {wire.Text(o["until"])}}.Encode()
		o["nextPage"] = next.String()
	case o["total"] != nil:
		o["total"] = endlessTotal
		if startAt != "" {
			o["startAt"] = wire.Number(startAt)
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
