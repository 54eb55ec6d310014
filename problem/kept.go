package problem

import (
	"encoding/json"
	"errors"
	"strings"
)

// List are problems as they are kept: codes and arguments, worded where they are told.
type List []*Problem

// kept is the form in which a problem is kept. Its cause is of the process that met it.
type kept struct {
	Code    Code              `json:"code,omitempty"`
	Message string            `json:"message"`
	Hint    string            `json:"hint,omitempty"`
	Status  int               `json:"status,omitempty"`
	Args    map[string]string `json:"args,omitempty"`
}

// From makes a problem of any error, to be kept as one of a team ("" for one of all): what wraps the problem in it
// stays in the message.
func From(err error, team string) *Problem {
	out := &Problem{Message: err.Error()}
	var p *Problem
	if errors.As(err, &p) {
		out.Code, out.Hint, out.Status, out.Args = p.Code, p.Hint, p.Status, p.Args
		if hint := " (" + p.Hint + ")"; p.Hint != "" && strings.HasSuffix(out.Message, hint) {
			out.Message = strings.TrimSuffix(out.Message, hint)
		} else {
			out.Hint = "" // it stands in the midst of the message
		}
	}
	if rest, named := strings.CutPrefix(out.Message, teamPrefix(team)); named && team != "" {
		out.Message, out.Args = rest, map[string]string{"team": team}
	}
	return out
}

// Encode writes problems as they are kept; "" for none.
func (l List) Encode() string {
	if len(l) == 0 {
		return ""
	}
	out := make([]kept, len(l))
	for i, p := range l {
		out[i] = kept{p.Code, p.Message, p.Hint, p.Status, p.Args}
	}
	text, _ := json.Marshal(out) // texts and numbers
	return string(text)
}

// Decode reads what was kept. A text of another form is that of a former version: the words alone.
func Decode(text string) List {
	if text == "" {
		return nil
	}
	var read []kept
	if json.Unmarshal([]byte(text), &read) != nil {
		return List{{Message: text}}
	}
	out := make(List, len(read))
	for i, k := range read {
		out[i] = &Problem{Code: k.Code, Message: k.Message, Hint: k.Hint, Status: k.Status, Args: k.Args}
	}
	return out
}

// Words tells the problems, to somebody who knows of which team they are: "" for nobody.
func (l List) Words(known string) string {
	parts := make([]string, len(l))
	for i, p := range l {
		parts[i] = p.Error()
		if team := p.Args["team"]; team != "" && team != known {
			parts[i] = teamPrefix(team) + parts[i]
		}
	}
	text := strings.Join(parts, "; ")
	if known != "" {
		text = strings.TrimPrefix(text, teamPrefix(known)) // as a former version kept it
	}
	return text
}

func teamPrefix(team string) string { return "team " + team + ": " }
