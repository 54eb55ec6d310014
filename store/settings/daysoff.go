package settings

import (
	"context"
	"encoding/json"
	"slices"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/generation"
)

// DaysOffPrefix stands before the name of a team in the name of the value that holds the versions of its days off.
const DaysOffPrefix = "days_off:"

// daysOffRow is a version as it is kept.
type daysOffRow struct {
	Seen int64  `json:"seen"` // microseconds
	Text string `json:"text"`
}

// DecodeDaysOff reads versions of days off as they are kept; none of an empty text.
func DecodeDaysOff(text string) (list []agile.DaysOffVersion, err error) {
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

// PutDaysOff keeps the days off of a team where they are others than the last version of those that were seen before.
func PutDaysOff(ctx context.Context, tx *db.Tx, team string, before []agile.DaysOffVersion,
	now agile.DaysOffVersion,
) error {
	n := len(before)
	if n > 0 && before[n-1].Text == now.Text {
		return nil
	}
	var rows []daysOffRow
	for _, v := range append(slices.Clip(before), now) {
		rows = append(rows, daysOffRow{encoding.Micros(v.Seen), v.Text})
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO meta (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, DaysOffPrefix+team, string(text))
	if err != nil {
		return err
	}
	return generation.RaiseTeam(ctx, tx, generation.ByRest, team)
}
