package jirasim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"jerem/sim/jira/wire"
)

// maxBody is the largest request that is read.
const maxBody = 10 << 20

// badPayload is Jira's answer to a body that is not what the endpoint takes.
func badPayload() error {
	return badRequestError("Invalid request payload. Refer to the REST API documentation and try again.")
}

func readBody(r *http.Request) ([]byte, error) {
	if r.Method != http.MethodPost {
		return nil, nil
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return nil, &apiError{status: http.StatusUnsupportedMediaType, messages: []string{"Unsupported Media Type"}}
	}
	b, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil || len(b) > maxBody {
		return nil, badPayload()
	}
	return b, nil
}

// decodeBody reads the body. Like Jira it refuses a property that the endpoint does not have and a value of
// the wrong type.
func (c *call) decodeBody(into any) error {
	dec := json.NewDecoder(bytes.NewReader(c.body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return badPayload()
	}
	if _, err := dec.Token(); err != io.EOF {
		return badPayload()
	}
	return nil
}

// idList is a list of ids or keys: text, or numbers that are read as text, as Jira does.
type idList []string

// UnmarshalJSON reads the list.
func (l *idList) UnmarshalJSON(b []byte) error {
	var raw []json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	for _, r := range raw {
		var s string
		var n json.Number
		if json.Unmarshal(r, &s) != nil {
			if err := json.Unmarshal(r, &n); err != nil {
				return err
			}
			s = n.String()
		}
		*l = append(*l, s)
	}
	return nil
}

// intParam reads a number of the query; absent is def.
func (c *call) intParam(name string, def int64) (int64, error) {
	v := c.URL.Query().Get(name)
	if v == "" {
		return def, nil
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		return 0, notFoundError(
			fmt.Sprintf("Failed to convert value of the parameter '%s': '%s' is not a number.", name, v),
		)
	}
	return n, nil
}

// queryWords reads a parameter that may be repeated and may hold commas.
func (c *call) queryWords(name string) []string { return splitWords(c.URL.Query()[name]) }

func splitWords(in []string) []string {
	var out []string
	for _, v := range in {
		for _, w := range strings.Split(v, ",") {
			if w = strings.TrimSpace(w); w != "" {
				out = append(out, w)
			}
		}
	}
	return out
}

// pageOfList cuts a list by startAt and maxResults and returns it as Jira's page. A request for more than limit gets
// limit, and the answer says so.
func pageOfList(s *Server, c *call, all []any, def, limit int64) (wire.Obj, error) {
	start, err := c.intParam("startAt", 0)
	if err != nil {
		return nil, err
	}
	size, err := c.intParam("maxResults", def)
	if err != nil {
		return nil, err
	}
	if start < 0 || size < 0 {
		return nil, badRequestError("The parameters 'startAt' and 'maxResults' must not be negative.")
	}
	if size == 0 || size > limit {
		size = limit
	}
	total := int64(len(all))
	from := min(start, total)
	to := min(from+int64(c.fault.LimitPage(int(size))), total)
	values := append([]any{}, all[from:to]...)
	out := wire.Obj{"startAt": start, "maxResults": size, "total": total, "isLast": to == total, "values": values}
	if strings.HasPrefix(c.URL.Path, "/rest/api/") {
		link := func(at int64) string {
			q := c.URL.Query()
			q.Set("startAt", strconv.FormatInt(at, 10))
			q.Set("maxResults", strconv.FormatInt(size, 10))
			return s.site.URL() + c.URL.Path + "?" + q.Encode()
		}
		out["self"] = link(start)
		if to < total {
			out["nextPage"] = link(to)
		}
	}
	return out, nil
}
