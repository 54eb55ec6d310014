package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"jerem/problem"
	"jerem/store/db"
)

// tellUsableEmpty tells whether tables can be made in a database that holds nothing of ours.
func tellUsableEmpty(ctx context.Context, pool *sql.DB, place string) (string, error) {
	var may bool
	query := `SELECT has_schema_privilege(current_schema(), 'CREATE')`
	if err := pool.QueryRowContext(ctx, query).Scan(&may); err != nil {
		return "", problemOf(place, err)
	}
	if !may {
		return "", &problem.Problem{Code: db.Unwritable,
			Message: fmt.Sprintf("store %s: the role may not make tables there", place),
			Hint:    remedies["42501"].hint}
	}
	return "tables will be made by jerem collect or serve", nil
}

// tellUsableHeld tells whether tables that are there can be written.
func tellUsableHeld(ctx context.Context, pool *sql.DB, place string) (string, error) {
	var may, standby bool
	query := `SELECT has_table_privilege('meta', 'UPDATE'), pg_is_in_recovery()`
	if err := pool.QueryRowContext(ctx, query).Scan(&may, &standby); err != nil {
		return "", problemOf(place, err)
	}
	if !may || standby {
		return "can be read, and not written", nil
	}
	return "can be read and written", nil
}
