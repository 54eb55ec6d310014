package fakejira

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// listRoutes are the places of a Cloud that the site answers. Each holds the site for reading.
func (s *Site) listRoutes() map[string]http.HandlerFunc {
	out := map[string]http.HandlerFunc{
		"GET /rest/agile/1.0/board":                    s.listBoards,
		"GET /rest/agile/1.0/board/{id}/configuration": s.tellColumns,
		"GET /rest/agile/1.0/board/{id}/sprint":        s.listSprints,
		"GET /rest/agile/1.0/board/{id}":               s.tellBoard,
	}
	for _, root := range []string{"/rest/api/2", "/rest/api/3"} {
		out["GET "+root+"/serverInfo"] = s.tellServer
		out["GET "+root+"/myself"] = func(w http.ResponseWriter, _ *http.Request) { sendText(w, s.texts.people[0]) }
		out["GET "+root+"/field"] = func(w http.ResponseWriter, _ *http.Request) { sendText(w, fieldList) }
		out["GET "+root+"/status"] = func(w http.ResponseWriter, _ *http.Request) { sendList(w, s.texts.statuses) }
		out["GET "+root+"/issuetype"] = func(w http.ResponseWriter, _ *http.Request) { sendList(w, s.texts.types) }
		out["GET "+root+"/project/search"] = s.listProjects
		out["GET "+root+"/project/{key}"] = s.tellProject
		out["POST "+root+"/search/jql"] = s.searchIssues
		out["POST "+root+"/issue/bulkfetch"] = s.bulkIssues
		out["POST "+root+"/changelog/bulkfetch"] = s.bulkHistories
		out["GET "+root+"/worklog/updated"] = s.listWorklogs
		out["GET "+root+"/worklog/deleted"] = func(w http.ResponseWriter, _ *http.Request) {
			sendText(w, `{"values":[],"since":0,"until":0,"lastPage":true}`)
		}
		out["POST "+root+"/worklog/list"] = s.tellWorklogs
		out["GET "+root+"/issue/{key}/worklog"] = s.tellIssueWorklogs
	}
	return out
}

func sendText(w http.ResponseWriter, text string) { sendBytes(w, []byte(text)) }

func sendList(w http.ResponseWriter, list []string) { sendText(w, "["+strings.Join(list, ",")+"]") }

func sendBytes(w http.ResponseWriter, body []byte) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}

func (s *Site) tellServer(w http.ResponseWriter, _ *http.Request) {
	sendText(w, fmt.Sprintf(`{"baseUrl":"%s","version":"1001.0.0-SNAPSHOT","versionNumbers":[1001,0,0],`+
		`"deploymentType":"Cloud","buildNumber":100300,"serverTime":"%s","serverTitle":"Jira"}`,
		s.options.Address, renderTime(s.clockTime().UnixMilli())))
}

// renderPage renders a page of a list by startAt, as boards, sprints and projects come.
func renderPage(r *http.Request, texts []string) string {
	start, _ := strconv.Atoi(r.URL.Query().Get("startAt"))
	start = min(start, len(texts))
	end := min(len(texts), start+50)
	return fmt.Sprintf(`{"maxResults":50,"startAt":%d,"total":%d,"isLast":%v,"values":[%s]}`, start, len(texts),
		end == len(texts), strings.Join(texts[start:end], ","))
}

func (s *Site) listProjects(w http.ResponseWriter, r *http.Request) {
	var texts []string
	keys := r.URL.Query()["keys"]
	for _, p := range s.projects {
		if len(keys) == 0 || slices.Contains(keys, p.key) {
			texts = append(texts, p.text)
		}
	}
	sendText(w, renderPage(r, texts))
}

// projectNamed finds a project by its key or id.
func projectNamed(s *Site, text string) *project {
	for _, p := range s.projects {
		if p.key == text || strconv.Itoa(10_000+p.number) == text {
			return p
		}
	}
	return nil
}

func (s *Site) tellProject(w http.ResponseWriter, r *http.Request) {
	if p := projectNamed(s, r.PathValue("key")); p != nil {
		sendText(w, p.text)
		return
	}
	http.Error(w, `{"errorMessages":["No project could be found with key."],"errors":{}}`, http.StatusNotFound)
}

func renderBoard(address string, p *project) string {
	return fmt.Sprintf(`{"id":%d,"self":"%s/rest/agile/1.0/board/%d","name":"%s board","type":"scrum","location":`+
		`{"projectId":%d,"projectName":"Project %s","projectKey":"%s"},"isPrivate":false}`, p.number+1,
		address, p.number+1, p.key, 10_000+p.number, p.key, p.key)
}

func (s *Site) listBoards(w http.ResponseWriter, r *http.Request) {
	var texts []string
	for _, p := range s.projects {
		asked := r.URL.Query().Get("projectKeyOrId")
		if asked == "" || projectNamed(s, asked) == p {
			texts = append(texts, renderBoard(s.options.Address, p))
		}
	}
	sendText(w, renderPage(r, texts))
}

