package fakejira

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

var (
	projectsAsked = regexp.MustCompile(`project (?:=|in) \(?((?:"[^"]+"(?:, )?)+)\)?`)
	updatedAsked  = regexp.MustCompile(`updated >= (\d+)`)
	otherProjects = "project != " // no issue of another project stands in an epic or a sprint
)

// findIssues returns the issues that a question of Jerem matches.
func findIssues(s *Site, jql string) []*issue {
	m := projectsAsked.FindStringSubmatch(jql)
	if m == nil || strings.Contains(jql, otherProjects) {
		return nil
	}
	asked := map[string]bool{}
	for _, key := range strings.Split(m[1], ", ") {
		asked[strings.Trim(key, `"`)] = true
	}
	since := int64(0)
	if m := updatedAsked.FindStringSubmatch(jql); m != nil {
		since, _ = strconv.ParseInt(m[1], 10, 64)
	}
	var out []*issue
	for _, i := range s.issues {
		if asked[i.project.key] && i.updated >= since {
			out = append(out, i)
		}
	}
	return out
}

// searchIssues answers with ids, 5,000 at a time, or with the moments of the last changes, 100 at a time, as a Cloud
// does.
func (s *Site) searchIssues(w http.ResponseWriter, r *http.Request) {
	var question struct {
		JQL    string   `json:"jql"`
		Token  string   `json:"nextPageToken"`
		Fields []string `json:"fields"`
		Size   int      `json:"maxResults"`
	}
	if !readQuestion(w, r, &question) {
		return
	}
	light := len(question.Fields) == 1 && question.Fields[0] == "id"
	size := 100
	if light {
		size = 5000
	}
	if question.Size > 0 {
		size = min(size, question.Size)
	}
	list := findIssues(s, question.JQL)
	start, _ := strconv.Atoi(question.Token)
	start = min(start, len(list))
	end := min(len(list), start+size)
	var b bytes.Buffer
	b.WriteString(`{"issues":[`)
	for n, i := range list[start:end] {
		writeComma(&b, n)
		if light {
			fmt.Fprintf(&b, `{"id":"%d"}`, i.id)
		} else {
			fmt.Fprintf(&b, `{"id":"%d","self":"%s/rest/api/3/issue/%d","key":"%s","fields":{"updated":"%s"}}`, i.id,
				s.options.Address, i.id, i.issueKey(), renderTime(i.updated))
		}
	}
	b.WriteString(`]`)
	if end < len(list) {
		fmt.Fprintf(&b, `,"nextPageToken":"%d","isLast":false}`, end)
	} else {
		b.WriteString(`,"isLast":true}`)
	}
	sendBytes(w, b.Bytes())
}

// bulkQuestion is what bulk reads are asked.
type bulkQuestion struct {
	IDs   []string `json:"issueIdsOrKeys"`
	Most  int      `json:"maxResults"`
	Token string   `json:"nextPageToken"`
}

// askedIssues returns the issues that a bulk read is for, in the order of the question.
func askedIssues(s *Site, q bulkQuestion) []*issue {
	var out []*issue
	for _, text := range q.IDs {
		id, _ := strconv.ParseInt(text, 10, 64)
		if i := s.byID[id]; i != nil {
			out = append(out, i)
		}
	}
	return out
}

func (s *Site) bulkIssues(w http.ResponseWriter, r *http.Request) {
	var question bulkQuestion
	if !readQuestion(w, r, &question) {
		return
	}
	body := newAnswer(w)
	body.writeText(`{"expand":"schema,names","issues":[`)
	for n, i := range askedIssues(s, question) {
		body.writeComma(n)
		body.writeBytes(i.fields)
	}
	body.writeText(`],"issueErrors":[]}`)
	s.counts.countBytes(body.finishAnswer())
}

// bulkHistories answers with the entries of the histories of issues, page by page.
func (s *Site) bulkHistories(w http.ResponseWriter, r *http.Request) {
	question := bulkQuestion{Most: 1000}
	if !readQuestion(w, r, &question) {
		return
	}
	skip, _ := strconv.Atoi(question.Token)
	body := newAnswer(w)
	body.writeText(`{"issueChangeLogs":[`)
	told, passed, more := 0, 0, false
	first := true
	for _, i := range askedIssues(s, question) {
		begin := min(len(i.histories), max(0, skip-passed))
		end := min(len(i.histories), begin+question.Most-told)
		passed += len(i.histories)
		if begin == len(i.histories) {
			continue
		}
		if end <= begin {
			more = true
			break
		}
		if !first {
			body.writeText(",")
		}
		first = false
		body.writeText(`{"issueId":"` + strconv.FormatInt(i.id, 10) + `","changeHistories":[`)
		for n, e := range i.histories[begin:end] {
			body.writeComma(n)
			body.writeBytes(e.before)
			body.writeText(s.texts.people[e.author])
			body.writeBytes(e.after)
		}
		body.writeText(`]}`)
		told += end - begin
		if end < len(i.histories) {
			more = true
			break
		}
	}
	if more {
		body.writeText(`],"nextPageToken":"` + strconv.Itoa(skip+told) + `"}`)
	} else {
		body.writeText(`],"nextPageToken":null}`)
	}
	s.counts.countBytes(body.finishAnswer())
}
