package oncall

import (
	"encoding/json"

	"jerem/oncall/roster"
)

// answerStatements tells the statements of a month: one's own, with the role pay all.
func answerStatements(q *question) (answer, error) {
	month, err := roster.ParseMonth(q.PathValue("month"))
	if err != nil {
		return answer{}, err
	}
	v, err := q.view()
	if err != nil {
		return answer{}, err
	}
	list, err := roster.StatementsFor(v, q.visitor.Actor, month)
	return answer{value: bodiesOf(list)}, err
}

func bodiesOf(list []roster.PersonStatement) []json.RawMessage {
	out := make([]json.RawMessage, len(list))
	for i, s := range list {
		out[i] = s.Body
	}
	return out
}

// freezeMonth approves the statements of a month and answers with them.
func freezeMonth(q *question) (answer, error) {
	if err := q.readBody(&struct{}{}); err != nil {
		return answer{}, err
	}
	month, err := roster.ParseMonth(q.PathValue("month"))
	if err != nil {
		return answer{}, err
	}
	bodies := []json.RawMessage{}
	err = q.api.Roster.Decide(q.Context(), q.now, func(v *roster.View) (roster.Writes, error) {
		frozen, writes, err := roster.Freeze(v, q.visitor.Actor, month)
		for _, s := range frozen.Statements {
			bodies = append(bodies, s.Body)
		}
		return writes, err
	})
	return answer{value: bodies}, err
}
