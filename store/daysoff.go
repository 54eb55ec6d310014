package store

import (
	"context"
	"encoding/json"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/generation"
)

// daysOffPrefix stands before the name of a team in the name of the value that holds the versions of its days off.
const daysOffPrefix = "days_off:"

// daysOffRow is a version as it is kept.
type daysOffRow struct {
	Seen int64  `json:"seen"` // microseconds
	Text string `json:"text"`
}

// decodeDaysOff reads versions of days off as they are kept; none of an empty text.
func decodeDaysOff(text string) (list []agile.DaysOffVersion, err error) {
	if text == "" {
		return nil, nil
	}
	var rows []daysOffRow
	err = json.Unmarshal([]byte(text), &rows)
	for _, row := range rows {
		list = append(list, agile.DaysOffVersion{Seen: encoding.FromMicros(row.Seen), Text: row.Text})
	}
	return list, db.Unfit(err)
}

// putDaysOff keeps the days off of a team where they are others than before.
func putDaysOff(ctx context.Context, tx *db.Tx, old, now TeamState) error {
	n := len(old.DaysOffSeen)
	if n > 0 && old.DaysOffSeen[n-1].Text == now.DaysOff {
		return nil
	}
	var rows []daysOffRow
	for _, v := range append(old.DaysOffSeen, agile.DaysOffVersion{Seen: now.Until, Text: now.DaysOff}) {
		rows = append(rows, daysOffRow{encoding.Micros(v.Seen), v.Text})
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO meta (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, daysOffPrefix+now.Name, string(text))
	if err != nil {
		return err
	}
	return generation.RaiseTeam(ctx, tx, generation.ByRest, now.Name)
}
