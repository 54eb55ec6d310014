package settings

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/agile/rules"
	"jerem/sorting"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/generation"
)

// RulesPrefix stands before the name of a team in the name of the value that holds the rules it is counted by.
const RulesPrefix = "rules:"

// keptRules are the rules of a team as they are kept, with those that were others once.
type keptRules struct {
	Format int         `json:"format"`
	Now    *rules.Set  `json:"now"` // nil before the first reading that kept them
	Past   rules.Past  `json:"past,omitempty"`
	Noted  []notedRule `json:"changes,omitempty"` // what programs before formatOfSpans noted
}

// formatOfSpans is the format that keeps what each rule was and when. Before it a rule was kept with its last change
// alone, queries as they stand, and the first month of quarters within what puts epics into quarters.
const formatOfSpans = 2

// notedRule is the last change of a rule, of which nothing tells since when it had been another one.
type notedRule struct {
	Source  agile.Source `json:"source"`
	Subject string       `json:"subject"` // as encoding.EncodeSubject writes it
	Seen    int64        `json:"seen"`    // microseconds: Jira's clock at the reading that found it
}

// decodeRules reads what is kept of the rules of a team; the zero value of an empty text.
func decodeRules(text string) (kept keptRules, err error) {
	if text == "" {
		return keptRules{Format: formatOfSpans}, nil
	}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return kept, db.Unfit(err)
	}
	if kept.Format < formatOfSpans {
		kept.Format = formatOfSpans
		migrateRules(kept.Now)
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

// migrateRules writes rules of the first format as they are kept since.
func migrateRules(now *rules.Set) {
	if now == nil {
		return
	}
	if filter, known := now.Texts[agile.SubjectRuleFilter]; known {
		now.Texts[agile.SubjectRuleFilter] = rules.DigestQuery(filter)
	}
	quarter := now.Texts[agile.SubjectRuleQuarter]
	if n := strings.LastIndex(quarter, " "); n >= 0 {
		now.Texts[agile.SubjectRuleQuarter] = quarter[:n]
		if month, err := strconv.Atoi(quarter[n+1:]); err == nil {
			now.Texts[agile.SubjectRuleFirstMonth] = strconv.Itoa(max(1, month))
		}
	}
}

// decodeGaps tells which rules were others than the present ones, in order of source, subject and time.
func (k keptRules) decodeGaps() (gaps []agile.Gap, err error) {
	for _, c := range k.Noted {
		subject, err := encoding.DecodeSubject(c.Subject)
		if err != nil {
			return nil, db.Unfit(err)
		}
		gaps = append(gaps, agile.Gap{Source: c.Source, Code: agile.GapMoved, Subject: subject,
			Since: encoding.FromMicros(c.Seen)})
	}
	if k.Now != nil {
		for _, s := range k.Past.SpansOf(*k.Now) {
			gaps = append(gaps, agile.Gap{Source: s.Source, Code: agile.GapMoved, Subject: s.Subject, From: s.From,
				Since: s.Until})
		}
	}
	sorting.By(gaps, func(a, b agile.Gap) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), a.Subject.Compare(b.Subject), a.Since.Compare(b.Since))
	})
	return gaps, nil
}

// DecodeChangedRules tells as gaps which rules of a team, as they are kept, were others than now, and when, in order of
// source, subject and time; none of an empty text.
func DecodeChangedRules(text string) ([]agile.Gap, error) {
	kept, err := decodeRules(text)
	if err != nil {
		return nil, err
	}
	return kept.decodeGaps()
}

// PutRules keeps the rules that a reading counts a team by, and those that were others before it, which Jira's clock
// dates. Rules that were not looked at are nil: then all stays.
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
	told, err := kept.decodeGaps()
	if err != nil {
		return err
	}
	if kept.Now != nil {
		kept.Past = kept.Past.Add(*kept.Now, *now, encoding.FromMicros(encoding.Micros(reading)))
	}
	kept.Now = now
	text, err := json.Marshal(kept)
	if err != nil || string(text) == before {
		return err
	}
	changed, err := tx.Exec(ctx, `INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name)
		DO UPDATE SET value = excluded.value WHERE meta.value <> excluded.value`, RulesPrefix+team, string(text))
	if err != nil || changed == 0 {
		return err
	}
	if tells, err := kept.decodeGaps(); err != nil || reflect.DeepEqual(told, tells) {
		return err
	}
	return generation.RaiseTeam(ctx, tx, generation.ByRest, team)
}
