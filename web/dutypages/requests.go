package dutypages

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/roster"
	"jerem/web/dutypages/clocks"
)

// requestLine is a request that is open, as the page of somebody concerned shows it.
type requestLine struct {
	ID      int64
	What    string   // in words
	Times   []string // what passes over: of an exchange both sides
	Gaps    []string // where who would take a duty is not there
	Answers []answerButton
}

// answerButton is one answer to a request.
type answerButton struct{ Value, Text string }

var (
	acceptButton   = answerButton{string(roster.AcceptChange), "Accept"}
	declineButton  = answerButton{string(roster.DeclineChange), "Decline"}
	withdrawButton = answerButton{string(roster.WithdrawChange), "Withdraw"}
)

// requestLines are the open requests that wait for an answer of the visitor, and those that they asked.
func (v *visit) requestLines() (toMe, byMe []requestLine) {
	handle := v.who.Handle
	for _, c := range v.view.Board.Changes {
		isSecondHalf := c.Group != 0 && c.Group != c.ID
		s := v.seenSchedule(c.Rota)
		if c.State != oncall.Open || isSecondHalf || s == nil {
			continue
		}
		line := requestLine{ID: c.ID, Times: v.timesOfRequest(c)}
		switch {
		case c.From == handle:
			line.What, line.Answers = askedInWords(c), []answerButton{withdrawButton}
			line.Gaps = gapsOfRequest(v, c, "")
			byMe = append(byMe, line)
		case c.To == handle:
			line.What, line.Answers = c.From+" asks you: "+string(c.Kind), []answerButton{acceptButton, declineButton}
			line.Gaps = gapsOfRequest(v, c, handle)
			toMe = append(toMe, line)
		case c.To == "" && isAmongPeople(s, handle, c.Span):
			line.What, line.Answers = c.From+" asks anybody of the rota: "+string(c.Kind), []answerButton{acceptButton}
			line.Gaps = gapsOfRequest(v, c, handle)
			toMe = append(toMe, line)
		}
	}
	return toMe, byMe
}

// gapsOfRequest tells where a request, once accepted, would leave a gap.
func gapsOfRequest(v *visit, c oncall.Change, taker string) []string {
	return roster.WouldLeaveGaps(v.view, c, taker, zoneOf(v.view, v.who.Handle))
}

func askedInWords(c oncall.Change) string {
	whom := c.To
	if whom == "" {
		whom = "anybody of the rota"
	}
	return "You ask " + whom + ": " + string(c.Kind)
}

// timesOfRequest are the times of a request in words: of an exchange both sides.
func (v *visit) timesOfRequest(c oncall.Change) []string {
	zone := zoneOf(v.view, v.who.Handle)
	var out []string
	for _, x := range v.view.Board.Changes {
		if x.ID == c.ID || c.Group != 0 && x.Group == c.Group {
			out = append(out, fmt.Sprintf("%s of %s, %s to %s", x.Rota, x.From, clocks.Text(x.Start, zone),
				clocks.Text(x.End, zone)))
		}
	}
	return out
}

// seenSchedule returns the schedule of a rota that the visitor may see, nil for another one.
func (v *visit) seenSchedule(rota string) *oncall.Schedule {
	for _, s := range v.seenSchedules() {
		if s.Rota == rota {
			return s
		}
	}
	return nil
}

// isAmongPeople tells whether somebody is among the people of a rota at some moment of a span.
func isAmongPeople(s *oncall.Schedule, handle string, in civil.Span) bool {
	return slices.ContainsFunc(s.ActiveVersions(), func(p oncall.ActiveVersion) bool {
		return p.Meets(in) && slices.Contains(p.People, handle)
	})
}

// part is a time of a rota that can be chosen: to be given away, exchanged for, or taken.
type part struct {
	Value, Text, Note string
	start, end        time.Time
}

func newPart(rota string, in civil.Span, zone *time.Location, note string) part {
	return part{Value: partValue(rota, in), Text: clocks.Text(in.Start, zone) + " to " + clocks.Text(in.End, zone),
		Note: note, start: in.Start, end: in.End}
}

// partValue writes a time of a rota as forms hold it.
func partValue(rota string, in civil.Span) string {
	const form = time.RFC3339
	return in.Start.UTC().Format(form) + " " + in.End.UTC().Format(form) + " " + rota
}

// readPart reads the value of a part.
func readPart(value string) (rota string, in civil.Span, err error) {
	fields := strings.SplitN(value, " ", 3)
	if len(fields) == 3 {
		start, errStart := time.Parse(time.RFC3339, fields[0])
		end, errEnd := time.Parse(time.RFC3339, fields[1])
		if errStart == nil && errEnd == nil && start.Before(end) {
			return fields[2], civil.Span{Start: start.UTC(), End: end.UTC()}, nil
		}
	}
	return "", civil.Span{}, &oncall.Refusal{Kind: oncall.Invalid, Message: "no duty was chosen",
		Hint: "Choose one of your duties on the page."}
}

// colleagues are those who can be asked: the people of the rotas of the visitor's duties, each once.
func (v *visit) colleagues(in civil.Span) []string {
	var out []string
	for _, s := range v.seenSchedules() {
		for _, p := range s.ActiveVersions() {
			if !p.Meets(in) || !slices.Contains(p.People, v.who.Handle) {
				continue
			}
			for _, person := range p.People {
				if person != v.who.Handle && !slices.Contains(out, person) {
					out = append(out, person)
				}
			}
		}
	}
	return out
}

// answerRequest accepts, declines or withdraws a request.
func answerRequest(w http.ResponseWriter, v *visit) error {
	id, err := strconv.ParseInt(v.PathValue("id"), 10, 64)
	if err != nil {
		v.pages.Tell(w, v.Request, noPage())
		return nil
	}
	given := roster.AnswerChange(v.PostFormValue("answer"))
	done := map[roster.AnswerChange]string{roster.AcceptChange: "accepted", roster.DeclineChange: "declined",
		roster.WithdrawChange: "withdrawn"}[given]
	if done == "" {
		return &oncall.Refusal{Kind: oncall.Invalid, Message: fmt.Sprintf("%.40q is no answer", given),
			Hint: "Press one of the buttons on the page: answer is accept, decline or withdraw."}
	}
	err = v.keepDecision(func(view *roster.View) (roster.Writes, error) {
		_, writes, err := roster.Answer(view, v.who, given, id, false)
		return writes, err
	})
	if err != nil {
		return err
	}
	return v.redirect(w, myPage+"?done="+done)
}

// keepDecision runs a decision on on-call as it is now, and keeps what it returns.
func (v *visit) keepDecision(decision func(*roster.View) (roster.Writes, error)) error {
	return v.pages.Roster.Decide(v.Context(), v.view.Now, decision)
}
