package web

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"

	"jerem/series"
	"jerem/web/answers"
	"jerem/web/api"
	"jerem/web/embed"
	"jerem/web/figure"
	"jerem/web/flow"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/health"
	"jerem/web/issue"
	"jerem/web/mcp"
	"jerem/web/portfolio"
	"jerem/web/roadmap"
	"jerem/web/sprint"
	"jerem/web/sprint/report"
	"jerem/web/styleguide"
)

// guardedRoutes is every address that is served, behind the guard.
func (s *Server) guardedRoutes(collectors []prometheus.Collector) http.Handler {
	return s.guard.Handler(withoutKey(s.allRoutes(collectors), s.tellProblem))
}

// allRoutes is every address that is served.
func (s *Server) allRoutes(collectors []prometheus.Collector) http.Handler {
	mux := http.NewServeMux()
	flows := &flow.Pages{Teams: s.teams}
	sprints := &sprint.Pages{Teams: s.teams, Flow: flows.Part}
	portfolios := &portfolio.Pages{Teams: s.teams}
	programs := &api.Answers{Teams: s.teams, OfPortfolio: portfolios.Explanation}
	figures := &figure.Pages{Teams: s.teams, Find: programs.Explanation}
	embedded := &embed.Pages{Teams: s.teams, Sprint: sprints.Page}
	watch := &health.Pages{Teams: s.teams, Restricted: s.restricted, Log: s.log, AnswersTo: s.tellsAll}

	addPortfolioPages(s, mux, portfolios)
	addSprintPages(s, mux, sprints)
	addRoadmapPages(s, mux)
	addFlowPages(s, mux, flows)
	addIssuePages(s, mux)
	mux.Handle("GET /styleguide", s.pageHandler(styleguide.Page, readsMoment))
	mux.Handle("GET /wall", s.pageHandler(embedded.Wall, parameters{"every", "show"}))
	mux.Handle("GET /teams/{team}/card", s.pageHandler(embedded.Card, readsMoment))
	mux.Handle("GET /teams/{team}/badge.svg", s.pageHandler(embedded.Badge, readsEmbedded))
	mux.Handle("GET /explain", s.pageHandler(figures.Page, readsFigure))
	mux.Handle("GET /explain.csv", s.pageHandler(figures.CSV, readsFigure))
	mux.HandleFunc("GET /assets/{name}", serveAsset)
	mux.HandleFunc("GET /favicon.ico", s.serveIcon)
	addAPI(s, mux, programs)
	if s.oncall != nil {
		s.addOnCall(mux)
	}

	plain := s.plainAddresses(mux)
	assistants := readsNothing.refuseOthers(mcp.Handler(s.version, plain), s.tellProblem)
	mux.Handle("POST /mcp", assistants)
	mux.Handle("GET /mcp", assistants) // tells that it is for POST

	mux.Handle("GET /metrics", watch.Metrics(collectors))
	mux.Handle("GET /live", readsNothing.refuseOthers(s.live, s.tellProblem))
	mux.HandleFunc("GET /readyz", watch.Readiness)
	mux.HandleFunc("GET /healthz", watch.Alive)
	mux.HandleFunc("GET /health", watch.Alive)
	mux.Handle("GET /", s.pageHandler(func(r *http.Request) (frame.View, error) { return frame.View{}, s.noPage(r) },
		anyParameters))
	return plain
}

// addPortfolioPages adds the page of all teams, and its tables.
func addPortfolioPages(s *Server, mux *http.ServeMux, portfolios *portfolio.Pages) {
	mux.Handle("GET /{$}", s.pageHandler(portfolios.Page, readsPortfolio))
	mux.Handle("GET /teams.csv", s.pageHandler(portfolios.TeamsCSV, readsQuarter))
	mux.Handle("GET /odds.csv", s.pageHandler(portfolios.OddsCSV, readsQuarter))
	mux.Handle("GET /oncall.csv", s.pageHandler(portfolios.OnCallCSV, readsQuarter))
	mux.Handle("GET /initiatives.csv", s.pageHandler(portfolios.InitiativesCSV, readsQuarter))
	for _, file := range []string{"changed", "between"} {
		mux.Handle("GET /"+file+".csv", s.pageHandler(portfolios.Compared(file), readsComparedQuarter))
	}
}

