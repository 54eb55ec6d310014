package postgres

import (
	"context"
	"fmt"

	"jerem/problem"
	"jerem/store/db"
)

// usableEmpty tells whether tables can be made in a database that holds nothing of ours.
func (s *Database) usableEmpty(ctx context.Context) (string, error) {
	var may bool
	query := `SELECT has_schema_privilege(current_schema(), 'CREATE')`
	if err := s.admin.QueryRowContext(ctx, query).Scan(&may); err != nil {
		return "", problemOf(s.place, err)
	}
	if !may {
		return "", &problem.Problem{Code: db.Unwritable,
			Message: fmt.Sprintf("store %s: the role may not make tables there", s.place),
			Hint:    remedies["42501"].hint}
	}
	return "tables will be made by jerem collect or serve", nil
}

// usableHeld tells whether tables that are there can be written.
func (s *Database) usableHeld(ctx context.Context) (string, error) {
	var may, standby bool
	query := `SELECT has_table_privilege('meta', 'UPDATE'), pg_is_in_recovery()`
	if err := s.admin.QueryRowContext(ctx, query).Scan(&may, &standby); err != nil {
		return "", problemOf(s.place, err)
	}
	if !may || standby {
		return "can be read, and not written", nil
	}
	return "can be read and written", nil
}
