package repair

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"jerem/sorting"
	"jerem/store/checkpoint"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/generation"
)

// Damage is what did not match its checksum. The rows are taken out: they are never read.
type Damage struct {
	Rows      map[string]int    // how many of each part
	Documents []encoding.RawDoc // of issues whose derived rows are taken out: they are to be derived again
	Unread    []int64           // issues that only Jira can tell again; they stand in Checkpoint.Retry
}

// Derivable tells whether all that is damaged can be derived again from documents.
func (d Damage) Derivable() bool {
	for name := range d.Rows {
		if !slices.Contains(derivedTables, name) {
			return false
		}
	}
	return len(d.Unread) == 0
}

// String tells how many rows of which parts.
func (d Damage) String() string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(d.Rows)) {
		parts = append(parts, fmt.Sprintf("%d of %s", d.Rows[name], name))
	}
	return strings.Join(parts, ", ")
}

// derivedTables follow from an issue's document.
var derivedTables = []string{"issue", "timeline", "link", "issue_project", "epic_link", "epic_key"}

// documentTable holds what issues were derived from.
const documentTable = "document"

// Repair takes out what does not match its checksum. Its statements that compare keys of rows are SQLite's: no other
// database has such checksums (see db.Database).
type Repair struct{ db db.Database }

// New returns the repair of what a database holds.
func New(d db.Database) Repair { return Repair{d} }

// Doubtful tells whether the store may hold what nobody of us wrote: it was not compared yet since it was opened, a
// read found a mismatch, or another program wrote into the file.
func (s Repair) Doubtful(ctx context.Context) (bool, error) { return s.db.Doubtful(ctx) }

// TakeOut compares all that is kept with its checksums and takes out what does not match. What was derived of an issue
// can be derived again from the documents that it returns; all else is to be read again from Jira: checkpoints are set
// back, and History is refused until Clear, or until the team is read anew.
func (s Repair) TakeOut(ctx context.Context) (d Damage, err error) {
	err = s.db.Compared(ctx, func(ctx context.Context, tx *db.Tx, found db.Findings) error {
		d, err = takeOut(ctx, tx, s.db.Tables(), found)
		if err != nil || len(found) == 0 {
			return err
		}
		return generation.RaiseAllTeams(ctx, tx, generation.ByScope)
	})
	return d, err
}

// Clear forgets that something was taken out: it is there again.
func (s Repair) Clear(ctx context.Context) error {
	var noted int
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*) FROM damaged WHERE team = ''`).Scan(&noted)
	})
	if err != nil || noted == 0 {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM damaged WHERE team = ''`); err != nil {
			return err
		}
		return generation.RaiseAllTeams(ctx, tx, generation.ByScope)
	})
}

// takeOut removes what was found and notes what is missing until it is read again.
func takeOut(ctx context.Context, tx *db.Tx, tables []db.Table, found db.Findings) (Damage, error) {
	d := Damage{Rows: map[string]int{}}
	for name, keys := range found {
		d.Rows[name] = len(keys)
	}
	if err := takeOutIssues(ctx, tx, found, &d); err != nil {
		return d, err
	}
	for _, t := range tables {
		if len(found[t.Name]) == 0 || slices.Contains([]string{"issue", "timeline", documentTable}, t.Name) {
			continue
		}
		if err := noteLost(ctx, tx, t.Name, found[t.Name]); err != nil {
			return d, err
		}
		if err := t.Remove(ctx, tx, found[t.Name]); err != nil {
			return d, err
		}
		if slices.Contains(derivedTables, t.Name) {
			continue // noted with the issues
		}
		if err := noteDamage(ctx, tx, t.Name, found[t.Name]); err != nil {
			return d, err
		}
	}
	for _, t := range tables {
		if len(found[t.Name]) == 0 {
			continue
		}
		if err := t.RemoveStrayChecksums(ctx, tx); err != nil {
			return d, err
		}
	}
	return d, nil
}

