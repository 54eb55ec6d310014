package api

import (
	"bytes"
	"io"
	"net/http"
	"regexp"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/issuehistory"
	"jerem/measure/timeseries"
	"jerem/series"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/source"
)

// teamLine is a team as the API lists it.
type teamLine struct {
	Name      string           `json:"name"`
	Project   string           `json:"project"`
	Board     *int64           `json:"board"`
	Kind      *agile.BoardKind `json:"kind"`
	Unit      *agile.Unit      `json:"unit"`
	ReadUntil *time.Time       `json:"read_until"`
	Behind    *source.Trouble  `json:"behind"` // why the figures are not new; null while they are
}

// TeamList answers with the teams and how far each was read.
func (s *Answers) TeamList(r *http.Request) (any, error) {
	if _, _, err := asked.ReadMoment(r, "at"); err != nil {
		return nil, err
	}
	lines := []teamLine{}
	troubles := s.Teams.Troubles(r.Context())
	for _, conf := range s.Teams.List {
		line := teamLine{Name: conf.Name, Project: conf.Project, Behind: source.BehindOf(troubles, conf.Name)}
		team, err := s.Teams.Team(r.Context(), conf.Name)
		if err != nil && s.Teams.ProblemOf(err).Code != frame.NotReadYet {
			return nil, err
		}
		if err == nil {
			h, unit, until := team.History(), team.Unit(), team.Now().UTC()
			line.Unit, line.ReadUntil = &unit, &until
			if h.Board != nil {
				line.Board, line.Kind = &h.Board.ID, &h.Board.Kind
			}
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// Sprints answers with the sprints of a team, oldest first.
func (s *Answers) Sprints(r *http.Request) (any, error) {
	team, at, err := s.Teams.Asked(r)
	if err != nil {
		return nil, err
	}
	if measure.SprintsUnknown(team) {
		return nil, nil // not read, which is not that there are none
	}
	heads := team.Sprints(at)
	names := measure.DistinctNames(heads)
	current, found := team.ActiveSprint(at)
	lines := make([]sprintLine, 0, len(heads))
	for _, h := range heads {
		lines = append(lines, sprintLine{h, names[h.ID], found && h.ID == current})
	}
	return lines, nil
}

// sprintLine is a sprint of a team.
type sprintLine struct {
	measure.SprintHead
	Label   string `json:"label"`   // tells it from the team's other sprints, as in series
	Current bool   `json:"current"` // of those that are active the one that is meant where none is named
}

// otherSprint is a sprint that is active beside the one asked for.
type otherSprint struct {
	ID    int64  `json:"id"`
	Label string `json:"label"`
}

// tellSprint answers with the figures of a sprint, its label, and what else is active.
func tellSprint(team *measure.Team, sp *measure.Sprint, at time.Time, asked string) explainedSprint {
	out := explainedSprint{Sprint: sp, Label: measure.DistinctNames(team.Sprints(at))[sp.ID],
		Others: []otherSprint{}, Explain: explainSprint(team, sp, asked)}
	for _, h := range measure.OthersActive(team, sp.ID, at) {
		out.Others = append(out.Others, otherSprint{h.ID, h.Name})
	}
	return out
}

// Sprint answers with the figures of a sprint.
func (s *Answers) Sprint(r *http.Request) (any, error) {
	team, at, err := s.Teams.Asked(r)
	if err != nil {
		return nil, err
	}
	sp, err := source.SprintOf(team, r.PathValue("id"), at)
	if err != nil {
		return nil, err
	}
	answer := tellSprint(team, sp, at, frame.AskedAt(r.URL.RawQuery))
	with, named, err := asked.ComparedMoment(r, team)
	if err != nil || !named {
		return answer, err
	}
	other, err := team.Sprint(sp.ID, with)
	if err != nil {
		return nil, err
	}
	before := tellSprint(team, other, with, r.URL.Query().Get("with"))
	answer.With = &before
	from, to := sprintFigures(team, other), sprintFigures(team, sp)
	answer.Changed = changedFigures(withRowsOf(to, from, other), withRowsOf(from, to, sp))
	return answer, nil
}

// sprintFigures opens the figures of a sprint, those of each nature and of call-outs among them.
func sprintFigures(team *measure.Team, sp *measure.Sprint) []explanation.Explanation {
	return slices.Concat(explain.SprintDays(team, sp), explain.Sprint(team, sp), explain.Natures(team, sp),
		explain.OnCall(sp), explain.OnCallParts(sp), explain.OnCallRules(sp))
}

// withRowsOf adds to the figures of a sprint the natures and alert rules that it has as of another moment alone: of
// what is known of it they have nothing.
func withRowsOf(other, list []explanation.Explanation, sp *measure.Sprint) []explanation.Explanation {
	for _, e := range other {
		known := sp.Impediments != nil && (e.Figure.Unit != catalogue.UnitSeconds || !sp.Impediments.TimeUnknown)
		if e.Figure.Of == catalogue.OfOnCall {
			known = sp.OnCall != nil
		}
		has := slices.ContainsFunc(list, func(o explanation.Explanation) bool {
			return o.Figure.Name == e.Figure.Name && o.Row == e.Row
		})
		if e.Row != "" && known && !has {
			list = append(list, explanation.Explanation{Figure: e.Figure, Row: e.Row, Value: explanation.Number(0)})
		}
	}
	return list
}

// Issue answers with the timelines of an issue.
func (s *Answers) Issue(r *http.Request) (any, error) {
	team, at, err := s.Teams.Asked(r)
	if err != nil {
		return nil, err
	}
	life, ok := issuehistory.Of(team, r.PathValue("key"), at)
	if !ok {
		return nil, frame.NewProblem(
			http.StatusNotFound,
			"unknown_issue",
			"Issues outside the team's project and sprints are not read.",
			"team %s: no issue %q at that moment",
			r.PathValue("team"),
			r.PathValue("key"),
		)
	}
	return life, nil
}

// Series answers with the series of the teams, as the export writes them.
func (s *Answers) Series(r *http.Request) (any, error) {
	class, err := regexp.Compile(r.URL.Query().Get("class"))
	if err != nil {
		return nil, frame.NewProblem(
			http.StatusBadRequest,
			"bad_class",
			"class is a regular expression, for example ^jerem\\.jira\\.sprint\\.",
			"class: %v",
			err,
		)
	}
	pack, packed := &series.Pack{}, false
	var ahead error // of a team whose last reading ended long before the span begins
	for _, conf := range s.Teams.List {
		if name := r.URL.Query().Get("team"); name != "" && name != conf.Name {
			continue
		}
		wrong, err := packSeriesOf(s, r, conf, class, pack)
		if err != nil {
			return nil, err
		}
		if wrong != nil {
			ahead = wrong
			continue // a team that is behind keeps no other back
		}
		packed = true
	}
	if ahead != nil && !packed {
		return nil, ahead
	}
	if name := r.URL.Query().Get("team"); name != "" {
		if _, err := s.Teams.Config(name); err != nil {
			return nil, err
		}
	}
	return longAnswerOf(pack), nil
}

// packSeriesOf packs the series of one team in the window that a request names, those of the classes that match, beside
// those of other teams. ahead says that the window begins long after the team's last reading.
func packSeriesOf(s *Answers, r *http.Request, conf agile.Team, class *regexp.Regexp, pack *series.Pack) (ahead,
	err error) {
	team, err := s.Teams.Team(r.Context(), conf.Name)
	if err != nil {
		return nil, err
	}
	from, to, err := asked.Window(r, team)
	if err != nil {
		return nil, err
	}
	if ahead := asked.CheckAhead(from, to); ahead != nil {
		return ahead, nil
	}
	told, err := s.Teams.Told(r.Context(), team)
	if err != nil {
		return nil, err
	}
	return nil, timeseries.AddToldTo(r.Context(), pack, team, from, to, class.MatchString, told)
}

// longAnswerOf answers with the lines of the JSON export as one array, in the order of the export: of class, then of
// labels. What is held until all of it is sent are the packed points.
func longAnswerOf(pack *series.Pack) frame.LongAnswer {
	return frame.LongAnswer{Weight: pack.Size(), Write: func(to io.Writer) error { return writeArray(to, pack) }}
}

// writeArray writes series as an array of JSON, one at a time.
func writeArray(to io.Writer, pack *series.Pack) error {
	between := "["
	for one := range pack.Each() {
		var line bytes.Buffer
		line.WriteString(between)
		if err := series.WriteJSON(&line, slices.Values([]series.Series{one})); err != nil {
			return err
		}
		if _, err := to.Write(bytes.TrimRight(line.Bytes(), "\n")); err != nil {
			return err
		}
		between = ",\n"
	}
	end := "]\n"
	if between == "[" {
		end = "[]\n"
	}
	_, err := io.WriteString(to, end)
	return err
}
