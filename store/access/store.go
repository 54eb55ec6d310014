package access

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	gate "jerem/access"
	"jerem/access/rules"
	"jerem/store/db/postgres"
	"jerem/store/sidefile"
)

// Options of a store.
type Options struct {
	Now  func() time.Time
	Keep time.Duration // how long entries of the journal are kept; 0 for ever
}

// Store is what is kept. It is safe for concurrent use, also by several processes.
type Store struct {
	db     *sql.DB
	path   string // of the file; "" in a database
	schema string // before the names of tables, with a dot; "" in a file
	Options
}

// inSchema is a statement as the database takes it: tables are written as access.NAME.
func (s *Store) inSchema(text string) string { return strings.ReplaceAll(text, "access.", s.schema) }

// PathBeside returns where the file stands for a store: jerem.access.db beside jerem.db.
func PathBeside(store string) string {
	return sidefile.Path(store, "access")
}

// PlaceFor returns where logins and tokens are kept beside a store: in its database, or in a file beside its own.
func PlaceFor(path, url string) string {
	if url != "" {
		return url
	}
	return PathBeside(path)
}

// Open opens what is kept, and makes it where there is nothing: a file, readable by this user alone, or at a place that
// begins with postgres:// a schema of its own in that database.
func Open(ctx context.Context, place string, o Options) (*Store, error) {
	if isPostgres(place) {
		return openPostgres(ctx, place, o, false)
	}
	db, err := sidefile.Open(ctx, place, form)
	if err != nil {
		return nil, err
	}
	return &Store{db: db, path: place, Options: o}, nil
}

// OpenRead opens what is kept to be read, also where this user may not write it. What has the form of an older program
// is refused.
func OpenRead(ctx context.Context, place string, o Options) (*Store, error) {
	if isPostgres(place) {
		return openPostgres(ctx, place, o, true)
	}
	db, err := sidefile.OpenRead(ctx, place, form)
	if err != nil {
		return nil, err
	}
	return &Store{db: db, path: place, Options: o}, nil
}

// problemOf makes a problem of what the database says; any other error comes back as it is.
func (s *Store) problemOf(err error) error {
	if s.path == "" {
		return postgres.ProblemOf("the schema jerem_access", err)
	}
	return sidefile.ProblemOf(s.path, err)
}

// Close closes it.
func (s *Store) Close() error { return s.db.Close() }

// TokenByHash returns the token of a hash; false where there is none.
func (s *Store) TokenByHash(ctx context.Context, hash string) (gate.Token, bool, error) {
	t, err := scanToken(s.db.QueryRowContext(ctx, s.inSchema(tokenColumns+` WHERE hash = $1`), hash))
	if errors.Is(err, sql.ErrNoRows) {
		return gate.Token{}, false, nil
	}
	return t, err == nil, s.problemOf(err)
}

const tokenColumns = `SELECT hash, name, role, team, created, expires FROM access.token`

func scanToken(row interface{ Scan(...any) error }) (gate.Token, error) {
	var t gate.Token
	var created, expires int64
	var role string
	if err := row.Scan(&t.Hash, &t.Name, &role, &t.Team, &created, &expires); err != nil {
		return gate.Token{}, err
	}
	t.ID, t.Role, t.Created = gate.TokenID(t.Hash), rules.Role(role), time.UnixMicro(created).UTC()
	if expires != 0 {
		t.Expires = time.UnixMicro(expires).UTC()
	}
	return t, nil
}

// Tokens lists the tokens, the oldest first.
func (s *Store) Tokens(ctx context.Context) ([]gate.Token, error) {
	rows, err := s.db.QueryContext(ctx, s.inSchema(tokenColumns+` ORDER BY created, hash`))
	if err != nil {
		return nil, s.problemOf(err)
	}
	defer rows.Close()
	var list []gate.Token
	for rows.Next() {
		t, err := scanToken(rows)
		if err != nil {
			return nil, s.problemOf(err)
		}
		list = append(list, t)
	}
	return list, s.problemOf(rows.Err())
}

// AddToken keeps a token.
func (s *Store) AddToken(ctx context.Context, t gate.Token) error {
	var expires int64
	if !t.Expires.IsZero() {
		expires = t.Expires.UnixMicro()
	}
	_, err := s.db.ExecContext(ctx, s.inSchema(`INSERT INTO access.token (hash, name, role, team, created, expires)
		VALUES ($1, $2, $3, $4, $5, $6)`), t.Hash, t.Name, string(t.Role), t.Team, t.Created.UnixMicro(), expires)
	return s.problemOf(err)
}

