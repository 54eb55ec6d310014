package mcp

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
)

// largestID is the largest whole number that all who write JSON read the same.
const largestID = 1<<53 - 1

// refuseIDs refuses a request whose id would come back as another one, so that who asked never found its answer: a
// number that is not whole, or is larger than [largestID].
func refuseIDs(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body) // the guard bounds it
		r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), failing{err}))
		var asked struct {
			ID json.RawMessage `json:"id"`
		}
		if json.Unmarshal(body, &asked) != nil || comesBack(asked.ID) {
			next.ServeHTTP(w, r)
			return
		}
		text, _ := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": asked.ID, "error": map[string]any{
			"code": -32600, "message": "the id of a request is a text, or a whole number of at most " +
				strconv.Itoa(largestID)}}) // plain values
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write(text) // who asked may have gone
	})
}

// comesBack tells whether an id is answered as it was sent; what is no number is judged by who answers.
func comesBack(id json.RawMessage) bool {
	var number json.Number
	if len(id) == 0 || id[0] == '"' || json.Unmarshal(id, &number) != nil || number == "" {
		return true
	}
	whole, err := strconv.ParseInt(string(number), 10, 64)
	return err == nil && -largestID <= whole && whole <= largestID
}

// failing is the end of a body, with what it failed by.
type failing struct{ err error }

// Read ends the body: it tells what reading it failed by, or that it is whole.
func (f failing) Read([]byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	return 0, io.EOF
}
