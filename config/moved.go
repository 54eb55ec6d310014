package config

import (
	"slices"
	"strings"

	"jerem/calendar"
	"jerem/config/schema"
)

// Moved is where a team was before it moved to this Jira.
type Moved struct {
	From   string            // the address of the Jira that it left; "" for a team that never moved
	Store  Store             // where what that one told is kept
	At     calendar.Date     // the day of the move, which begins in the team's time zone
	Fields map[string]string // ids of fields of this Jira by those of the former one
}

var movedKeys = []key{
	schema.AddressKey("moved.from", func(t *target) *string { return &t.team.Moved.From }),
	storePlaceKey("moved.store", func(t *target) *Store { return &t.team.Moved.Store }),
	schema.DateKey("moved.at", func(t *target) *calendar.Date { return &t.team.Moved.At }),
	{Name: "moved.fields", What: "a section"},
}

// readMoved checks what an entry of projects says of a move.
func readMoved(l *schema.Loader, t *tree, team *Team) {
	given := func(k key) bool { _, is := t.Given[k.Name]; return is }
	if !slices.ContainsFunc(movedKeys, given) {
		return
	}
	schema.RequireKeys(l, t,
		"moved.from", "the address of the Jira that the team left",
		"moved.store", "where what that Jira told is kept: the path of the store of before, or its postgres:// address",
		"moved.at", "the day of the move, as in 2026-05-04")
	e, has := t.Entries["moved.fields"]
	if !has || schema.IsNull(e.Value) {
		return
	}
	named := t.Prefix + "moved.fields"
	if schema.KindOf(e.Value) != "a section" {
		l.AddError(schema.PositionOf(e.Value), named, "must hold fields, is "+schema.KindOf(e.Value),
			"write the ids of the former Jira with those of this one: {customfield_10002: customfield_10016}")
		return
	}
	team.Moved.Fields = map[string]string{}
	pairs := e.Value.Content
	for i := 0; i+1 < len(pairs); i += 2 {
		former := pairs[i].Value
		v, ok := l.ScalarValue(named+"."+schema.PresentableKey(former), "the id of a field",
			schema.FollowAliases(pairs[i+1]))
		switch {
		case !ok:
		case strings.ContainsAny(former, " :") || strings.ContainsAny(v.Text, " :") || v.Text == "":
			l.AddError(v.At, v.Key, "is not the id of a field",
				"write ids as Jira lists them, such as customfield_10016")
		case team.Moved.Fields[former] != "":
			l.AddError(v.At, v.Key, "is set twice", "keep one of them")
		default:
			team.Moved.Fields[former] = v.Text
		}
	}
}
