package postgres

import (
	"fmt"

	"jerem/store/db"
)

// dialect is what PostgreSQL writes otherwise than SQLite. Rows are inserted as one array for each column, so that a
// statement takes any number of them; the driver keeps statements prepared, for each connection.
var dialect = &db.Dialect{
	ListedIDs: func(arg int) string {
		return fmt.Sprintf(`(SELECT unnest(CAST(translate($%d, '[]', '{}') AS bigint[])))`, arg)
	},
	ListedTexts: func(arg int) string {
		return fmt.Sprintf(`(SELECT value FROM json_array_elements_text(CAST($%d AS json)))`, arg)
	},
	CollectedIDs: `'[' || coalesce(string_agg(CAST(id AS text), ','), '') || ']'`,
	BeforeCopy: []string{ // the proof of a copy computes all series: longer than a write may rest
		`SELECT CAST(set_config('idle_in_transaction_session_timeout', '0', true) AS bigint)`},
	AfterCopy: []string{`SELECT setval(pg_get_serial_sequence('sink_series', 'id'),
		(SELECT coalesce(max(id), 0) + 1 FROM sink_series), false)`},
	ColumnArrays: true,
	TeamTables:   []string{"sink_batch", "sink_late", "sink_late_part"},
}
