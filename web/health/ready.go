package health

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jerem/problem"
	"jerem/store"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/source"
)

// readiness tells whether every team was read and its figures can be shown, and why not; and what is in trouble
// besides.
type readiness struct {
	Ready    bool             `json:"ready"`
	Reasons  []unreadTeam     `json:"reasons"`
	Troubles []source.Trouble `json:"troubles"`
	Leases   []lease          `json:"leases,omitempty"` // where several instances share the work
}

// lease says which instance does a part of the work.
type lease struct {
	Part     string `json:"part"` // reading, on call, or team
	Team     string `json:"team"` // of that part
	Epoch    int64  `json:"epoch"`
	Instance string `json:"instance"` // "" while nobody does it
	Here     bool   `json:"here"`     // it is this one
}

// leasesNow tells which instance leads what; nothing where one process does all, or where it cannot be told.
func leasesNow(ctx context.Context, s *store.Store) (all []lease) {
	list, err := s.Sharing.Leases(ctx)
	if err != nil {
		return nil
	}
	for _, l := range list {
		all = append(all, lease(l))
	}
	return all
}

// inWords tells it in a line.
func (l lease) inWords() string {
	what, who := strings.TrimSpace(l.Part+" "+l.Team), l.Instance
	switch {
	case who == "":
		return what + " is led by no instance at the moment"
	case l.Here:
		who += ", this instance"
	}
	return fmt.Sprintf("%s is led by %s (epoch %d)", what, who, l.Epoch)
}

// unreadTeam says of a team, or of all with "", why its figures cannot be shown.
type unreadTeam struct {
	Team    string `json:"team"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

func newUnreadTeam(team string, p *problem.Problem) unreadTeam {
	return unreadTeam{Team: team, Code: p.Code.Word(), Message: p.Message, Hint: p.Hint}
}

// Readiness answers 200 once every team was read and as long as the store and the figures are well, 503 with the
// reasons until then: in text, or in JSON for who asks for it. What keeps figures from being new, or a sink from having
// them, is told and changes no status. To a host that is not answered only the status and the number of reasons are
// told.
func (p *Pages) Readiness(w http.ResponseWriter, r *http.Request) {
	state := p.readinessNow(r)
	status := http.StatusOK
	if !state.Ready {
		status = http.StatusServiceUnavailable
		w.Header().Set("Retry-After", "5")
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Add("Vary", "Accept")
	if !p.AnswersTo(r) {
		sendText(w, r, status, "text/plain; charset=utf-8", format.Plural(len(state.Reasons), "reason")+"\n")
		return
	}
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		text, _ := json.Marshal(state) // plain values
		sendText(w, r, status, "application/json; charset=utf-8", string(text)+"\n")
		return
	}
	sendText(w, r, status, "text/plain; charset=utf-8", state.asText())
}

func (p *Pages) readinessNow(r *http.Request) readiness {
	state := readiness{Ready: true, Reasons: []unreadTeam{}, Troubles: p.Teams.Troubles(r.Context())}
	if state.Troubles == nil {
		state.Troubles = []source.Trouble{}
	}
	for _, conf := range p.Teams.List {
		_, err := p.Teams.Store.Teams.State(r.Context(), conf.Name)
		if err == nil {
			_, err = p.Teams.Team(r.Context(), conf.Name) // computed once for each cycle
		}
		if err != nil {
			state.Reasons = append(state.Reasons, newUnreadTeam(conf.Name, p.Teams.ProblemOf(err)))
		}
	}
	for _, t := range state.Troubles {
		told := len(state.Reasons) > 0 && t.Team == ""
		if (t.Part == source.PartStore || t.Part == source.PartFigures) && !told {
			why := frame.NewProblem(http.StatusServiceUnavailable, t.Part+"_trouble", t.Next, "%s", t.Why)
			state.Reasons = append(state.Reasons, newUnreadTeam(t.Team, why))
		}
	}
	state.Ready, state.Leases = len(state.Reasons) == 0, leasesNow(r.Context(), p.Teams.Store)
	return state
}

// asText is a line for each reason and each trouble.
func (s readiness) asText() string {
	var b strings.Builder
	if s.Ready {
		b.WriteString("ready\n")
	}
	for _, one := range s.Reasons {
		b.WriteString(format.OneLine(one.Message) + "\n")
	}
	told := map[string]bool{}
	for _, one := range s.Reasons {
		told[one.Team] = true
	}
	untold := slices.DeleteFunc(slices.Clone(s.Troubles), func(t source.Trouble) bool { return told[t.Team] })
	for _, line := range source.Lines(untold) {
		b.WriteString(line + "\n")
	}
	for _, l := range s.Leases {
		b.WriteString(format.OneLine(l.inWords()) + "\n")
	}
	return b.String()
}

// sendText sends a short text with its length.
func sendText(w http.ResponseWriter, r *http.Request, status int, kind, text string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write([]byte(text)) // who asked may have gone
	}
}
