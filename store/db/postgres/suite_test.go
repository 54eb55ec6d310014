package postgres_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"jerem/agile"
	"jerem/store"
	"jerem/store/db"
	"jerem/store/db/postgres"
	"jerem/store/db/postgres/pgtest"
	"jerem/store/storetest"
	"jerem/store/storetest/suite"
)

// migrated is a database that was opened once and holds nothing.
var migrated = pgtest.NewTemplate(func(ctx context.Context, url string) error {
	d, err := postgres.Open(ctx, url)
	if err != nil {
		return err
	}
	return d.Close()
})

// TestPostgres holds the database to the suite that every database has to pass.
func TestPostgres(t *testing.T) {
	runSuite(t, func(t testing.TB, url string) db.Database {
		d, err := postgres.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		return d
	})
}

// TestPostgresShared holds the database of an instance, which writes under leases, to the same suite.
func TestPostgresShared(t *testing.T) {
	if testing.Short() {
		t.Skip("takes more than a second: TestPostgres is the same suite, and leases have tests of their own")
	}
	runSuite(t, func(t testing.TB, url string) db.Database {
		d, err := postgres.OpenShared(t.Context(), url, []db.Part{db.Reading}, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		return leased{d}
	})
}

// runSuite runs the suite over databases that are opened in one way.
func runSuite(t *testing.T, open func(t testing.TB, url string) db.Database) {
	pgtest.Address(t)
	var places sync.Map // the database of each folder
	suite.Run(t, func(t testing.TB, place string) db.Database {
		url, known := places.Load(place)
		if !known {
			url = migrated.Database(t)
			places.Store(place, url)
		}
		return open(t, url.(string))
	})
}

// leased is a database whose writes are all under the lease of the reading.
type leased struct{ *postgres.Database }

func (d leased) Write(ctx context.Context, do func(context.Context, *db.Tx) error) error {
	ctx, end, leads := d.Sharing().Lead(ctx, db.Reading)
	defer end()
	if !leads {
		return errors.New("the only instance does not lead the reading")
	}
	return d.Database.Write(ctx, do)
}

func (d leased) Compared(ctx context.Context, do func(context.Context, *db.Tx, db.Findings) error) error {
	return d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return do(ctx, tx, nil) })
}

// TestRoundTrips: a chunk of issues takes as many round trips as a few issues do.
func TestRoundTrips(t *testing.T) {
	d, err := postgres.Open(t.Context(), migrated.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	s := store.New(d)
	put := func(first, count int64) int64 {
		docs := make([]store.Doc, count)
		for n := range docs {
			i := storetest.PlainIssue(first + int64(n))
			i.Parent = agile.Constant(storetest.Birth, int64(1))
			docs[n] = store.Doc{Issue: i, Raw: []byte(`{"id":1}`), RawVersion: 1, Read: storetest.Birth,
				Gaps: []agile.Gap{{Source: agile.SourceIssues, Code: agile.GapRefused}}}
		}
		before := d.RoundTrips()
		if _, err := s.Issues.Put(t.Context(), docs); err != nil {
			t.Fatal(err)
		}
		return d.RoundTrips() - before
	}
	if few, many := put(1, 10), put(100, 5000); many != few || few > 10 {
		t.Errorf("5000 issues take %d round trips, 10 take %d", many, few)
	}
}
