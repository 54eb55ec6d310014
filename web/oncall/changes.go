package oncall

import (
	"cmp"
	"fmt"
	"net/http"
	"time"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/roster"
	"jerem/sorting"
	"jerem/web/format"
)

// changeRow is a change as answers have it.
type changeRow struct {
	ID          int64        `json:"id"`
	Seq         *int64       `json:"seq"`
	Group       *int64       `json:"group"`
	Kind        oncall.Kind  `json:"kind"`
	Rota        string       `json:"rota"`
	Start       moment       `json:"start"`
	End         moment       `json:"end"`
	From        orNull       `json:"from"`
	To          orNull       `json:"to"`
	State       oncall.State `json:"state"`
	Asked       moment       `json:"asked"`
	AskedBy     string       `json:"asked_by"`
	Answered    moment       `json:"answered"`
	AnsweredBy  orNull       `json:"answered_by"`
	Cancelled   moment       `json:"cancelled"`
	Reason      orNull       `json:"reason"`
	Late        bool         `json:"late"`
	IdleSeconds int64        `json:"idle_seconds"`
}

func nilIfZero(n int64) *int64 {
	if n == 0 {
		return nil
	}
	return &n
}

// rowOf is a change as a visitor sees it: why an operator set it is for those concerned and operators.
func (v visitor) rowOf(c roster.ChangeRow) changeRow {
	out := changeRow{ID: c.ID, Seq: nilIfZero(c.Seq), Group: nilIfZero(c.Group), Kind: c.Kind, Rota: c.Rota,
		Start: moment{c.Start}, End: moment{c.End}, From: orNull(c.From), To: orNull(c.To), State: c.State,
		Asked: moment{c.Asked}, AskedBy: c.AskedBy, Answered: moment{c.Answered}, AnsweredBy: orNull(c.AnsweredBy),
		Cancelled: moment{c.CancelledAt}, Late: c.Late, IdleSeconds: c.IdleSeconds}
	isConcerned := v.Handle != "" && (v.Handle == c.From || v.Handle == c.To || v.Handle == c.AskedBy)
	if isConcerned || v.Operator {
		out.Reason = orNull(c.Reason)
	}
	return out
}

// answerChanges lists the changes that overlap a span, by their ID.
func answerChanges(q *question) (answer, error) {
	v, err := q.view()
	if err != nil {
		return answer{}, err
	}
	zone, rota := v.File.Zone, q.URL.Query().Get("rota")
	if rota != "" {
		s, err := q.seenSchedule(v, rota)
		if err != nil {
			return answer{}, err
		}
		zone = s.ZoneAt(q.now)
	}
	span, err := q.spanIn(zone)
	if err != nil {
		return answer{}, err
	}
	seen := map[string]bool{}
	for _, s := range q.seenSchedules(v) {
		seen[s.Rota] = rota == "" || s.Rota == rota
	}
	var list []oncall.Change
	for _, c := range v.Board.Changes {
		if seen[c.Rota] && c.Meets(span) {
			list = append(list, c)
		}
	}
	sorting.By(list, func(a, b oncall.Change) int { return cmp.Compare(a.ID, b.ID) })
	rows := []changeRow{}
	for _, c := range v.RowsOf(list) {
		rows = append(rows, q.visitor.rowOf(c))
	}
	return answer{value: rows}, nil
}

// changeRequest is the body that asks for a change.
type changeRequest struct {
	Kind    oncall.Kind `json:"kind"`
	Rota    string      `json:"rota"`
	Start   string      `json:"start"`
	End     string      `json:"end"`
	From    string      `json:"from"`
	To      string      `json:"to"`
	Against *struct {
		Rota  string `json:"rota"`
		Start string `json:"start"`
		End   string `json:"end"`
	} `json:"against"`
	Reason oncall.Reason `json:"reason"`
}

