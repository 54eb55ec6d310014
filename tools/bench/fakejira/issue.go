package fakejira

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	hour = int64(time.Hour / time.Millisecond)
	day  = 24 * hour
)

// issue is an issue with what answers tell of it. Moments are milliseconds since 1970.
type issue struct {
	id, number       int64
	project          *project
	created, updated int64
	epic             *issue // nil for an epic
	isEpic           bool
	labels           []string
	status           int // in statuses
	points           int
	sprints          []*sprint
	resolved         int64
	logged           bool
	fields           []byte // as answers tell it
	histories        []entry
}

// entry is an entry of a history: what stands before and after who made it.
type entry struct {
	before, after []byte
	author        int
}

func (i *issue) issueKey() string { return fmt.Sprintf("%s-%d", i.project.key, i.number) }

// makeIssues makes all issues with their histories.
func makeIssues(s *Site, first time.Time) {
	begin, end := first.UnixMilli(), s.began.UnixMilli()-2*hour
	each := s.options.Issues / len(s.projects)
	epics := min(epicsPerProject, max(1, each/8))
	for _, p := range s.projects {
		for n := range epics {
			addEpic(s, p, n, epics, begin, end)
		}
	}
	for n := range each - epics {
		for _, p := range s.projects {
			addWork(s, p, n, each-epics, begin, end)
		}
	}
	slices.SortFunc(s.logs, func(a, b worklog) int { return int(a.created - b.created) })
	for _, i := range s.issues {
		i.fields = s.texts.renderIssue(i)
	}
}

func addIssue(s *Site, i *issue) {
	i.id = int64(10_001 + len(s.issues))
	i.updated = i.created
	s.issues = append(s.issues, i)
	s.byID[i.id] = i
}

// addEpic adds the nth epic of a project. Epics are spread over the quarters of its history; most are done.
func addEpic(s *Site, p *project, n, of int, begin, end int64) {
	quarter := time.UnixMilli(begin).UTC().AddDate(0, 3*(n*years*4/of)+2, 0)
	i := &issue{number: int64(n + 1), project: p, isEpic: true,
		created: begin - 30*day + int64(n)*hour + int64(p.number)}
	i.labels = []string{fmt.Sprintf("Q%d-%02d", (int(quarter.Month())-1)/3+1, quarter.Year()%100),
		fmt.Sprintf("Project_P%d", n%12)}
	addIssue(s, i)
	p.epics = append(p.epics, i)
	addHistory(s, i, i.created+day, renderItem("labels", "jira", "labels", "", "", "", strings.Join(i.labels, " ")))
	from := quarter.UnixMilli()
	if from < end {
		addHistory(s, i, max(i.created+2*day, from-40*day), i.moveTo(inProgress))
	}
	if at := from + 80*day; at < end && n%6 != 5 {
		finishIssue(s, i, at)
	}
}

// addWork adds the nth issue of a project that is no epic, and what happened to it.
func addWork(s *Site, p *project, n, of int, begin, end int64) {
	span := end - begin
	i := &issue{number: int64(n + 100), project: p, created: begin + span*int64(n)/int64(of) + int64(p.number)*1000}
	quarter := int((i.created - begin) * years * 4 / (span + 1))
	perQuarter := max(1, len(p.epics)/(years*4))
	i.epic = p.epics[min(len(p.epics)-1, quarter*len(p.epics)/(years*4)+n%perQuarter)]
	if n%9 == 0 {
		i.labels = []string{"impediment"}
	}
	addIssue(s, i)
	at := i.created
	for _, step := range workSteps(s, i, n, begin) {
		at += step.hours*hour + int64(n%59)*60_000 + int64(n%977)
		if at >= end {
			break
		}
		step.take(at)
	}
	if n%loggedShare == 0 && i.updated > i.created+day {
		logTime(s, i, n, end)
	}
}

// workStep is something that happens to an issue some hours after what happened before.
type workStep struct {
	hours int64
	take  func(at int64)
}

// workSteps is what happens to an issue over about three weeks: ten entries in its history.
func workSteps(s *Site, i *issue, n int, begin int64) []workStep {
	list := i.project.sprints
	number := int((i.created-begin)/(14*day)) + n%2
	in, next := list[min(number, len(list)-1)], list[min(number+1, len(list)-1)]
	estimate := func(points int) func(int64) {
		return func(at int64) { addHistory(s, i, at, i.estimateText(1+points%8)) }
	}
	move := func(status int) func(int64) {
		return func(at int64) { addHistory(s, i, at, i.moveTo(status)) }
	}
	return []workStep{
		{5, estimate(n)},
		{20, func(at int64) { addHistory(s, i, at, i.planFor(in)) }},
		{30, func(at int64) {
			addHistory(s, i, at, renderItem("assignee", "jira", "assignee", "", "", "acc-1", "Somebody 0001"))
		}},
		{24, move(inProgress)},
		{20, estimate(n + 2)},
		{26, move(inReview)},
		{60, func(at int64) {
			if n%4 == 0 && in.state == "closed" {
				addHistory(s, i, at, i.planFor(in, next))
			} else {
				addHistory(s, i, at, i.moveTo(inProgress))
			}
		}},
		{20, move(inReview)},
		{6, estimate(n + 3)},
		{30, func(at int64) {
			if n%10 == 9 {
				addHistory(s, i, at, i.moveTo(toDo))
			} else {
				finishIssue(s, i, at)
			}
		}},
	}
}

// addHistory adds an entry to a history.
func addHistory(s *Site, i *issue, at int64, items ...string) {
	s.entries++
	author := int(i.number+at/day) % people
	i.histories = append(i.histories, renderEntry(100_000+s.entries, author, at, items))
	i.updated = max(i.updated, at)
}

func finishIssue(s *Site, i *issue, at int64) {
	addHistory(s, i, at, i.moveTo(done), renderItem("resolution", "jira", "resolution", "", "", "10000", "Done"))
	i.resolved = at
}

// logTime logs time on an issue, twice.
func logTime(s *Site, i *issue, n int, end int64) {
	i.logged = true
	for l := range int64(2) {
		at := i.created + (l+1)*30*hour
		if at < end {
			s.logs = append(s.logs, worklog{int64(len(s.logs) + 1), i.id, at, at - hour, 3600 * (1 + n%4)})
		}
	}
}

func (i *issue) moveTo(status int) string {
	from, to := statuses[i.status], statuses[status]
	i.status = status
	return renderItem("status", "jira", "status", from.id, from.name, to.id, to.name)
}

func (i *issue) estimateText(points int) string {
	from := ""
	if i.points > 0 {
		from = fmt.Sprint(i.points)
	}
	i.points = points
	return renderItem("Story Points", "custom", "customfield_10016", "", from, "", fmt.Sprint(points))
}

func (i *issue) planFor(list ...*sprint) string {
	oldIDs, oldNames := joinSprints(i.sprints)
	newIDs, newNames := joinSprints(list)
	i.sprints = list
	return renderItem("Sprint", "custom", "customfield_10020", oldIDs, oldNames, newIDs, newNames)
}

func joinSprints(list []*sprint) (ids, names string) {
	var a, b []string
	for _, s := range list {
		a, b = append(a, fmt.Sprint(s.id)), append(b, s.name)
	}
	return strings.Join(a, ", "), strings.Join(b, ", ")
}
