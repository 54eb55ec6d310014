package web

import (
	"cmp"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"jerem/web/answers"
	"jerem/web/calloutlink"
	"jerem/web/dutypages"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/guard"
	"jerem/web/live"
	"jerem/web/mcp"
	"jerem/web/oncall"
	"jerem/web/source"
)

// Server answers for a set of teams out of one store.
type Server struct {
	teams   *source.Teams
	log     *slog.Logger
	guard   *guard.Guard
	answers *answers.Shared
	live    *live.Streams
	oncall  *oncall.API // nil for none, and where visitors are told apart before
	// callouts is the page of links in messages; nil as oncall is.
	callouts *calloutlink.Page
	// duty are the pages of on-call; nil as oncall is.
	duty *dutypages.Pages
	// hasDuty tells that there are such pages, here or where visitors are told apart.
	hasDuty bool

	tellsAll   func(*http.Request) bool // who is told by /readyz which team is in trouble
	restricted bool                     // there are teams that this server does not know
	version    string                   // of the program
	base       base
	framed     string // the policy of pages that others frame
	logout     string // where a form is sent to log out, "" for nowhere
}

func newServer(o Options) *Server {
	s := &Server{teams: source.New(o.computedTeams(), o.Store, o.Teams, o.Jira, o.Log, o.Live), log: o.Log}
	s.guard = guard.New(o.answeredHosts(), s.tellProblem, s.tellFault)
	s.guard.Writes, s.version = o.isWrite, cmp.Or(o.Version, "development")
	s.base, s.framed = base(o.Base), o.framePolicy()
	s.guard.LargestBody = largestBody
	s.hasDuty = o.OnCall != nil && o.OnCallCalendars != nil
	s.tellsAll, s.restricted = s.guard.AnswersTo, o.Restricted
	if o.Access.Gate != nil {
		s.logout = strings.TrimPrefix(o.Access.Gate.LogoutAddress(), o.Base) // it gets the base as every link does
	}
	busy := func(w http.ResponseWriter, r *http.Request) { s.tellProblem(w, r, frame.BusyProblem()) }
	s.answers = answers.NewShared(answers.Events{Version: s.teams.Version, Busy: busy, Faulty: s.tellFault,
		Answered: s.teams.Mended, Computing: o.Answering})
	if o.Streams == nil {
		o.Streams = live.NewPlaces()
	}
	s.live = live.New(o.Streams, s.teams.Shown, busy, o.Ended, o.NextState)
	return s
}

// isWrite tells whether a request is answered though it is no GET: assistants ask by POST.
func isWrite(r *http.Request) bool { return r.Method == http.MethodPost && r.URL.Path == mcp.Path }

// withKeptAnswers gives what was answered before, and has each question computed once for all who ask it.
func (s *Server) withKeptAnswers(reads parameters, next http.Handler) http.Handler {
	return reads.refuseOthers(s.answers.Handler(next), s.tellProblem)
}

// tellFault answers where a handler failed by a fault of the program; the log tells the place.
func (s *Server) tellFault(w http.ResponseWriter, r *http.Request, fault any) {
	s.log.Error("answer failed", "path", loggedPath(r), "fault", format.OneLine(fmt.Sprint(fault)),
		"stack", string(debug.Stack()))
	s.tellProblem(w, r, s.teams.Faulty(r))
}