// takeOutIssues removes issues of which a derived row or the document does not match, and keeps the documents that do.
func takeOutIssues(ctx context.Context, tx *db.Tx, found db.Findings, d *Damage) error {
	derived, unread := map[int64]bool{}, map[int64]bool{}
	var foreign []int64
	for _, name := range derivedTables {
		for _, key := range found[name] {
			derived[issueOf(key)] = true
		}
	}
	for id := range derived {
		if known, err := issueKnown(ctx, tx, id); err != nil {
			return err
		} else if !known {
			foreign = append(foreign, id)
			delete(derived, id)
		}
	}
	if err := removeSums(ctx, tx, found, append(derivedTables, documentTable)); err != nil {
		return err
	}
	for _, key := range found[documentTable] {
		unread[issueOf(key)] = true
	}
	for id := range derived {
		doc, ok, err := soundDocument(ctx, tx, id, unread[id])
		if err != nil {
			return err
		}
		if ok {
			d.Documents = append(d.Documents, doc)
		} else {
			unread[id] = true
		}
	}
	sorting.By(d.Documents, func(a, b encoding.RawDoc) int { return int(a.ID - b.ID) })
	d.Unread = slices.Sorted(maps.Keys(unread))
	if len(derived)+len(unread)+len(foreign) == 0 {
		return nil
	}
	if err := removeDerived(ctx, tx, slices.AppendSeq(foreign, maps.Keys(derived))); err != nil {
		return err
	}
	if err := removeDocuments(ctx, tx, d.Unread); err != nil {
		return err
	}
	if len(derived) > 0 {
		if _, err := tx.Exec(ctx, `INSERT INTO damaged VALUES ('issue', '') ON CONFLICT DO NOTHING`); err != nil {
			return err
		}
	}
	for _, doc := range d.Documents {
		unread[doc.ID] = true // were the process killed before it is derived, it is read again
	}
	return checkpoint.AddRetries(ctx, tx, unread)
}

