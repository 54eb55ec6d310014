package web

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"

	"jerem/web/flow"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/issue"
	"jerem/web/portfolio"
	"jerem/web/roadmap"
	"jerem/web/sprint"

	"github.com/prometheus/client_golang/prometheus"
)

// routes is every address that is served.
func (s *Server) routes(collectors []prometheus.Collector) http.Handler {
	mux := http.NewServeMux()
	flows := &flow.Pages{Teams: s.teams}
	sprints := &sprint.Pages{Teams: s.teams, Flow: flows.Part}
	issues := &issue.Pages{Teams: s.teams}
	roadmaps := &roadmap.Pages{Teams: s.teams}
	portfolios := &portfolio.Pages{Teams: s.teams}

	mux.Handle("GET /{$}", s.page(portfolios.Page, readsQuarter))
	mux.Handle("GET /teams.csv", s.page(portfolios.TeamsCSV, readsQuarter))
	mux.Handle("GET /odds.csv", s.page(portfolios.OddsCSV, readsQuarter))
	mux.Handle("GET /initiatives.csv", s.page(portfolios.InitiativesCSV, readsQuarter))
	mux.Handle("GET /teams/{team}", s.page(sprints.Page, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}", s.page(sprints.Page, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/differences", s.page(sprints.DifferencesPage, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/differences.csv", s.page(sprints.DifferencesCSV, readsMoment))
	mux.Handle("GET /teams/{team}/roadmap", s.page(roadmaps.Page, readsQuarter))
	mux.Handle("GET /teams/{team}/flow", s.page(flows.Page, readsSpan))
	mux.Handle("GET /teams/{team}/flow/{file}", s.page(flows.File, readsSpan))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/epics.csv", s.page(roadmaps.EpicsCSV, readsMoment))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/{file}", s.page(roadmaps.ForecastFile, readsMoment))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/weekly.csv", s.page(roadmaps.WeeklyCSV, readsMoment))
	mux.Handle("GET /teams/{team}/issues/{key}", s.page(issues.Page, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/ledger.csv", s.page(sprints.LedgerCSV, readsMoment))
	mux.Handle("GET /teams/{team}/issues/{key}/history.csv", s.page(issues.HistoryCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/issues.csv", s.page(sprints.IssuesCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/impediments.csv", s.page(sprints.ImpedimentsCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/natures.csv", s.page(sprints.NaturesCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/sprints.csv", s.page(sprints.SprintsCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/burndown.svg", s.page(sprints.Chart("burndown"), readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/impediments.svg", s.page(sprints.Chart("impediments"), readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/velocity.svg", s.page(sprints.Chart("velocity"), readsMoment))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/burnup.svg", s.page(roadmaps.Chart("burnup"), readsMoment))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/weekly.svg", s.page(roadmaps.Chart("weekly"), readsMoment))
	mux.HandleFunc("GET /assets/{name}", s.asset)
	mux.HandleFunc("GET /favicon.ico", s.icon)

	mux.Handle("GET /api/v1/teams", s.json(s.apiTeams, readsMoment))
	mux.Handle("GET /api/v1/teams/{team}/sprints", s.json(s.apiSprints, readsMoment))
	mux.Handle("GET /api/v1/teams/{team}/sprints/{id}", s.json(s.apiSprint, readsMoment))
	mux.Handle("GET /api/v1/teams/{team}/issues/{key}", s.json(s.apiIssue, readsMoment))
	mux.Handle("GET /api/v1/teams/{team}/quarters", s.json(s.apiQuarters, readsMoment))
	mux.Handle("GET /api/v1/teams/{team}/quarters/{quarter}", s.json(s.apiQuarter, readsMoment))
	mux.Handle("GET /api/v1/teams/{team}/sprints/{id}/differences", s.json(s.apiDifferences, readsMoment))
	mux.Handle("GET /api/v1/teams/{team}/flow", s.json(s.apiFlow, readsSpan))
	mux.Handle("GET /api/v1/teams/{team}/late", s.json(s.apiLate, readsMoment))
	mux.Handle("GET /api/v1/teams/{team}/mix", s.json(s.apiMix, parameters{"quarters", "at"}))
	mux.Handle("GET /api/v1/teams/{team}/forecast", s.json(s.apiForecast, readsForecast))
	mux.Handle("GET /api/v1/teams/{team}/forecasts", s.json(s.apiForecasts, readsQuarter))
	mux.Handle("GET /api/v1/forecast", s.json(s.apiInitiative, parameters{"initiative", "quarter", "at"}))
	mux.Handle("GET /api/v1/portfolio", s.json(s.apiPortfolio, readsQuarter))
	mux.Handle("GET /api/v1/explain", s.json(s.apiExplain, readsFigure))
	mux.Handle("GET /api/v1/series", s.json(s.apiSeries, readsSeries))
	mux.Handle("GET /api/v1/openapi.json", s.json(s.apiDescription, readsNothing))
	nothing := s.json(func(r *http.Request) (any, error) { return nil, s.noAnswer(r) }, anyParameters)
	mux.Handle("GET /api", nothing)
	mux.Handle("GET /api/", nothing)

	mux.Handle("GET /metrics", s.metrics(collectors))
	mux.HandleFunc("GET /readyz", s.ready)
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("GET /health", s.health)
	mux.Handle("GET /", s.page(func(r *http.Request) (frame.View, error) { return frame.View{}, s.noPage(r) }, anyParameters))
	return s.guard(s.plainAddresses(mux))
}

// health answers 200 while the process can serve.
func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}

// json makes a handler of a function that answers with a value, and reads so many parameters.
func (s *Server) json(answer func(*http.Request) (any, error), reads parameters) http.Handler {
	return s.remember(reads, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = frame.WithMoments(r)
		value, err := answer(r)
		frame.MomentsOf(r).Tell(w.Header())
		if err != nil {
			s.tellProblem(w, r, s.teams.ProblemOf(err))
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		if long, ok := value.(longAnswer); ok {
			_ = streamed(w, long.weight, long.write) // an answer that is kept takes everything
			return
		}
		var text bytes.Buffer
		enc := json.NewEncoder(&text)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(value); err != nil {
			s.log.Error("answer cannot be written as JSON", "path", format.OneLine(r.URL.Path), "error", format.OneLine(err.Error()))
			s.tellProblem(w, r, s.teams.Faulty(r))
			return
		}
		_, _ = w.Write(text.Bytes()) // who asked may have gone
	}))
}

// rawJSON is an answer that is JSON already.
type rawJSON []byte

// MarshalJSON implements json.Marshaler.
func (j rawJSON) MarshalJSON() ([]byte, error) { return j, nil }

// longAnswer is an answer that may be long: it is written piece by piece for each viewer and never stands in memory
// as text. weight is about how many bytes its values hold.
type longAnswer struct {
	weight int
	write  func(io.Writer) error
}
