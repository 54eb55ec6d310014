package settings

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"jerem/agile"
	"jerem/agile/rules"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/generation"
)

// RulesPrefix stands before the name of a team in the name of the value that holds the rules it is counted by.
const RulesPrefix = "rules:"

// keptRules are the rules of a team as they are kept, with each that was another one once.
type keptRules struct {
	Now     *rules.Set   `json:"now"` // nil before the first reading that kept them
	Changes []ruleChange `json:"changes,omitempty"`
}

// ruleChange is when a rule changed last.
type ruleChange struct {
	Source  agile.Source `json:"source"`
	Subject string       `json:"subject"` // as encoding.EncodeSubject writes it
	Seen    int64        `json:"seen"`    // microseconds: Jira's clock at the reading that found it
	gap     agile.Gap
}

// decodeRules reads what is kept of the rules of a team; the zero value of an empty text.
func decodeRules(text string) (kept keptRules, err error) {
	if text == "" {
		return kept, nil
	}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return kept, db.Unfit(err)
	}
	for n, c := range kept.Changes {
		subject, err := encoding.DecodeSubject(c.Subject)
		if err != nil {
			return kept, db.Unfit(err)
		}
		kept.Changes[n].gap = agile.Gap{Source: c.Source, Code: agile.GapMoved, Subject: subject,
			Since: encoding.FromMicros(c.Seen)}
	}
	return kept, nil
}

// ReadRule returns a rule as the last reading that kept it counted by it; known is false where none did.
func ReadRule(ctx context.Context, tx *db.Tx, team string, code agile.SubjectCode) (
	text string,
	known bool,
	err error,
) {
	var kept string
	err = tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = $1`, RulesPrefix+team).Scan(&kept)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	list, err := decodeRules(kept)
	if list.Now != nil {
		text, known = list.Now.Texts[code]
	}
	return text, known, err
}

// DecodeChangedRules tells as gaps which rules of a team, as they are kept, were others once, in order of source and
// subject; none of an empty text.
func DecodeChangedRules(text string) (gaps []agile.Gap, err error) {
	kept, err := decodeRules(text)
	for _, c := range kept.Changes {
		gaps = append(gaps, c.gap)
	}
	return gaps, err
}

// PutRules keeps the rules that a reading counts a team by, and of each that is another one than before that it is so
// since this reading, which Jira's clock dates. Rules that were not looked at are nil: then all stays.
func PutRules(ctx context.Context, tx *db.Tx, team string, now *rules.Set, reading time.Time) error {
	if now == nil {
		return nil
	}
	var before string
	err := tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = $1`, RulesPrefix+team).Scan(&before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	kept, err := decodeRules(before)
	if err != nil {
		return err
	}
	var changes []rules.Change
	if kept.Now != nil {
		changes = now.ChangesSince(*kept.Now)
	}
	kept.Now = now
	for _, c := range changes {
		kept.note(c, encoding.Micros(reading))
	}
	text, err := json.Marshal(kept)
	if err != nil || string(text) == before {
		return err
	}
	changed, err := tx.Exec(ctx, `INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name)
		DO UPDATE SET value = excluded.value WHERE meta.value <> excluded.value`, RulesPrefix+team, string(text))
	if err != nil || changed == 0 || len(changes) == 0 {
		return err
	}
	return generation.RaiseTeam(ctx, tx, generation.ByRest, team)
}

// note notes a change in place of an earlier one of the same rule.
func (k *keptRules) note(c rules.Change, seen int64) {
	k.Changes = slices.DeleteFunc(k.Changes, func(old ruleChange) bool {
		return old.gap.Subject.Code == c.Subject.Code
	})
	k.Changes = append(k.Changes, ruleChange{Source: c.Source, Subject: encoding.EncodeSubject(c.Subject), Seen: seen,
		gap: agile.Gap{Source: c.Source, Subject: c.Subject}})
	slices.SortFunc(k.Changes, func(a, b ruleChange) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), a.gap.Subject.Compare(b.gap.Subject))
	})
}