// issueKnown tells whether an issue was ever kept: it has a row, or a checksum of one. Rows of any other are the rows
// of an issue whose id was damaged; the issue itself is found by what it lost.
func issueKnown(ctx context.Context, tx *db.Tx, id int64) (known bool, err error) {
	err = tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM issue WHERE id = $1) OR EXISTS (
		SELECT 1 FROM row_sum WHERE part IN ('issue', 'document', 'timeline') AND key = CAST($1 AS TEXT))`,
		id).Scan(&known)
	return known, err
}

// removeSums removes the checksums of what was found, also of rows that are gone.
func removeSums(ctx context.Context, tx *db.Tx, found db.Findings, names []string) error {
	for _, name := range names {
		for _, key := range found[name] {
			if _, err := tx.Exec(ctx, `DELETE FROM row_sum WHERE part = $1 AND key = $2`, name, key); err != nil {
				return err
			}
		}
	}
	return nil
}

// issueOf returns the issue of a key: its last column.
func issueOf(key string) int64 {
	id, err := strconv.ParseInt(key[strings.LastIndexByte(key, ',')+1:], 10, 64)
	if err != nil {
		return 0 // no issue has it
	}
	return id
}

func issuesOf(keys []string) map[int64]bool {
	ids := map[int64]bool{}
	for _, key := range keys {
		if id := issueOf(key); id != 0 {
			ids[id] = true
		}
	}
	return ids
}

// soundDocument returns what was read of an issue, where it matches its checksum.
func soundDocument(ctx context.Context, tx *db.Tx, id int64, harmed bool) (doc encoding.RawDoc, ok bool, err error) {
	var packed []byte
	err = tx.QueryRow(ctx, `SELECT version, raw FROM document WHERE issue = $1`, id).Scan(&doc.Version, &packed)
	if harmed || err == sql.ErrNoRows {
		return doc, false, nil
	}
	if err != nil {
		return doc, false, err
	}
	doc.ID = id
	if doc.Raw, err = encoding.Decompress(packed); err != nil {
		return doc, false, nil
	}
	return doc, true, nil
}

func removeDerived(ctx context.Context, tx *db.Tx, ids []int64) error {
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	const those = ` IN ` + db.Listed
	for _, statement := range []string{
		`DELETE FROM timeline WHERE issue` + those, `DELETE FROM issue WHERE id` + those,
		`DELETE FROM issue_project WHERE issue` + those, `DELETE FROM link WHERE child` + those,
		`DELETE FROM epic_key WHERE issue` + those, `DELETE FROM epic_link WHERE child` + those,
		`DELETE FROM row_sum WHERE part IN ('issue', 'timeline')
			AND key IN (SELECT CAST(value AS TEXT) FROM json_each($1))`,
	} {
		if _, err := tx.Exec(ctx, statement, string(list)); err != nil {
			return err
		}
	}
	return nil
}

func removeDocuments(ctx context.Context, tx *db.Tx, ids []int64) error {
	for _, id := range ids {
		if _, err := tx.Exec(ctx, `DELETE FROM document WHERE issue = $1`, id); err != nil {
			return err
		}
	}
	return nil
}

// noteDamage notes that rows of a part are missing: for all teams, for each of them until it is read, or for the
// teams whose rows they are. What tells how far something was read is set back with it.
func noteDamage(ctx context.Context, tx *db.Tx, name string, keys []string) error {
	switch {
	case name == "sink_part":
		return removePieces(ctx, tx, keys)
	case name == "posted" || name == "cursor" || strings.HasPrefix(name, "sink_"): // posted again from the beginning
		return nil
	case name == "view_row": // the next start of jerem serve writes it again
		return nil
	case name == "digest": // the next word that is due has a note of its own
		return nil
	case name == "past_change": // told as lost: see lostPasts
		return nil
	case name == "generation": // all are raised with whatever was taken out
		return nil
	case name == "meta":
		return noteSetBack(ctx, tx)
	case name == "worklog":
		if _, err := tx.Exec(ctx, `DELETE FROM meta WHERE name = 'worklogs'`); err != nil {
			return err
		}
	case strings.HasPrefix(name, "team"):
		return unreadTeams(ctx, tx, keys)
	case name == "gap": // what it said of an issue is found again when the issue is read
		if err := checkpoint.AddRetries(ctx, tx, issuesOf(keys)); err != nil {
			return err
		}
		fallthrough
	case strings.HasPrefix(name, "board") || name == "sprint":
		_, err := tx.Exec(ctx, `INSERT INTO damaged SELECT $1, name FROM team WHERE true ON CONFLICT DO NOTHING`, name)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO damaged VALUES ($1, '') ON CONFLICT DO NOTHING`, name)
	return err
}

// removePieces removes the pieces of series of which a part was lost: all of it is posted again, and written anew.
func removePieces(ctx context.Context, tx *db.Tx, keys []string) error {
	list, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `DELETE FROM sink_pieces WHERE parts <> '' AND EXISTS (SELECT 1 FROM json_each($1)
		WHERE value LIKE sink_pieces.series || ',%')`, string(list))
	return err
}

// noteSetBack gives meta back what it always has.
func noteSetBack(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `INSERT INTO meta VALUES ('zone', ''),
		('version', (SELECT CAST(coalesce(max(value), 0) + 1 AS TEXT) FROM generation)) ON CONFLICT DO NOTHING`)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO damaged VALUES ('meta', '') ON CONFLICT DO NOTHING`)
	return err
}

// unreadTeams forgets the state of the teams whose rows are missing: they count as never read, and are read whole.
func unreadTeams(ctx context.Context, tx *db.Tx, keys []string) error {
	list, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `DELETE FROM team WHERE EXISTS (SELECT 1 FROM json_each($1)
		WHERE value = quote(name) OR substr(value, 1, length(quote(name)) + 1) = quote(name) || ',')`, string(list))
	return err
}
