package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// namedThing is anything with an id and a name.
type namedThing struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// bareIssues is a bulk read of issues, as far as a figure may rest on it.
type bareIssues struct {
	Issues []struct {
		ID     string `json:"id"`
		Key    string `json:"key"`
		Fields struct {
			Created    string      `json:"created"`
			Updated    string      `json:"updated"`
			Summary    string      `json:"summary"`
			Status     namedThing  `json:"status"`
			Type       namedThing  `json:"issuetype"`
			Project    namedThing  `json:"project"`
			Parent     namedThing  `json:"parent"`
			Labels     []string    `json:"labels"`
			Resolution *namedThing `json:"resolution"`
			Resolved   *string     `json:"resolutiondate"`
			Due        *string     `json:"duedate"`
			Fix        []namedThing
			Components []namedThing `json:"components"`
			Spent      *float64     `json:"timespent"`
			Points     *float64     `json:"customfield_10016"`
			Team       *namedThing  `json:"customfield_10032"`
			Sprints    []struct {
				ID int64 `json:"id"`
			} `json:"customfield_10020"`
		} `json:"fields"`
	} `json:"issues"`
}

// bareHistories is a page of histories.
type bareHistories struct {
	Logs []struct {
		ID        string `json:"issueId"`
		Histories []struct {
			ID      string `json:"id"`
			Created int64  `json:"created"`
			Items   []struct {
				Field      string  `json:"field"`
				FieldID    string  `json:"fieldId"`
				Type       string  `json:"fieldtype"`
				From       *string `json:"from"`
				FromString string  `json:"fromString"`
				To         *string `json:"to"`
				ToString   string  `json:"toString"`
			} `json:"items"`
		} `json:"changeHistories"`
	} `json:"issueChangeLogs"`
	Next string `json:"nextPageToken"`
}

// bareFields are the fields that a reading asks for.
var bareFields = strings.Fields("created updated summary status issuetype project parent labels resolution priority " +
	"resolutiondate duedate statuscategorychangedate fixVersions versions components timeoriginalestimate " +
	"timeestimate timespent customfield_10020 customfield_10014 customfield_10021 customfield_10016 " +
	"customfield_10031 customfield_10032 customfield_10033 customfield_10015")

// download asks a Jira what a first reading asks, one question after another, decodes the answers and drops them: the
// limit of a first reading.
type download struct {
	address  string
	requests int
	bytes    int64
}

// downloadBare is the command that downloads everything: bare ADDRESS PROJECTS.
func downloadBare(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 2 {
		return fmt.Errorf("bare ADDRESS PROJECTS")
	}
	d := &download{address: args[0]}
	ids, err := d.listIssues(ctx, args[1])
	for n := 0; err == nil && n < len(ids); n += 1000 {
		err = d.readIssues(ctx, ids[n:min(len(ids), n+1000)])
	}
	if err == nil {
		err = d.readWorklogs(ctx)
	}
	fmt.Fprintf(out, "%d issues, %d requests, %d bytes\n", len(ids), d.requests, d.bytes)
	return err
}

func (d *download) listIssues(ctx context.Context, projects string) (ids []string, err error) {
	question := map[string]any{"fields": []string{"id"}, "maxResults": 5000,
		"jql": `project in ("` + strings.ReplaceAll(projects, ",", `", "`) + `") ORDER BY created ASC`}
	for {
		var page struct {
			Issues []struct {
				ID string `json:"id"`
			} `json:"issues"`
			Next string `json:"nextPageToken"`
		}
		if err := d.askJira(ctx, "/rest/api/3/search/jql", question, &page); err != nil {
			return nil, err
		}
		for _, i := range page.Issues {
			ids = append(ids, i.ID)
		}
		if page.Next == "" {
			return ids, nil
		}
		question["nextPageToken"] = page.Next
	}
}

func (d *download) readIssues(ctx context.Context, ids []string) error {
	var issues bareIssues
	question := map[string]any{"issueIdsOrKeys": ids, "fields": bareFields}
	if err := d.askJira(ctx, "/rest/api/3/issue/bulkfetch", question, &issues); err != nil {
		return err
	}
	question = map[string]any{"issueIdsOrKeys": ids, "maxResults": 10_000}
	for {
		var page bareHistories
		if err := d.askJira(ctx, "/rest/api/3/changelog/bulkfetch", question, &page); err != nil || page.Next == "" {
			return err
		}
		question["nextPageToken"] = page.Next
	}
}

func (d *download) readWorklogs(ctx context.Context) error {
	for since := int64(0); ; {
		var page struct {
			Values []struct {
				ID int64 `json:"worklogId"`
			} `json:"values"`
			Until int64 `json:"until"`
			Last  bool  `json:"lastPage"`
		}
		err := d.askJira(ctx, "/rest/api/3/worklog/updated?since="+strconv.FormatInt(since, 10), nil, &page)
		if err != nil {
			return err
		}
		var ids []int64
		for _, v := range page.Values {
			ids = append(ids, v.ID)
		}
		var logs []struct {
			ID, IssueID, Started, Created string
			TimeSpentSeconds              int64
		}
		if len(ids) > 0 {
			if err := d.askJira(ctx, "/rest/api/3/worklog/list", map[string]any{"ids": ids}, &logs); err != nil {
				return err
			}
		}
		if page.Last || page.Until <= since {
			return nil
		}
		since = page.Until
	}
}

// askJira sends a question and reads the answer; nil is a question without a body.
func (d *download) askJira(ctx context.Context, place string, question, into any) error {
	method, body := http.MethodGet, []byte(nil)
	if question != nil {
		method = http.MethodPost
		var err error
		if body, err = json.Marshal(question); err != nil {
			return err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, d.address+place, bytes.NewReader(body))
	if err != nil {
		return err
	}
	d.requests++
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	d.bytes += int64(len(answer))
	return json.Unmarshal(answer, into)
}
