package oncall

import (
	"fmt"
	"mime"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/roster"
	"jerem/web/format"
)

// nowRow is who is on duty in a rota.
type nowRow struct {
	Rota    string `json:"rota"`
	Team    string `json:"team"`
	Level   int    `json:"level"`
	Person  orNull `json:"person"`
	Planned orNull `json:"planned"`
	Since   moment `json:"since"`
	Until   moment `json:"until"`
	Gap     bool   `json:"gap"`
}

// answerNow tells who is on duty in each rota, now or at a moment.
func answerNow(q *question) (answer, error) {
	v, err := q.view()
	if err != nil {
		return answer{}, err
	}
	var at *calendar.Moment
	if text := q.URL.Query().Get("at"); text != "" {
		m, err := calendar.ParseMoment(text)
		if err != nil {
			return answer{}, invalidRequest(fmt.Sprintf("at %q is no time", format.OneLine(text)), momentHint)
		}
		at = &m
	}
	rows := []nowRow{}
	var text strings.Builder
	for _, s := range q.seenSchedules(v) {
		t := q.now
		if at != nil {
			t = at.First(s.ZoneAt(q.now)).Truncate(time.Second)
		}
		n := s.Now(t)
		rows = append(rows, nowRow{n.Rota, n.Team, n.Level, orNull(n.Person), orNull(n.Planned), moment{n.Since},
			moment{n.Until}, n.Gap})
		text.WriteString(n.Line() + "\n")
	}
	switch {
	case q.wantsText() && len(rows) == 0:
		return answer{text: "there is no rota\n"}, nil
	case q.wantsText():
		return answer{text: text.String()}, nil
	}
	return answer{value: rows}, nil
}

// seenSchedules returns the schedules of the rotas that the visitor may see.
func (q *question) seenSchedules(v *roster.View) []*oncall.Schedule {
	var out []*oncall.Schedule
	for _, s := range v.Schedules() {
		if roster.SeesRota(v, q.visitor.Actor, s) {
			out = append(out, s)
		}
	}
	return out
}

// wantsText tells whether a terminal asks: its first choice is plain text.
func (q *question) wantsText() bool {
	first, _, _ := strings.Cut(q.Header.Get("Accept"), ",")
	kind, _, err := mime.ParseMediaType(first)
	return err == nil && kind == "text/plain"
}

// segmentRow is covered time in which nothing changes.
type segmentRow struct {
	Start   moment  `json:"start"`
	End     moment  `json:"end"`
	Person  orNull  `json:"person"`
	Planned orNull  `json:"planned"`
	Turn    int     `json:"turn"`
	Version string  `json:"version"`
	Changes []int64 `json:"changes"`
}

// answerSegments tells the covered time of a rota in a span.
func answerSegments(q *question) (answer, error) {
	v, err := q.view()
	if err != nil {
		return answer{}, err
	}
	s, err := q.seenSchedule(v, q.PathValue("rota"))
	if err != nil {
		return answer{}, err
	}
	span, err := q.spanIn(s.ZoneAt(q.now))
	if err != nil {
		return answer{}, err
	}
	rows := []segmentRow{}
	for _, g := range s.Segments(span) {
		rows = append(rows, segmentRow{moment{g.Start}, moment{g.End}, orNull(g.Person), orNull(g.Planned),
			g.Turn.Index, g.Turn.Version.String(), append([]int64{}, g.Changes...)})
	}
	return answer{value: rows}, nil
}

// seenSchedule returns the schedule of a rota that the visitor may see; to them another one does not exist.
func (q *question) seenSchedule(v *roster.View, rota string) (*oncall.Schedule, error) {
	for _, s := range q.seenSchedules(v) {
		if s.Rota == rota {
			return s, nil
		}
	}
	return nil, notFound(fmt.Sprintf("there is no rota %q", format.OneLine(rota)),
		"See /api/v1/oncall/now for their names.")
}
