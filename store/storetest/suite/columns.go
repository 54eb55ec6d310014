package suite

import (
	"context"
	"strings"
	"testing"

	"jerem/store/db"
)

// tableColumn is a column of a table of the schema.
type tableColumn struct{ table, column, kind string }

// These ask each database for the columns of all its tables, with their types.
const (
	sqliteColumns = `SELECT m.name, c.name, lower(c.type) FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, c.cid`
	postgresColumns = `SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
		JOIN information_schema.tables t USING (table_schema, table_name)
		WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1, c.ordinal_position`
)

// tableColumns lists the columns of all tables that a database has.
func tableColumns(t *testing.T, d db.Database) (all []tableColumn) {
	t.Helper()
	query := sqliteColumns
	if strings.Contains(d.Place(), "://") {
		query = postgresColumns
	}
	err := d.Read(context.Background(), func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(ctx, query, nil, func(scan db.Scan) error {
			var one tableColumn
			err := scan(&one.table, &one.column, &one.kind)
			all = append(all, one)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// goneRows is the condition that holds for the rows of the column which are to go with team K; false for none.
func (c tableColumn) goneRows() (condition string, some bool) {
	condition, some = goneRows[c.table+"."+c.column]
	if !some {
		condition, some = goneRows[c.column]
	}
	return `"` + c.column + `" ` + condition, some
}

// exampleValue is a value of the column, in SQL, in a row of team K.
func (c tableColumn) exampleValue() string {
	isNumber := strings.Contains(c.kind, "int")
	switch {
	case c.column == "team":
		return `'K'`
	case c.column == "sprint":
		return `5`
	case c.column == "board":
		return `3`
	case isNumber:
		return `1`
	case c.kind == "blob":
		return `x'00'`
	case c.kind == "bytea":
		return `'\x00'`
	case strings.HasPrefix(c.kind, "timestamp"):
		return `now()`
	}
	return `'x'`
}

// fillTeamTables puts a row of team K into each table in which the example has none. It holds that of each table it is
// known whether its rows are of a team: one that comes later is forgotten with a team, or told to be of none.
func fillTeamTables(t *testing.T, d db.Database) {
	t.Helper()
	tables := map[string][]tableColumn{}
	for _, one := range tableColumns(t, d) {
		tables[one.table] = append(tables[one.table], one)
	}
	for table, columns := range tables {
		var names, values, conditions []string
		for _, one := range columns {
			names, values = append(names, `"`+one.column+`"`), append(values, one.exampleValue())
			if condition, some := one.goneRows(); some {
				conditions = append(conditions, condition)
			}
		}
		if _, stays := ofNoTeam[table]; stays != (len(conditions) == 0) {
			t.Errorf("table %s: its rows are of a team by %v; it is listed to stay: %v", table, conditions, stays)
		}
		if len(conditions) == 0 ||
			countRows(t, d, `SELECT count(*) FROM "`+table+`" WHERE `+strings.Join(conditions, " AND ")) > 0 {
			continue
		}
		insert := `INSERT INTO "` + table + `" (` + strings.Join(names, ", ") + `) VALUES (` +
			strings.Join(values, ", ") + `)`
		err := d.Write(context.Background(), func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, insert)
			return err
		})
		if err != nil {
			t.Fatalf("%s: %v", insert, err)
		}
	}
}
