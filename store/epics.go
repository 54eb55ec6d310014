package store

import (
	"context"
	"regexp"
	"slices"

	"jerem/store/db"
)

// epicLevel is the level of the issue types that are epics.
const epicLevel = 1

// EpicKeys returns the present keys of the issues of a project that are of an epic's level and ever carried a label
// that matches, by issue.
func (s Issues) EpicKeys(ctx context.Context, projectID string, label *regexp.Regexp) (keys []string, err error) {
	if label == nil {
		return nil, nil
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		keys = nil
		epics, err := epicTypes(ctx, tx)
		if err != nil {
			return err
		}
		query := `SELECT t.events FROM issue i JOIN timeline t ON t.issue = i.id WHERE i.project = ?1 ORDER BY i.id`
		return tx.Each(ctx, query, []any{projectID}, func(scan db.Scan) error {
			var events string
			if err := scan(&events); err != nil {
				return err
			}
			key, err := epicKey(events, epics, label)
			if key != "" {
				keys = append(keys, key)
			}
			return err
		})
	})
	return keys, err
}

// epicTypes returns the ids of the issue types that are epics.
func epicTypes(ctx context.Context, tx *db.Tx) (map[string]bool, error) {
	epics := map[string]bool{}
	err := tx.Each(ctx, `SELECT id FROM type WHERE level = ?1`, []any{epicLevel}, func(scan db.Scan) error {
		var id string
		err := scan(&id)
		epics[id] = true
		return err
	})
	return epics, err
}

// epicKey returns the present key of an issue by its timelines, "" where it never was an epic with such a label.
func epicKey(events string, epics map[string]bool, label *regexp.Regexp) (string, error) {
	key, isEpic, labelled := "", false, false
	err := readEvents(events, func(e event) error {
		switch e.field {
		case "key":
			key = e.value
		case "type":
			isEpic = isEpic || epics[e.value]
		case "labels":
			values, err := readList(e.value)
			labelled = labelled || slices.ContainsFunc(values, label.MatchString)
			return err
		}
		return nil
	})
	if err != nil || !isEpic || !labelled {
		return "", db.Unfit(err)
	}
	return key, nil
}