// RevokeToken takes a token away, named by its id; false where there is none.
func (s *Store) RevokeToken(ctx context.Context, id string) (bool, error) {
	if len(id) != len(gate.TokenID(strings.Repeat("0", 64))) {
		return false, nil
	}
	done, err := s.db.ExecContext(ctx, s.inSchema(`DELETE FROM access.token WHERE substr(hash, 1, length($1)) = $1`),
		id)
	if err != nil {
		return false, s.problemOf(err)
	}
	count, err := done.RowsAffected()
	return count > 0, s.problemOf(err)
}

// FindCtx returns what a session holds; false where it ended.
func (s *Store) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.db.QueryRowContext(ctx, s.inSchema(`SELECT data FROM access.session WHERE hash = $1 AND expires > $2`),
		token,
		s.Now().UnixMicro()).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, s.problemOf(err)
}

// CommitCtx keeps a session, and forgets those that ended.
func (s *Store) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, s.inSchema(`DELETE FROM access.session WHERE expires <= $1`),
			s.Now().UnixMicro()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, s.inSchema(`INSERT INTO access.session (hash, data, expires) VALUES ($1, $2, $3)
			ON CONFLICT (hash) DO UPDATE SET data = excluded.data, expires = excluded.expires`), token, data,
			expiry.UnixMicro())
		return err
	})
}

// DeleteCtx ends a session.
func (s *Store) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.db.ExecContext(ctx, s.inSchema(`DELETE FROM access.session WHERE hash = $1`), token)
	return s.problemOf(err)
}

// Find is FindCtx for callers without a context.
func (s *Store) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx for callers without a context.
func (s *Store) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx for callers without a context.
func (s *Store) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// A clock may have jumped: entries go by it alone as far as farFromEntry after the newest one that is a day old.
const (
	believedAfter = 24 * time.Hour
	farFromEntry  = 31 * 24 * time.Hour
)

// believedNow is the moment by which entries are dropped. An entry after which an earlier moment was entered was made
// by a clock that was wrong, and tells nothing.
func (s *Store) believedNow(ctx context.Context, tx *sql.Tx) (time.Time, error) {
	now, newest := s.Now(), int64(0)
	err := tx.QueryRowContext(ctx, s.inSchema(`SELECT at FROM access.journal AS entry WHERE at <= $1 AND NOT EXISTS
		(SELECT 1 FROM access.journal AS later WHERE later.id > entry.id AND later.at < entry.at - $2)
		ORDER BY at DESC LIMIT 1`), now.Add(-believedAfter).UnixMicro(), believedAfter.Microseconds()).Scan(&newest)
	believed := time.UnixMicro(newest).Add(farFromEntry)
	if errors.Is(err, sql.ErrNoRows) || err == nil && now.Before(believed) {
		return now, nil
	}
	return believed, err
}

// Record adds an entry to the journal, and forgets those that are older than it keeps.
func (s *Store) Record(ctx context.Context, e gate.Entry) error {
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		if s.Keep > 0 {
			now, err := s.believedNow(ctx, tx)
			if err != nil {
				return err
			}
			oldest := now.Add(-s.Keep).UnixMicro()
			if _, err := tx.ExecContext(ctx, s.inSchema(`DELETE FROM access.journal WHERE at < $1`),
				oldest); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, s.inSchema(`INSERT INTO access.journal (at, who, what, source, args)
			VALUES ($1, $2, $3, $4, $5)`),
			e.At.UnixMicro(), e.Who, e.What, e.From, e.Args)
		return err
	})
}

// Entries lists the newest entries of the journal, the newest first, so many at most; of one login where it is not "".
func (s *Store) Entries(ctx context.Context, who string, atMost int) ([]gate.Entry, error) {
	rows, err := s.db.QueryContext(ctx, s.inSchema(`SELECT at, who, what, source, args FROM access.journal
		WHERE CAST($1 AS TEXT) = '' OR who = $1 ORDER BY id DESC LIMIT $2`), who, atMost)
	if err != nil {
		return nil, s.problemOf(err)
	}
	defer rows.Close()
	var list []gate.Entry
	for rows.Next() {
		var e gate.Entry
		var at int64
		if err := rows.Scan(&at, &e.Who, &e.What, &e.From, &e.Args); err != nil {
			return nil, s.problemOf(err)
		}
		e.At = time.UnixMicro(at).UTC()
		list = append(list, e)
	}
	return list, s.problemOf(rows.Err())
}

func (s *Store) inTransaction(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return s.problemOf(err)
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return s.problemOf(err)
	}
	return s.problemOf(tx.Commit())
}
