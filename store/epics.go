package store

import (
	"context"
	"maps"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/metadata"
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
// of the project; since 0 of those of the project that ever had the type of an epic.
func (s Issues) EpicsSince(
	ctx context.Context,
	projectID string,
	rule agile.QuarterRule,
	since int64,
) (keys map[int64]string, err error) {
	if rule.Label == nil && rule.By != agile.ByDueDate {
		return nil, nil
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		keys = map[int64]string{}
		epics, err := epicTypes(ctx, tx)
		if err != nil {
			return err
		}
		inQuarter := quarterTest{rule: rule}
		if rule.By == agile.ByFixVersion {
			if inQuarter.versions, err = metadata.ReadVersions(ctx, tx); err != nil {
				return err
			}
		}
		query, args := ` WHERE i.changed > $1`, []any{since}
		if since == 0 {
			types, err := typesWithEpics(ctx, tx, projectID, epics)
			if err != nil {
				return err
			}
			query, args = ` WHERE i.types IN `+db.ListedTexts+` AND i.project = $2`, []any{db.Texts(types), projectID}
		}
		return tx.Each(ctx, epicColumns+query, args, func(scan db.Scan) error {
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

const epicColumns = `SELECT i.id, i.project, t.events FROM issue i JOIN timeline t ON t.issue = i.id`

// epicTypes returns the ids of the issue types that are epics.
func epicTypes(ctx context.Context, tx *db.Tx) (map[string]bool, error) {
	epics := map[string]bool{}
	err := tx.Each(ctx, `SELECT id FROM type WHERE level = $1`, []any{epicLevel}, func(scan db.Scan) error {
		var id string
		err := scan(&id)
		epics[id] = true
		return err
	})
	return epics, err
}

// typesWithEpics returns what the column types of the issues of a project holds where one of them is an epic's. It
// goes from one value to the next by the index: there are a few, of any number of issues.
func typesWithEpics(ctx context.Context, tx *db.Tx, projectID string, epics map[string]bool) (out []string, err error) {
	query := `WITH RECURSIVE held(types) AS (
		SELECT min(types) FROM issue WHERE project = $1
		UNION ALL SELECT (SELECT min(i.types) FROM issue i WHERE i.project = $1 AND i.types > held.types)
		FROM held WHERE held.types IS NOT NULL)
		SELECT types FROM held WHERE types IS NOT NULL`
	err = tx.Each(ctx, query, []any{projectID}, func(scan db.Scan) error {
		var types string
		err := scan(&types)
		if slices.ContainsFunc(strings.Fields(types), func(id string) bool { return epics[id] }) {
			out = append(out, types)
		}
		return err
	})
	return out, err
}

// quarterTest tells whether a value of the field of a rule puts an epic into a quarter.
type quarterTest struct {
	rule     agile.QuarterRule
	versions map[string]string // names by id, where versions tell it
}

// holdsFor tests a kept value of the field.
func (q quarterTest) holdsFor(value string) (bool, error) {
	if q.rule.By == agile.ByDueDate {
		return value != "", nil
	}
	list, err := encoding.ReadList(value)
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
	err := encoding.ReadEvents(events, func(e encoding.Event) error {
		switch e.Field {
		case "key":
			key = e.Value
		case "type":
			isEpic = isEpic || epics[e.Value]
		case field:
			holds, err := inQuarter.holdsFor(e.Value)
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
