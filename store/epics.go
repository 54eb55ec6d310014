package store

import (
	"context"
	"maps"
	"slices"

	"jerem/agile"
	"jerem/store/db"
)

// epicLevel is the level of the issue types that are epics.
const epicLevel = 1

// EpicKeys returns the present keys of the issues of a project that are of an epic's level and that a rule ever put
// into a quarter, in order of issue.
func (s Issues) EpicKeys(ctx context.Context, projectID string, rule agile.QuarterRule) (keys []string, err error) {
	all, err := s.EpicsSince(ctx, projectID, rule, 0)
	for _, id := range slices.Sorted(maps.Keys(all)) {
		if all[id] != "" {
			keys = append(keys, all[id])
		}
	}
	return keys, err
}

// EpicsSince returns the same of the issues that changed since a generation, by issue, "" for one that is no such epic
// of the project; of all issues of the project since 0.
func (s Issues) EpicsSince(
	ctx context.Context,
	projectID string,
	rule agile.QuarterRule,
	since int64,
) (keys map[int64]string, err error) {
	if rule.Label == nil && rule.By != agile.ByDueDate {
		return nil, nil
	}
	query, args := `SELECT i.id, i.project, t.events FROM issue i JOIN timeline t ON t.issue = i.id
		WHERE i.project = ?1`, []any{projectID}
	if since > 0 {
		query, args = `SELECT i.id, i.project, t.events FROM issue i JOIN timeline t ON t.issue = i.id
			WHERE i.changed > ?1`, []any{since}
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		keys = map[int64]string{}
		epics, err := epicTypes(ctx, tx)
		if err != nil {
			return err
		}
		inQuarter := quarterTest{rule: rule}
		if rule.By == agile.ByFixVersion {
			if inQuarter.versions, err = readVersions(ctx, tx); err != nil {
				return err
			}
		}
		return tx.Each(ctx, query, args, func(scan db.Scan) error {
			var id int64
			var project, events string
			if err := scan(&id, &project, &events); err != nil {
				return err
			}
			keys[id] = ""
			if project != projectID {
				return nil
			}
			key, err := epicKey(events, epics, inQuarter)
			keys[id] = key
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

// quarterTest tells whether a value of the field of a rule puts an epic into a quarter.
type quarterTest struct {
	rule     agile.QuarterRule
	versions map[string]string // names by id, where versions tell it
}

// holds tests a kept value of the field.
func (q quarterTest) holds(value string) (bool, error) {
	if q.rule.By == agile.ByDueDate {
		return value != "", nil
	}
	list, err := readList(value)
	return slices.ContainsFunc(list, func(one string) bool {
		if q.rule.By == agile.ByFixVersion {
			one = q.versions[one]
		}
		return q.rule.Label.MatchString(one)
	}), err
}

// epicKey returns the present key of an issue by its timelines, "" where it never was an epic, or never was put into a
// quarter.
func epicKey(events string, epics map[string]bool, inQuarter quarterTest) (string, error) {
	key, isEpic, hadQuarter, field := "", false, false, inQuarter.rule.Field()
	err := readEvents(events, func(e event) error {
		switch e.field {
		case "key":
			key = e.value
		case "type":
			isEpic = isEpic || epics[e.value]
		case field:
			holds, err := inQuarter.holds(e.value)
			hadQuarter = hadQuarter || holds
			return err
		}
		return nil
	})
	if err != nil || !isEpic || !hadQuarter {
		return "", db.Unfit(err)
	}
	return key, nil
}