// addSprintPages adds the pages of sprints and of teams without one, with their tables, charts and reports.
func addSprintPages(s *Server, mux *http.ServeMux, sprints *sprint.Pages) {
	reports := &report.Pages{Teams: s.teams}
	mux.Handle("GET /teams/{team}", s.pageHandler(sprints.Page, readsCompared))
	mux.Handle("GET /teams/{team}/sprints/{id}", s.pageHandler(sprints.Page, readsCompared))
	mux.Handle("GET /teams/{team}/sprints/{id}/differences", s.pageHandler(reports.Page, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/differences.csv", s.pageHandler(reports.DifferencesCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/ledger.csv", s.pageHandler(sprints.LedgerCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/issues.csv", s.pageHandler(sprints.IssuesCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/impediments.csv", s.pageHandler(sprints.ImpedimentsCSV, readsMoment))
	mux.Handle("GET /teams/{team}/impediments.csv", s.pageHandler(sprints.ImpedimentsCSV, readsMoment))
	mux.Handle("GET /teams/{team}/natures.csv", s.pageHandler(sprints.NaturesCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/natures.csv", s.pageHandler(sprints.NaturesCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/sprints.csv", s.pageHandler(sprints.SprintsCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/report.csv", s.pageHandler(reports.ListsCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/reconciliation.csv",
		s.pageHandler(sprints.ReconciliationCSV, readsMoment))
	for _, file := range []string{"changed", "between"} {
		mux.Handle("GET /teams/{team}/sprints/{id}/"+file+".csv", s.pageHandler(sprints.Compared(file), readsCompared))
	}
	mux.Handle("GET /teams/{team}/sprints/{id}/callouts.csv", s.pageHandler(sprints.CalloutsCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/price.csv", s.pageHandler(sprints.PriceCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/days.csv", s.pageHandler(sprints.DaysCSV, readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/burndown.svg", s.pageHandler(sprints.Chart("burndown"), readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/impediments.svg",
		s.pageHandler(sprints.Chart("impediments"), readsMoment))
	mux.Handle("GET /teams/{team}/sprints/{id}/velocity.svg", s.pageHandler(sprints.Chart("velocity"), readsMoment))
}

// addRoadmapPages adds the pages of quarters, with their tables and charts.
func addRoadmapPages(s *Server, mux *http.ServeMux) {
	roadmaps := &roadmap.Pages{Teams: s.teams}
	mux.Handle("GET /teams/{team}/roadmap", s.pageHandler(roadmaps.Page, readsRoadmap))
	mux.Handle("GET /teams/{team}/epics-without-quarter.csv", s.pageHandler(roadmaps.LooseEpicsCSV, readsMoment))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/epics.csv", s.pageHandler(roadmaps.EpicsCSV, readsMoment))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/{file}", s.pageHandler(roadmaps.ForecastFile, readsMoment))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/weekly.csv", s.pageHandler(roadmaps.WeeklyCSV, readsMoment))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/burnup.csv", s.pageHandler(roadmaps.BurnupCSV, readsMoment))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/whatif.csv", s.pageHandler(roadmaps.WhatIfCSV, readsWhatIf))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/mix.csv", s.pageHandler(roadmaps.MixFile, readsMoment))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/told.csv", s.pageHandler(roadmaps.ToldFile, readsMoment))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/burnups.csv", s.pageHandler(roadmaps.BurnupsFile, readsMoment))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/told.svg", s.pageHandler(roadmaps.Chart("told"), readsMoment))
	for _, file := range []string{"changed", "between"} {
		mux.Handle("GET /teams/{team}/quarters/{quarter}/"+file+".csv",
			s.pageHandler(roadmaps.Compared(file), readsCompared))
	}
	mux.Handle("GET /teams/{team}/quarters/{quarter}/burnup.svg", s.pageHandler(roadmaps.Chart("burnup"), readsMoment))
	mux.Handle("GET /teams/{team}/quarters/{quarter}/weekly.svg", s.pageHandler(roadmaps.Chart("weekly"), readsMoment))
}

// addFlowPages adds the pages of flow, with their tables and charts.
func addFlowPages(s *Server, mux *http.ServeMux, flows *flow.Pages) {
	mux.Handle("GET /teams/{team}/flow", s.pageHandler(flows.Page, readsFlow))
	for _, file := range []string{"changed", "between"} {
		mux.Handle("GET /teams/{team}/flow/"+file+".csv", s.pageHandler(flows.Compared(file), readsFlow))
	}
	mux.Handle("GET /teams/{team}/flow/{file}", s.pageHandler(flows.File, readsSpan))
}

// addIssuePages adds the pages of issues, with their tables and charts.
func addIssuePages(s *Server, mux *http.ServeMux) {
	issues := &issue.Pages{Teams: s.teams}
	mux.Handle("GET /teams/{team}/issues/{key}", s.pageHandler(issues.Page, readsCompared))
	for _, file := range []string{"changed", "between"} {
		mux.Handle("GET /teams/{team}/issues/{key}/"+file+".csv", s.pageHandler(issues.Compared(file), readsCompared))
	}
	mux.Handle("GET /teams/{team}/issues/{key}/history.csv", s.pageHandler(issues.HistoryCSV, readsMoment))
	mux.Handle("GET /teams/{team}/issues/{key}/counts.csv", s.pageHandler(issues.CountsCSV, readsMoment))
	mux.Handle("GET /teams/{team}/issues/{key}/timeline.svg", s.pageHandler(issues.TimelineSVG, readsMoment))
}

// addAPI adds the addresses that answer programs with JSON.
func addAPI(s *Server, mux *http.ServeMux, programs *api.Answers) {
	mux.Handle("GET /api/v1/teams", s.jsonHandler(programs.TeamList, readsMoment))
	mux.Handle("GET /api/v1/teams/{team}/sprints", s.jsonHandler(programs.Sprints, readsMoment))
	mux.Handle("GET /api/v1/teams/{team}/sprints/{id}", s.jsonHandler(programs.Sprint, readsCompared))
	mux.Handle("GET /api/v1/teams/{team}/issues/{key}", s.jsonHandler(programs.Issue, readsMoment))
	mux.Handle("GET /api/v1/teams/{team}/quarters", s.jsonHandler(programs.Quarters, readsMoment))
	mux.Handle("GET /api/v1/teams/{team}/quarters/{quarter}", s.jsonHandler(programs.Quarter, readsCompared))
	mux.Handle("GET /api/v1/teams/{team}/sprints/{id}/differences", s.jsonHandler(programs.Differences, readsMoment))
	mux.Handle("GET /api/v1/teams/{team}/flow", s.jsonHandler(programs.Flow, readsSpan))
	mux.Handle("GET /api/v1/teams/{team}/late", s.jsonHandler(programs.Late, readsMoment))
	mux.Handle("GET /api/v1/teams/{team}/mix", s.jsonHandler(programs.Mix, parameters{"quarters", "at"}))
	mux.Handle("GET /api/v1/teams/{team}/forecast", s.jsonHandler(programs.Forecast, readsForecast))
	mux.Handle("GET /api/v1/teams/{team}/forecasts", s.jsonHandler(programs.Forecasts, readsQuarter))
	mux.Handle("GET /api/v1/forecast", s.jsonHandler(programs.Initiative, parameters{"initiative", "quarter", "at"}))
	mux.Handle("GET /api/v1/portfolio", s.jsonHandler(programs.Portfolio, readsQuarter))
	mux.Handle("GET /api/v1/explain", s.jsonHandler(programs.Explain, readsFigure))
	mux.Handle("GET /api/v1/series", s.jsonHandler(programs.Series, readsSeries))
	mux.Handle("GET /api/v1/openapi.json", s.jsonHandler(programs.Description, readsNothing))
	nothing := s.jsonHandler(func(r *http.Request) (any, error) { return nil, s.noAnswer(r) }, anyParameters)
	mux.Handle("GET /api", nothing)
	mux.Handle("GET /api/", nothing)
}

// jsonHandler makes a handler of a function that answers with a value, and reads so many parameters.
func (s *Server) jsonHandler(answer func(*http.Request) (any, error), reads parameters) http.Handler {
	return s.withKeptAnswers(reads, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = asked.WithMoments(r)
		value, err := answer(r)
		asked.MomentsOf(r).Tell(w.Header())
		if err != nil {
			s.tellProblem(w, r, s.teams.ProblemOf(err))
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		if long, ok := value.(frame.LongAnswer); ok {
			_ = answers.Stream(w, long.Weight, long.Write) // an answer that is kept takes everything
			return
		}
		var text bytes.Buffer
		enc := json.NewEncoder(&text)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(value); err != nil {
			s.log.Error("answer cannot be written as JSON", "path", format.OneLine(r.URL.Path), "error",
				format.OneLine(err.Error()))
			s.tellProblem(w, r, s.teams.Faulty(r))
			return
		}
		_, _ = w.Write(s.base.inJSON(series.SafeJSON(text.Bytes()))) // who asked may have gone
	}))
}
