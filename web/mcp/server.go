package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// Path is where assistants ask.
const Path = "/mcp"

// Handler answers assistants. programs answers the questions of the tools: the addresses of the JSON API.
func Handler(version string, programs http.Handler) http.Handler {
	server := sdk.NewServer(&sdk.Implementation{Name: "jerem", Title: "Jerem", Version: version}, &sdk.ServerOptions{
		Instructions: "Figures of agile teams, computed from the whole history of their Jira. Begin with teams. " +
			"Absent " +
			"knowledge is null, never 0, and its reason stands beside it. No figure is about a person."})
	for _, t := range tools {
		server.AddTool(&sdk.Tool{Name: t.name, Description: t.description, InputSchema: t.argumentSchema(),
			Annotations: &sdk.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true}}, t.makeHandler(programs))
	}
	answer := sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return server },
		&sdk.StreamableHTTPOptions{
			Stateless: true, JSONResponse: true,
			DisableLocalhostProtection: true, // the guard has looked at the host, by the names of the configuration
		})
	return http.NewCrossOriginProtection().Handler(refuseIDs(answer))
}

// makeHandler answers calls of a tool.
func (t tool) makeHandler(programs http.Handler) sdk.ToolHandler {
	return func(ctx context.Context, r *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		given, err := t.readArguments(r.Params.Arguments)
		if err == nil && t.name == "sprint" && given["id"] == "" {
			given["id"], err = presentSprint(ctx, programs, given)
		}
		if err != nil {
			return failedCall(err), nil
		}
		text, err := askAPI(ctx, programs, t.apiAddress(given))
		if err != nil {
			return failedCall(err), nil
		}
		return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: string(text)}}}, nil
	}
}

// failedCall tells an assistant why a call has no answer: it may call otherwise.
func failedCall(err error) *sdk.CallToolResult {
	return &sdk.CallToolResult{IsError: true, Content: []sdk.Content{&sdk.TextContent{Text: err.Error()}}}
}

// readArguments checks the arguments of a call. All that is wrong is told.
func (t tool) readArguments(raw json.RawMessage) (map[string]string, error) {
	given := map[string]string{}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &given); err != nil {
			return nil, errors.New("each argument is a text")
		}
	}
	var wrong []error
	for _, a := range t.arguments {
		if a.required && given[a.name] == "" {
			wrong = append(wrong, fmt.Errorf("%s is missing: %s", a.name, a.description))
		}
	}
	for name, value := range given {
		known := func(a argument) bool { return a.name == name }
		switch {
		case !slices.ContainsFunc(t.arguments, known):
			wrong = append(wrong, fmt.Errorf("there is no argument %q", name))
		case len(value) > longestArgument:
			wrong = append(wrong, fmt.Errorf("%s is too long", name))
		case value == "" && !slices.Contains(tellEmpty, name):
			delete(given, name)
		}
	}
	return given, errors.Join(wrong...)
}

// listedSprint is a sprint in the API's list.
type listedSprint struct {
	ID              int64
	State           string
	Current         bool // the one that is meant where none is named
	Start, Complete *time.Time
}

// rank says how likely a sprint is the one that is meant: the current one before a closed one, and of these one with
// its dates before one without; 0 for one that never began.
func (s listedSprint) rank() int {
	switch {
	case s.Current:
		return 3
	case s.State == "closed" && s.Start != nil && s.Complete != nil:
		return 2
	case s.State == "closed":
		return 1
	}
	return 0
}

// closedBefore tells whether a sprint is known to be closed before another one.
func (s listedSprint) closedBefore(other listedSprint) bool {
	return s.Complete != nil && other.Complete != nil && s.Complete.Before(*other.Complete)
}

// presentSprint finds the id of the current sprint of a team, else of the one that was closed last.
func presentSprint(ctx context.Context, programs http.Handler, given map[string]string) (string, error) {
	query := url.Values{}
	if given["at"] != "" {
		query.Set("at", given["at"])
	}
	text, err := askAPI(ctx, programs, "/api/v1/teams/"+url.PathEscape(given["team"])+"/sprints?"+query.Encode())
	if err != nil {
		return "", err
	}
	var list []listedSprint
	if err := json.Unmarshal(text, &list); err != nil {
		return "", err
	}
	var best listedSprint
	for _, s := range list { // in the order of their starts
		if rank := s.rank(); rank > best.rank() || rank == best.rank() && !s.closedBefore(best) {
			best = s
		}
	}
	if best.rank() == 0 {
		return "", errors.New("the team has no sprint that began: the tool flow tells how its work moves")
	}
	return strconv.FormatInt(best.ID, 10), nil
}

// askAPI asks the API. The error is its problem, in words.
func askAPI(ctx context.Context, programs http.Handler, address string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	w := &answer{header: http.Header{}, status: http.StatusOK}
	programs.ServeHTTP(w, r)
	if to := w.header.Get("Location"); w.status == http.StatusPermanentRedirect && to != address {
		return askAPI(ctx, programs, to) // a team's name in another case
	}
	switch {
	case w.tooLong:
		return nil, errors.New("the answer is too long for an assistant: ask for less, or for a figure of it by " +
			"explain")
	case w.status != http.StatusOK:
		return nil, problemIn(w)
	}
	return w.body.Bytes(), nil
}

func problemIn(w *answer) error {
	var told struct {
		Error struct{ Message, Hint string }
	}
	if json.Unmarshal(w.body.Bytes(), &told) != nil || told.Error.Message == "" {
		return fmt.Errorf("the API answers %d", w.status)
	}
	return fmt.Errorf("%s (%s)", told.Error.Message, told.Error.Hint)
}

// longestAnswer bounds what an assistant is told at once: more than that fits into none.
const longestAnswer = 1 << 20

// answer takes what the API writes.
type answer struct {
	header  http.Header
	status  int
	body    bytes.Buffer
	tooLong bool
}

// Header returns the headers.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader keeps the status.
func (a *answer) WriteHeader(status int) { a.status = status }

// Write keeps what fits.
func (a *answer) Write(p []byte) (int, error) {
	if a.tooLong || a.body.Len()+len(p) > longestAnswer {
		a.tooLong = true
		return 0, errors.New("the answer is too long")
	}
	return a.body.Write(p)
}
