package webhook

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"jerem/jira/wire"
)

// Hint says what a message is about.
type Hint struct {
	Issues   []int64  // ids
	Deleted  []int64  // ids of those that were deleted
	Logged   []int64  // ids of issues on which time was logged
	Projects []string // keys and ids of the projects of what it is about
	Boards   []int64  // whose sprints or columns may be others
}

// IsEmpty tells whether a hint is about nothing that is read.
func (h Hint) IsEmpty() bool { return len(h.Issues)+len(h.Logged)+len(h.Boards) == 0 }

// message is what is read of a message.
type message struct {
	Event string `json:"webhookEvent"`
	Issue struct {
		ID     wire.Text `json:"id"`
		Key    string    `json:"key"`
		Fields struct {
			Project struct {
				ID  wire.Text `json:"id"`
				Key string    `json:"key"`
			} `json:"project"`
		} `json:"fields"`
	} `json:"issue"`
	Sprint struct {
		Origin wire.Text `json:"originBoardId"`
	} `json:"sprint"`
	Board struct {
		ID wire.Text `json:"id"`
	} `json:"board"`
	Worklog struct {
		Issue wire.Text `json:"issueId"`
	} `json:"worklog"`
}

// errNoEvent says that a message names no event.
var errNoEvent = errors.New("it names no webhookEvent")

// ParseHint reads a message. One of an event that concerns nothing that is read is an empty hint. The error says what
// is no message of a Jira.
func ParseHint(body []byte) (Hint, error) {
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		return Hint{}, err
	}
	if m.Event == "" {
		return Hint{}, errNoEvent
	}
	var h Hint
	h.Issues, h.Logged = addID(h.Issues, m.Issue.ID), addID(h.Logged, m.Worklog.Issue)
	if m.Event == "jira:issue_deleted" {
		h.Deleted = h.Issues
	}
	project, _, _ := strings.Cut(m.Issue.Key, "-")
	for _, name := range []string{project, m.Issue.Fields.Project.Key, string(m.Issue.Fields.Project.ID)} {
		if name != "" {
			h.Projects = append(h.Projects, name)
		}
	}
	h.Boards = addID(addID(nil, m.Sprint.Origin), m.Board.ID)
	return h, nil
}

// addID adds what a text tells as an id.
func addID(ids []int64, text wire.Text) []int64 {
	if id, err := strconv.ParseInt(string(text), 10, 64); err == nil && id > 0 {
		ids = append(ids, id)
	}
	return ids
}