// requestOf reads the times of a request in the zones of the rotas that it names.
func (b changeRequest) requestOf(v *roster.View) (oncall.Request, error) {
	out := oncall.Request{Kind: b.Kind, Rota: b.Rota, From: b.From, To: b.To, Reason: b.Reason}
	isTake := b.Kind == oncall.Take
	switch {
	case b.Kind == "":
		return out, invalidRequest("kind is missing", "kind is cover, exchange or take.")
	case b.Rota == "":
		return out, invalidRequest("rota is missing", "See /api/v1/oncall/now for their names.")
	}
	var err error
	if out.Span, err = spanOf(v, b.Rota, b.Start, b.End, "", isTake); err != nil || b.Against == nil {
		return out, err
	}
	if b.Against.Rota == "" {
		return out, invalidRequest("against.rota is missing", "Name rota, start and end of the other side.")
	}
	side := oncall.Side{Rota: b.Against.Rota}
	side.Span, err = spanOf(v, side.Rota, b.Against.Start, b.Against.End, "against.", false)
	out.Against = &side
	return out, err
}

// spanOf reads start and end in the zone of a rota. Only a take may leave them out.
func spanOf(v *roster.View, rota, start, end, place string, mayMiss bool) (civil.Span, error) {
	var out civil.Span
	for _, part := range []struct {
		name, text string
		into       *time.Time
	}{{place + "start", start, &out.Start}, {place + "end", end, &out.End}} {
		switch {
		case part.text == "" && mayMiss:
			continue
		case part.text == "":
			return out, invalidRequest(part.name+" is missing", momentHint)
		}
		at, err := momentIn(part.name, part.text, v.ZoneOf(rota))
		if err != nil {
			return out, err
		}
		*part.into = at
	}
	if !out.Start.IsZero() && out.End.After(out.Start.AddDate(longestChange, 0, 0)) {
		return out, invalidRequest(
			fmt.Sprintf("%sstart and %send are more than %d years apart", place, place, longestChange),
			"Ask for less, or write a new version of the rota.")
	}
	return out, nil
}

// longestChange bounds what changes hands at once, in years.
const longestChange = 2

// askChange asks for a change.
func askChange(q *question) (answer, error) {
	var body changeRequest
	if err := q.readBody(&body); err != nil {
		return answer{}, err
	}
	return q.decideChange(http.StatusCreated, func(v *roster.View) ([]oncall.Change, roster.Writes, error) {
		request, err := body.requestOf(v)
		if err != nil {
			return nil, roster.Writes{}, err
		}
		return roster.AskChange(v, q.visitor.Actor, request)
	})
}

// answerChange accepts, declines, withdraws or cancels a change.
func answerChange(q *question) (answer, error) {
	id, err := q.idIn("change")
	if err != nil {
		return answer{}, err
	}
	given := roster.AnswerChange(q.PathValue("answer"))
	var onlyRest bool
	switch given {
	case roster.AcceptChange, roster.DeclineChange, roster.WithdrawChange:
		err = q.readBody(&struct{}{})
	case roster.CancelChange:
		var body struct {
			Rest bool `json:"rest"` // what lies ahead of now alone
		}
		err = q.readBody(&body)
		onlyRest = body.Rest
	default:
		err = notFound(fmt.Sprintf("there is no %q of a change", format.OneLine(string(given))),
			"There are accept, decline, withdraw and cancel.")
	}
	if err != nil {
		return answer{}, err
	}
	return q.decideChange(http.StatusOK, func(v *roster.View) ([]oncall.Change, roster.Writes, error) {
		return roster.Answer(v, q.visitor.Actor, given, id, onlyRest)
	})
}

// decideChange keeps what a decision about changes returns and answers with it: a change, or both of an exchange.
func (q *question) decideChange(status int,
	decide func(*roster.View) ([]oncall.Change, roster.Writes, error)) (answer, error) {
	var list []roster.ChangeRow
	err := q.api.Roster.Decide(q.Context(), q.now, func(v *roster.View) (roster.Writes, error) {
		rows, writes, err := decide(v)
		if err == nil {
			list = v.WithChanges(rows).RowsOf(rows)
		}
		return writes, err
	})
	if err != nil {
		return answer{}, err
	}
	rows := make([]changeRow, len(list))
	for i, c := range list {
		rows[i] = q.visitor.rowOf(c)
	}
	if len(rows) == 1 {
		return answer{status: status, value: rows[0]}, nil
	}
	return answer{status: status, value: rows}, nil
}
