package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	problems "jerem/problem"
	"jerem/store"
)

// Problem is an error as the API and the pages tell it.
type Problem struct {
	Status     int           `json:"-"`
	Code       string        `json:"code"`
	Message    string        `json:"message"`
	Hint       string        `json:"hint"`
	RetryAfter time.Duration `json:"-"` // when it is worth asking again; 0 where nobody can tell
	Links      []Link        `json:"-"` // what there is instead, on a page
}

// Link leads from an error to what exists.
type Link struct{ Name, Address string }

// Error returns the message.
func (p *Problem) Error() string { return p.Message }

func problem(status int, code, hint, format string, args ...any) *Problem {
	return &Problem{Status: status, Code: code, Message: fmt.Sprintf(format, args...), Hint: hint}
}

// storeRemedies are what a person does while the server runs; the hints of the store's own errors speak of other
// commands. The status is 503: the server is well, and answers again once the file is.
var storeRemedies = map[problems.Code]string{
	store.Damaged: "Restart jerem serve: it moves the damaged file aside and reads everything again from Jira.",
	store.Missing: "Restart jerem serve: it makes a new file and reads everything again from Jira. " +
		"Put a copy back before, if there is one.",
}

// problemOf turns any error into one that can be told.
func (s *Server) problemOf(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	var kept *problems.Problem
	switch {
	case errors.As(err, &kept) && kept.Code == store.NotRead:
		return s.notReadYet(kept)
	case errors.As(err, &kept):
		hint := kept.Hint
		if remedy := storeRemedies[kept.Code]; remedy != "" {
			hint = remedy
		}
		return problem(http.StatusServiceUnavailable, kept.Code.Word(), hint, "%s", kept.Message)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return busy() // who asked went away, or it took longer than one answer may
	}
	s.log.Error("request failed", "error", oneLine(err.Error()))
	return problem(http.StatusInternalServerError, "internal",
		"The log of the process tells more; jerem rebuild derives everything again from what is kept.",
		"this could not be answered")
}

// notReadYet tells of a team without a complete reading: how far the first one is, or why it does not come.
func (s *Server) notReadYet(kept *problems.Problem) *Problem {
	p := problem(http.StatusServiceUnavailable, "not_read_yet", "", "%s", once(kept.Message))
	p.RetryAfter = 5 * time.Second
	reading := s.liveNow().Reading
	switch {
	case failedReading(kept):
		p.Hint = "What stands here is what the last reading failed by. Each cycle asks again; where it names a setting, " +
			"a right or a password, that has to be mended first. jerem check tells more."
	case reading != nil:
		p.Hint = "The first reading is on its way: " + reading.words() +
			". The figures appear when it is complete, and this page shows them by itself."
	default:
		p.Hint = "The first reading has not begun or has not told anything yet. jerem check tells what would be read."
	}
	return p
}

// failedReading tells whether a team was not read because its readings fail, not because none was made yet.
func failedReading(kept *problems.Problem) bool {
	return strings.Contains(kept.Message, ": was not read yet: ")
}

// words say how far a reading is.
func (r *Reading) words() string {
	text := orElse(r.What, "issues")
	if r.Total > 0 {
		text = fmt.Sprintf("%s %d of %d", text, r.Done, r.Total)
	} else if r.Done > 0 {
		text = fmt.Sprintf("%s %d", text, r.Done)
	}
	if !r.Since.IsZero() {
		text += ", since " + r.Since.UTC().Format("15:04 UTC on Mon 2 Jan")
	}
	return text
}

// once drops the name of a team where a message says it twice.
func once(message string) string {
	if name, rest, ok := strings.Cut(message, ": was not read yet: "); ok {
		return name + ": was not read yet: " + strings.TrimPrefix(rest, name+": ")
	}
	return message
}

// tellProblem answers with a problem: as JSON to programs, as a page to people.
func (s *Server) tellProblem(w http.ResponseWriter, r *http.Request, p *Problem) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if p.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int(p.RetryAfter.Seconds())))
	}
	if forPrograms(r) {
		h.Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(p.Status)
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		_ = enc.Encode(map[string]any{"error": p}) // who asked may have gone
		return
	}
	v := s.problemView(p, pageTeam(r))
	v.refresh = p.Code == "not_read_yet"
	s.writePage(w, r, v, p.Status)
}

// pageTeam is the name of the team whose page was asked for, "" for none.
func pageTeam(r *http.Request) string {
	if name := r.PathValue("team"); name != "" {
		return name
	}
	name, _ := addressedTeam(r)
	return name
}

// forPrograms tells whether an address belongs to the API.
func forPrograms(r *http.Request) bool {
	return r.URL.Path == "/api" || strings.HasPrefix(r.URL.Path, "/api/")
}

func (s *Server) problemView(p *Problem, team string) view {
	v := view{name: "problem", Title: "Nothing to show", Past: true}
	shown := *p
	if _, unknown := s.config(team); unknown == nil && team != "" {
		v.Team = team
		if shown.Links == nil {
			shown.Links = []Link{{team + ": sprint", teamAddress(team)}, {team + ": roadmap", teamAddress(team) + "/roadmap"}}
		}
	}
	v.Body = &shown
	return v
}
