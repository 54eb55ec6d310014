package oncall

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// columnsOfHandles are the columns that hold a handle and nothing else.
var columnsOfHandles = map[string][]string{
	"person": {"handle"}, "change": {"giver", "taker", "asked_by", "answered_by"}, "absence": {"person"},
	"callout": {"person"}, "decision": {"made_by"}, "notice": {"person"}, "calendar_secret": {"person"},
}

// Forgotten is who is forgotten.
type Forgotten struct {
	Handle, Login string // Login is "" for somebody who had none
	Name          string // that they have from now on
	LastFrozen    string // the last frozen month, up to which nothing is adjusted for them any more; "" for none
}

// Forget replaces a handle by another name in all that is kept but frozen statements, in one transaction. Calendars of
// the person are closed, messages that are due are not sent, and raw events that name them go. That the handle is
// forgotten is kept, so that a file that still names it does not bring it back.
func (s *Store) Forget(ctx context.Context, f Forgotten, at time.Time) error {
	if err := s.inTransaction(ctx, func(tx transaction) error { return forgetInAll(s, ctx, tx, f, at) }); err != nil {
		return err
	}
	db, err := openDatabase(ctx, s)
	if err != nil {
		return err
	}
	for _, statement := range s.afterForgetting {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("the handle is replaced, but the file could not be written anew: %w", s.problemOf(err))
		}
	}
	return nil
}

func forgetInAll(s *Store, ctx context.Context, tx transaction, f Forgotten, at time.Time) error {
	handle, name := f.Handle, f.Name
	if err := tx.exec(ctx, `UPDATE calendar_secret SET revoked = $1 WHERE person = $2 AND revoked IS NULL`,
		unixOf(at), handle); err != nil {
		return err
	}
	if err := tx.exec(ctx, `UPDATE notice SET sent = $1 WHERE person = $2 AND sent IS NULL`, unixOf(at),
		handle); err != nil {
		return err
	}
	for table, columns := range columnsOfHandles {
		for _, column := range columns {
			if err := tx.exec(ctx, `UPDATE `+table+` SET `+column+` = $1 WHERE `+column+` = $2`, name,
				handle); err != nil {
				return err
			}
		}
	}
	if err := forgetInVersions(ctx, tx, handle, name); err != nil {
		return err
	}
	if err := forgetInJournal(s, ctx, tx, f); err != nil {
		return err
	}
	if err := dropEventsNaming(ctx, tx, f); err != nil {
		return err
	}
	return keepForgotten(ctx, tx, f)
}

// forgetInVersions replaces a handle among the people of versions that have begun.
func forgetInVersions(ctx context.Context, tx transaction, handle, name string) error {
	type version struct {
		rota, first string
		people      []string
	}
	var found []version
	err := tx.eachRow(ctx, `SELECT rota, first, people FROM rota_version`, func(scan func(...any) error) error {
		var v version
		if err := scan(&v.rota, &v.first, list{&v.people}); err != nil {
			return err
		}
		if slices.Contains(v.people, handle) {
			found = append(found, v)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, v := range found {
		for i, p := range v.people {
			if p == handle {
				v.people[i] = name
			}
		}
		people, err := json.Marshal(v.people)
		if err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE rota_version SET people = $1 WHERE rota = $2 AND first = $3`, string(people),
			v.rota, v.first); err != nil {
			return err
		}
	}
	return nil
}

// forgetInJournal takes a handle and a login out of the journal, whose lines stand otherwise.
func forgetInJournal(s *Store, ctx context.Context, tx transaction, f Forgotten) error {
	if err := tx.exec(ctx, s.unlockJournal); err != nil {
		return err
	}
	type line struct {
		id        int64
		who, args string
	}
	var found []line
	err := tx.eachRow(ctx, `SELECT id, who, args FROM journal`, func(scan func(...any) error) error {
		var l line
		err := scan(&l.id, &l.who, &l.args)
		after := line{l.id, l.who, replaceWord(l.args, f.Handle, f.Name)}
		if l.who == f.Handle || l.who == f.Login && f.Login != "" {
			after.who = f.Name
		}
		if after != l {
			found = append(found, after)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, l := range found {
		if err := tx.exec(ctx, `UPDATE journal SET who = $1, args = $2 WHERE id = $3`, l.who, l.args,
			l.id); err != nil {
			return err
		}
	}
	return tx.exec(ctx, s.lockJournal)
}

// replaceWord replaces a word wherever it stands between other signs than those of a handle.
func replaceWord(text, word, by string) string {
	isOfHandle := func(r rune) bool {
		return r == '-' || r == '_' || r == '.' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' ||
			r >= 'A' && r <= 'Z' ||
			r > 127
	}
	var out strings.Builder
	for len(text) > 0 {
		end := strings.IndexFunc(text, isOfHandle)
		if end < 0 {
			end = len(text)
		}
		out.WriteString(text[:end])
		text = text[end:]
		end = strings.IndexFunc(text, func(r rune) bool { return !isOfHandle(r) })
		if end < 0 {
			end = len(text)
		}
		if strings.TrimRight(text[:end], ".") == word {
			out.WriteString(by + text[len(word):end])
		} else {
			out.WriteString(text[:end])
		}
		text = text[end:]
	}
	return out.String()
}

// dropEventsNaming drops raw events that name the person; those that were never finished are finished by it.
func dropEventsNaming(ctx context.Context, tx transaction, f Forgotten) error {
	var found []int64
	err := tx.eachRow(ctx, `SELECT id, body FROM event`, func(scan func(...any) error) error {
		var id int64
		var body string
		if err := scan(&id, &body); err != nil {
			return err
		}
		raw, err := base64.StdEncoding.DecodeString(body)
		isNamed := replaceWord(string(raw), f.Handle, "") != string(raw) ||
			f.Login != "" && strings.Contains(string(raw), f.Login)
		if isNamed {
			found = append(found, id)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range found {
		if err := tx.exec(ctx, `DELETE FROM event WHERE id = $1`, id); err != nil {
			return err
		}
	}
	return nil
}

// beforeAllMonths stands for no month that was frozen.
const beforeAllMonths = "0001-01"

// keepForgotten keeps that a person is forgotten, and up to which month nothing is adjusted for them, under either
// name.
func keepForgotten(ctx context.Context, tx transaction, f Forgotten) error {
	month := f.LastFrozen
	if month == "" {
		month = beforeAllMonths
	}
	for _, person := range []string{f.Handle, f.Name} {
		if err := tx.exec(ctx, `INSERT INTO forgotten (handle, month) VALUES ($1, $2)
			ON CONFLICT (handle) DO UPDATE SET month = excluded.month`, person, month); err != nil {
			return err
		}
	}
	return nil
}
