package portfolio

import (
	"fmt"
	"html/template"
	"net/url"

	"jerem/agile"
	"jerem/measure"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
)

// teamRow is a team on the first page.
type teamRow struct {
	Name, Address, Until, Trouble                   string
	Roadmap, Slack, Progress, Share, Remaining, Why string // of the quarter
	Sprint, SprintNote, Hours, Count                string // of the sprint, and its impediments

	Unread bool // nothing was read of it, for what stands under the sentence

	Past bool          // the quarter is over: nothing of the sprint is told
	Bar  template.HTML // nothing where nothing is estimated
}

func (row *teamRow) fillQuarter(one computedTeam, at string) {
	w, q := format.WordsOf(one.team), one.quarter
	keep := ""
	row.Roadmap = row.Address + "/roadmap?quarter=" + q.Quarter
	if at != "" {
		keep = "?at=" + url.QueryEscape(at)
		row.Roadmap += "&at=" + url.QueryEscape(at)
	}
	row.Address += keep
	row.Until = w.Moment(one.team.Now())
	if one.at.Before(asked.KnownSince(one.team)) {
		row.Progress, row.SprintNote = "nothing is known then", "–"
		return
	}
	row.fillSprint(one, w)
	if len(q.Epics) == 0 {
		row.Progress = "no epic in " + q.Quarter
		return
	}
	row.Slack, row.Why = "–", whyOf(one)
	if drawer.WhyNoSlack(one.team, q) == "" {
		row.Slack = format.SignedDays(q.SlackDays)
	}
	row.Progress, row.Share, row.Remaining = "nothing is estimated", "–", "–"
	if q.Total > 0 {
		row.Progress = fmt.Sprintf("%s of %s", w.Amount(q.Done), w.Count(q.Total))
		row.Share, row.Remaining = format.Percent(q.Progression), w.Amount(q.Remaining)
	}
	row.Bar = frame.ShareMeter(q.Progression, "f-exp")
}

func (row *teamRow) fillSprint(one computedTeam, w format.Words) {
	id, ok := one.team.ActiveSprint(one.at)
	if !ok {
		row.SprintNote = "no sprint is active"
		if h := one.team.History(); h.Board == nil {
			row.SprintNote = "no board"
		} else if h.Board.Kind == agile.Kanban {
			row.SprintNote = "Kanban: no sprints"
		}
		row.fillImpedimentsLately(one)
		return
	}
	sp, err := one.team.NamedSprint(id, one.at)
	if err != nil || sp.Ledger == nil {
		return
	}
	row.Sprint = sp.Name
	row.SprintNote = "nothing to measure"
	if *sp.Scope > 0 {
		row.SprintNote = fmt.Sprintf("%s of %s", w.Amount(*sp.Completed), w.Count(*sp.Scope))
	}
	if others := len(measure.OthersActive(one.team, id, one.at)); others > 0 {
		row.SprintNote += fmt.Sprintf(", one of %d active", others+1)
	}
	if sp.Impediments.TimeUnknown {
		row.Hours, row.Count = "time not read", format.Plural(sp.Impediments.Count, "issue")
		return
	}
	row.Hours, row.Count = "no time", format.Plural(sp.Impediments.Count, "issue")
	if sp.Impediments.Seconds == 0 && sp.Impediments.Count > 0 {
		return
	}
	row.Hours = format.HoursColumn(sp.Impediments.Seconds) + format.Thin + "h"
}

// fillImpedimentsLately tells the impediments of a team without an active sprint, where its page tells them too.
func (row *teamRow) fillImpedimentsLately(one computedTeam) {
	if len(one.team.Sprints(one.at)) > 0 {
		return
	}
	i, _ := measure.RecentImpediments(one.team, one.at)
	row.Hours = format.HoursColumn(i.Seconds) + format.Thin + "h"
	row.Count = format.Plural(i.Count, "issue") + " in four weeks"
	switch {
	case i.TimeUnknown:
		row.Hours = "time not read"
	case i.Seconds == 0 && i.Count > 0:
		row.Hours = "no time"
	}
}

// whyOf says in a few words what stands behind a team's slack, or why there is none.
func whyOf(one computedTeam) string {
	q := one.quarter
	switch why := drawer.WhyNoSlack(one.team, q); {
	case measure.HasEnded(one.team, lastDay(one), one.at):
		return "at the quarter's end"
	case why != "":
		return why
	case q.Remaining == 0 && q.OpenIssues() > 0:
		return "nothing that is estimated remains"
	case q.Remaining == 0:
		return "nothing remains"
	}
	return fmt.Sprintf("%d left, %d needed", q.WorkingDaysLeft, *q.DaysToComplete)
}
