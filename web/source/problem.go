package source

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"jerem/problem"
	"jerem/store"
	"jerem/web/format"
	"jerem/web/frame"
)

// unknownTeam says that there is no such team, and which there are.
func unknownTeam(s *Teams, name string) *problem.Problem {
	names := s.Names()
	return frame.NewProblem(http.StatusNotFound, frame.UnknownTeam.Word(),
		problem.Suggest(name, names)+"The teams are: "+strings.Join(names, ", ")+".", "there is no team %q", name)
}

// TeamPages lead to the page of each team.
func (s *Teams) TeamPages() []frame.Link {
	var out []frame.Link
	for _, t := range s.List {
		out = append(out, frame.Link{Name: t.Name, Address: frame.TeamAddress(t.Name)})
	}
	return out
}

// storeRemedies are what a person does while the server runs; the hints of the store's own errors speak of other
// commands. The status is 503: the server is well, and answers again once the file is.
var storeRemedies = map[problem.Code]string{
	store.Damaged: "Restart jerem serve: it moves the damaged file aside and reads everything again from Jira.",
	store.Missing: "Restart jerem serve: it makes a new file and reads everything again from Jira. " +
		"Put a copy back before, if there is one.",
}

// ProblemOf turns any error into one that can be told.
func (s *Teams) ProblemOf(err error) *problem.Problem {
	if p := problem.Of(err, "web"); p != nil {
		return p
	}
	var kept *problem.Problem
	switch {
	case errors.As(err, &kept) && kept.Code == store.NotRead:
		return notReadYet(s, kept)
	case errors.As(err, &kept):
		hint := kept.Hint
		if remedy := storeRemedies[kept.Code]; remedy != "" {
			hint = remedy
		}
		return &problem.Problem{Code: kept.Code, Status: http.StatusServiceUnavailable,
			Message: withoutPlace(s, kept.Message), Hint: hint}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return frame.BusyProblem() // who asked went away, or it took longer than one answer may
	}
	s.log.Error("request failed", "error", format.OneLine(err.Error()))
	return frame.NewProblem(http.StatusInternalServerError, "internal",
		"Ask again. Where it stays so, the log of the process says why, and `jerem rebuild` derives everything again "+
			"from what is kept.",
		"this could not be answered")
}

// withoutPlace leaves out of a message where the store is: its file, or the host, role and name of its database, are
// nothing to who looks at pages. The log tells them.
func withoutPlace(s *Teams, message string) string {
	return strings.ReplaceAll(message, "store "+s.Store.Place()+": ", "the store: ")
}

// UntilRead is what becomes of a page while the first reading is on its way.
const UntilRead = "The figures appear when it is complete, and this page shows them by itself."

// notReadYet tells of a team without a complete reading: how far the first one is, or why it does not come.
func notReadYet(s *Teams, kept *problem.Problem) *problem.Problem {
	p := frame.NewProblem(http.StatusServiceUnavailable, frame.NotReadYet.Word(), "", "%s",
		withoutPlace(s, unreadMessage(kept)))
	reading := s.LiveNow().Reading
	switch {
	case failedReading(kept):
		p.Hint = "This is why the last reading failed. Each cycle asks again; a setting, a right or a password that " +
			"it names has to be mended first. jerem check tells more."
	case reading != nil:
		p.Hint = "The first reading is on its way: " + reading.Words() + ". " + UntilRead
	default:
		p.Hint = "The first reading has not begun or has not told anything yet. jerem check tells what would be read."
	}
	return p
}

// failedReading tells whether a team was not read because its readings fail, not because none was made yet.
func failedReading(kept *problem.Problem) bool { return kept.Args["why"] != "" }

// unreadMessage says that a team was not read, and what its readings fail by.
func unreadMessage(kept *problem.Problem) string {
	if !failedReading(kept) {
		return kept.Message
	}
	return "team " + kept.Args["team"] + ": was not read yet: " + asSentence(kept.Args["why"])
}

// WhyUnread is what the last reading of a team that was never read failed by, "" where none failed.
func WhyUnread(err error) string {
	var kept *problem.Problem
	if !errors.As(err, &kept) {
		if err == nil {
			return ""
		}
		return err.Error()
	}
	if kept.Code == store.NotRead && !failedReading(kept) {
		return ""
	}
	return unreadMessage(kept)
}

// UnreadRow says in the list of teams what keeps one from being shown.
func (s *Teams) UnreadRow(err error) string {
	p := s.ProblemOf(err)
	if p.Code != frame.NotReadYet {
		return p.Message
	}
	body := frame.NewProblemBody(p, nil, nil)
	return format.OrElse(body.Cause, p.Hint)
}
