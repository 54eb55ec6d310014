package places

import (
	"context"
	"time"

	"jerem/store"
	"jerem/store/db"
	"jerem/store/db/postgres"
)

// Open opens a store for writing and creates it where there is none: see store.Open and postgres.Open.
func Open(ctx context.Context, place string) (*store.Store, error) {
	if postgres.IsURL(place) {
		return onServer(postgres.Open(ctx, place))
	}
	return store.Open(ctx, place)
}

// OpenShared opens a store for writing as one of several instances that share out the reading and the teams: see
// sharing.Coordinator.LeadReading and LeadTeam. now is our clock. A file is written by one process, which leads all.
func OpenShared(ctx context.Context, place string, teams []string, now func() time.Time) (*store.Store, error) {
	if !postgres.IsURL(place) {
		return store.Open(ctx, place)
	}
	parts := []db.Part{db.Reading, db.OnCall}
	for _, team := range teams {
		parts = append(parts, db.TeamPart(team))
	}
	return onServer(postgres.OpenShared(ctx, place, parts, now))
}

// OpenRead opens a store beside the process that writes it: see store.OpenRead and postgres.OpenRead.
func OpenRead(ctx context.Context, place string) (*store.Store, error) {
	if postgres.IsURL(place) {
		return onServer(postgres.OpenRead(ctx, place))
	}
	return store.OpenRead(ctx, place)
}

// OpenReadAhead is OpenRead for who tells nothing of what it reads before sound was asked: see store.OpenReadAhead.
func OpenReadAhead(ctx context.Context, place string) (s *store.Store, sound func() error, err error) {
	if postgres.IsURL(place) {
		s, err = OpenRead(ctx, place)
		return s, func() error { return nil }, err
	}
	return store.OpenReadAhead(ctx, place)
}

func onServer(d *postgres.Database, err error) (*store.Store, error) {
	if err != nil {
		return nil, err
	}
	return store.New(d), nil
}

// Exists refuses a place at which nothing is kept yet.
func Exists(ctx context.Context, place string) error {
	if !postgres.IsURL(place) {
		return store.Exists(place)
	}
	s, err := OpenRead(ctx, place)
	if err != nil {
		return err
	}
	return s.Close()
}

// Usable tells without changing anything whether a store can be read and written at a place.
func Usable(ctx context.Context, place string) (string, error) {
	if postgres.IsURL(place) {
		return postgres.Usable(ctx, place)
	}
	return store.Usable(ctx, place)
}

// IsServer tells whether a place is the address of a PostgreSQL server, and not the path of a file.
func IsServer(place string) bool { return postgres.IsURL(place) }

// Name names a place in messages: without a password.
func Name(place string) string {
	if postgres.IsURL(place) {
		return postgres.Place(place)
	}
	return place
}