// projectOfBoard finds the project of the board that an address names.
func projectOfBoard(s *Site, w http.ResponseWriter, r *http.Request) *project {
	id, _ := strconv.Atoi(r.PathValue("id"))
	if id < 1 || id > len(s.projects) {
		http.Error(w, `{"errorMessages":["No board with this id."],"errors":{}}`, http.StatusNotFound)
		return nil
	}
	return s.projects[id-1]
}

func (s *Site) tellBoard(w http.ResponseWriter, r *http.Request) {
	if p := projectOfBoard(s, w, r); p != nil {
		sendText(w, renderBoard(s.options.Address, p))
	}
}

func (s *Site) tellColumns(w http.ResponseWriter, r *http.Request) {
	p := projectOfBoard(s, w, r)
	if p == nil {
		return
	}
	column := func(name string, numbers ...int) string {
		var list []string
		for _, n := range numbers {
			list = append(list, fmt.Sprintf(`{"id":"%s"}`, statuses[n].id))
		}
		return fmt.Sprintf(`{"name":"%s","statuses":[%s]}`, name, strings.Join(list, ","))
	}
	sendText(w, fmt.Sprintf(`{"id":%d,"name":"%s board","type":"scrum","columnConfig":{"columns":[%s,%s,%s]},`+
		`"estimation":{"type":"field","field":{"fieldId":"customfield_10016","displayName":"Story Points"}}}`,
		p.number+1, p.key, column("To Do", toDo), column("In Progress", inProgress, inReview), column("Done", done)))
}

func (s *Site) listSprints(w http.ResponseWriter, r *http.Request) {
	p := projectOfBoard(s, w, r)
	if p == nil {
		return
	}
	var texts []string
	states := r.URL.Query().Get("state")
	for _, sp := range p.sprints {
		if states != "" && !slices.Contains(strings.Split(states, ","), sp.state) {
			continue
		}
		texts = append(texts, fmt.Sprintf(`{"id":%d,"self":"%s/rest/agile/1.0/sprint/%d","state":"%s","name":"%s",`+
			`"createdDate":"2020-01-01T00:00:00.000Z","originBoardId":%d,"goal":""%s}`, sp.id, s.options.Address, sp.id,
			sp.state, sp.name, p.number+1, renderSprintDates(sp)))
	}
	sendText(w, renderPage(r, texts))
}

// listWorklogs lists the ids of worklogs by when they were logged, a thousand at a time.
func (s *Site) listWorklogs(w http.ResponseWriter, r *http.Request) {
	since, _ := strconv.ParseInt(r.URL.Query().Get("since"), 10, 64)
	first := firstLogSince(s, since)
	part := s.logs[first:min(len(s.logs), first+1000)]
	until := s.clockTime().UnixMilli() - 60_000
	if len(part) > 0 {
		until = part[len(part)-1].created
	}
	var b bytes.Buffer
	b.WriteString(`{"values":[`)
	for n, l := range part {
		writeComma(&b, n)
		fmt.Fprintf(&b, `{"worklogId":%d,"updatedTime":%d,"properties":[]}`, l.id, l.created)
	}
	fmt.Fprintf(&b, `],"since":%d,"until":%d,"lastPage":%v}`, since, until, first+1000 >= len(s.logs))
	sendBytes(w, b.Bytes())
}

func firstLogSince(s *Site, since int64) int {
	for n, l := range s.logs {
		if l.created >= since {
			return n
		}
	}
	return len(s.logs)
}

func (s *Site) tellWorklogs(w http.ResponseWriter, r *http.Request) {
	var question struct {
		IDs []int64 `json:"ids"`
	}
	if !readQuestion(w, r, &question) {
		return
	}
	asked := map[int64]bool{}
	for _, id := range question.IDs {
		asked[id] = true
	}
	var b bytes.Buffer
	b.WriteByte('[')
	sent := 0
	for _, l := range s.logs {
		if !asked[l.id] {
			continue
		}
		writeComma(&b, sent)
		sent++
		fmt.Fprintf(&b, `{"self":"%s/rest/api/3/issue/%d/worklog/%d","author":%s,"updateAuthor":%s,"created":"%s",`+
			`"updated":"%s","started":"%s","timeSpent":"1h","timeSpentSeconds":%d,"id":"%d","issueId":"%d"}`,
			s.options.Address, l.issue, l.id, s.texts.people[1], s.texts.people[1], renderTime(l.created),
			renderTime(l.created), renderTime(l.started), l.seconds, l.id, l.issue)
	}
	b.WriteByte(']')
	sendBytes(w, b.Bytes())
}

func (s *Site) tellIssueWorklogs(w http.ResponseWriter, _ *http.Request) {
	sendText(w, `{"startAt":0,"maxResults":1000,"total":0,"worklogs":[]}`)
}

func readQuestion(w http.ResponseWriter, r *http.Request, into any) bool {
	err := json.NewDecoder(r.Body).Decode(into)
	if err != nil {
		http.Error(w, `{"errorMessages":["The question is no JSON."],"errors":{}}`, http.StatusBadRequest)
	}
	return err == nil
}

func writeComma(b *bytes.Buffer, n int) {
	if n > 0 {
		b.WriteByte(',')
	}
}
