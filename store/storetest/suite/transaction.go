package suite

import (
	"context"
	"errors"
	"testing"

	"jerem/store"
	"jerem/store/db"
	"jerem/store/storetest"
)

// checkWriteIsWhole: a write that fails, in the middle or at its end, leaves nothing.
func checkWriteIsWhole(t *testing.T, open Opener) {
	d := open(t, t.TempDir())
	defer d.Close()
	s := store.New(d)
	refused := errors.New("refused")
	err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		if changed, err := tx.Exec(ctx, `INSERT INTO team_sprint VALUES ('K', 1), ('K', 2)`); err != nil ||
			changed != 2 {
			t.Errorf("%d rows changed, want 2: %v", changed, err)
		}
		return refused
	})
	if n := countRows(t, d, `SELECT count(*) FROM team_sprint`); !errors.Is(err, refused) || n != 0 {
		t.Errorf("stopped in the middle: %d rows stay, %v", n, err)
	}
	d.SetFault(func() error { return refused })
	if _, err := s.Issues.Put(t.Context(), storetest.ExampleDocs()); !errors.Is(err, refused) {
		t.Errorf("stopped at the end: %v", err)
	}
	d.SetFault(nil)
	if known, _, err := s.Issues.IDs(t.Context()); err != nil || len(known) != 0 {
		t.Errorf("stopped at the end: %d issues stay, %v", len(known), err)
	}
}

// checkReadSeesOneState: what is written while a transaction reads is not seen in it.
func checkReadSeesOneState(t *testing.T, open Opener) {
	d := open(t, t.TempDir())
	defer d.Close()
	s := store.New(d)
	err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		for range 2 {
			var n int
			if err := tx.QueryRow(ctx, `SELECT count(*) FROM issue`).Scan(&n); err != nil || n != 0 {
				t.Errorf("%d issues are seen, want 0: %v", n, err)
			}
			if _, err := s.Issues.Put(ctx, storetest.ExampleDocs()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := countRows(t, d, `SELECT count(*) FROM issue`); n != len(storetest.ExampleDocs()) {
		t.Errorf("%d issues are seen afterwards", n)
	}
}

// checkVersion: each write raises the version, and no read does.
func checkVersion(t *testing.T, open Opener) {
	s := openStore(t, open)
	last := int64(-1)
	for _, zone := range []string{"UTC", "Europe/Paris", "UTC"} {
		version, err := s.Version(t.Context())
		if err != nil || version <= last {
			t.Errorf("version %d after %d: %v", version, last, err)
		}
		again, err := s.Version(t.Context())
		if err != nil || again != version {
			t.Errorf("version %d, and %d without a write: %v", version, again, err)
		}
		last = version
		if err := s.Metadata.SetZone(t.Context(), zone); err != nil {
			t.Fatal(err)
		}
	}
}

// checkTogether: writes together are one write, seen within and by nobody else before its end; where one of them fails
// nothing stays of any, even if its error is passed over.
func checkTogether(t *testing.T, open Opener) {
	s := openStore(t, open)
	before, err := s.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = s.Together(t.Context(), func(ctx context.Context) error {
		if _, err := s.Issues.Put(ctx, storetest.ExampleDocs()); err != nil {
			return err
		}
		within, _, err := s.Issues.IDs(ctx)
		if len(within) != len(storetest.ExampleDocs()) {
			t.Errorf("%d issues are seen within: %v", len(within), err)
		}
		outside, _, err := s.Issues.IDs(t.Context())
		if len(outside) != 0 {
			t.Errorf("%d issues are seen outside before the end: %v", len(outside), err)
		}
		return s.Metadata.SetZone(ctx, "Europe/Paris")
	})
	after, versionErr := s.Version(t.Context())
	if err != nil || versionErr != nil || after != before+1 {
		t.Errorf("version %d after %d: %v, %v", after, before, err, versionErr)
	}
	refused := errors.New("refused")
	err = s.Together(t.Context(), func(ctx context.Context) error {
		if err := s.Metadata.SetZone(ctx, "UTC"); err != nil {
			return err
		}
		_ = s.Together(ctx, func(context.Context) error { return refused })
		return nil
	})
	if zone, zoneErr := s.Metadata.Zone(t.Context()); !errors.Is(err, refused) || zone != "Europe/Paris" {
		t.Errorf("a part failed, and the zone is %s: %v, %v", zone, err, zoneErr)
	}
}
