package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"jerem/agile"
	"jerem/sorting"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/generation"
)

// Gaps keeps what is lacking or doubted.
type Gaps struct{ db db.Database }

// Gap is something that is lacking or doubted, as it is kept: of a source of a team as a whole, or of one issue.
type Gap struct {
	Team    string // whose it is; "" for an issue that is kept: it concerns every team whose history holds it
	Source  agile.Source
	Code    agile.GapCode
	Subject agile.Subject
	Issue   int64     // 0 for the source as a whole
	Key     string    // of the issue, "" where only its id is known
	Since   time.Time // when it was first found; a write that notes the same gap again leaves it
}

// SetOfTeam keeps what some sources of a team lack as a whole, in place of what was noted of them. Gaps of single
// issues stay: see NoteOfIssues; and so does what was lost, for no reading brings it back.
func (s Gaps) SetOfTeam(ctx context.Context, team string, sources []agile.Source, at time.Time, gaps []Gap) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		old, err := gapsOf(ctx, tx, team)
		if err != nil {
			return err
		}
		now := make([]Gap, len(gaps))
		for n, g := range gaps {
			g.Team, g.Issue, g.Since = team, 0, at
			now[n] = g
		}
		var gone []Gap
		for _, g := range old {
			isOfSources := g.Team == team && g.Issue == 0 && slices.Contains(sources, g.Source)
			if isOfSources && g.Code != agile.GapLost && !slices.ContainsFunc(now, g.sameRow) {
				gone = append(gone, g)
			}
		}
		return changeGaps(ctx, tx, old, gone, now)
	})
}

// NoteOfIssues notes what is lacking of single issues, and forgets the notes of those that are gone. A note goes too
// when its issue is read: see Issues.Put.
func (s Gaps) NoteOfIssues(ctx context.Context, at time.Time, gaps []Gap, gone []int64) error {
	if len(gaps)+len(gone) == 0 {
		return nil
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := deleteGaps(ctx, tx, `issue IN `+db.Listed, db.Numbers(gone)); err != nil {
			return err
		}
		ids, now := make([]int64, len(gaps)), make([]Gap, len(gaps))
		for n, g := range gaps {
			g.Since = at
			ids[n], now[n] = g.Issue, g
		}
		var old []Gap
		query := gapColumns + ` WHERE issue IN ` + db.Listed
		if err := tx.Each(ctx, query, []any{db.Numbers(ids)}, appendGaps(&old)); err != nil {
			return err
		}
		return changeGaps(ctx, tx, old, nil, now)
	})
}

// putGapsOfIssues notes what issues lack that were just read, in place of what was noted of them before.
func putGapsOfIssues(ctx context.Context, tx *db.Tx, docs []Doc) error {
	var ids []int64
	var now []Gap
	for _, d := range docs {
		if d.Read.IsZero() {
			continue
		}
		ids = append(ids, d.Issue.ID)
		for _, g := range d.Gaps {
			now = append(now, Gap{Source: g.Source, Code: g.Code, Subject: g.Subject, Issue: d.Issue.ID, Since: d.Read})
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var old []Gap
	query := gapColumns + ` WHERE issue IN ` + db.Listed + ` AND source <> 'worklogs'`
	if err := tx.Each(ctx, query, []any{db.Numbers(ids)}, appendGaps(&old)); err != nil {
		return err
	}
	lasting := map[gapRow]bool{}
	for _, g := range now {
		lasting[g.rowKey()] = true
	}
	gone := slices.DeleteFunc(slices.Clone(old), func(g Gap) bool { return lasting[g.rowKey()] })
	return changeGaps(ctx, tx, old, gone, now)
}

// gapRow is what tells one row of gaps from others.
type gapRow struct {
	team    string
	source  agile.Source
	code    agile.GapCode
	subject agile.Subject
	issue   int64
}

func (g Gap) rowKey() gapRow { return gapRow{g.Team, g.Source, g.Code, g.Subject, g.Issue} }

// sameRow tells whether both are the same row.
func (g Gap) sameRow(other Gap) bool { return g.rowKey() == other.rowKey() }

// rowText is the SQL that writes what tells one row from others as one text. Sources and codes have no spaces, and a
// subject is a list in JSON, which tells its own end.
const rowText = `source || ' ' || code || ' ' || CAST(issue AS TEXT) || ' ' || subject || ' ' || team`

// keyText is rowText of a gap.
func (g Gap) keyText() string {
	return fmt.Sprintf("%s %s %d %s %s", g.Source, g.Code, g.Issue, encoding.EncodeSubject(g.Subject), g.Team)
}

// changeGaps forgets gaps, keeps others in sets, and raises the generations of those whose they are. old holds all rows
// that may be among those to be kept: one that is known keeps the moment when it was first found, and is written only
// where the key of its issue is told anew.
func changeGaps(ctx context.Context, tx *db.Tx, old, gone, now []Gap) error {
	known := map[gapRow]string{}
	for _, g := range old {
		known[g.rowKey()] = g.Key
	}
	for _, g := range gone {
		delete(known, g.rowKey())
	}
	changed, rows := slices.Clone(gone), [][]any{}
	at := map[gapRow]int{} // where a row stands in rows: each is written once
	for _, g := range now {
		key, kept := known[g.rowKey()]
		if kept && (g.Key == "" || g.Key == key) {
			continue
		}
		known[g.rowKey()] = g.Key
		row := []any{g.Team, string(g.Source), string(g.Code), encoding.EncodeSubject(g.Subject), g.Issue, g.Key,
			encoding.Micros(g.Since)}
		if n, twice := at[g.rowKey()]; twice {
			rows[n] = row
			continue
		}
		at[g.rowKey()] = len(rows)
		changed, rows = append(changed, g), append(rows, row)
	}
	if err := deleteGapRows(ctx, tx, gone); err != nil {
		return err
	}
	_, err := tx.InsertRows(ctx, `INSERT INTO gap (team, source, code, subject, issue, key, since)`,
		`ON CONFLICT (team, source, code, subject, issue) DO UPDATE SET key = excluded.key`, rows)
	if err != nil {
		return err
	}
	return raiseForGaps(ctx, tx, changed)
}

// deleteGapRows forgets gaps.
func deleteGapRows(ctx context.Context, tx *db.Tx, gone []Gap) error {
	if len(gone) == 0 {
		return nil
	}
	ids, texts := make([]int64, len(gone)), make([]string, len(gone))
	for n, g := range gone {
		ids[n], texts[n] = g.Issue, g.keyText()
	}
	remove := `DELETE FROM gap WHERE issue IN ` + db.Listed + ` AND ` + rowText + ` IN ` + db.ListedTextsSecond
	_, err := tx.Exec(ctx, remove, db.Numbers(ids), db.Texts(texts))
	return err
}

// deleteGaps forgets what is noted where a condition holds, and raises the generations of those whose it was.
func deleteGaps(ctx context.Context, tx *db.Tx, where string, args ...any) error {
	var gone []Gap
	if err := tx.Each(ctx, gapColumns+` WHERE `+where, args, appendGaps(&gone)); err != nil || len(gone) == 0 {
		return err
	}
	if err := raiseForGaps(ctx, tx, gone); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM gap WHERE `+where, args...)
	return err
}

// raiseForGaps raises the generation of the teams that gaps concern.
func raiseForGaps(ctx context.Context, tx *db.Tx, gaps []Gap) error {
	var teams []string
	var issues []int64
	for _, g := range gaps {
		if g.Team != "" {
			teams = append(teams, g.Team)
		} else {
			issues = append(issues, g.Issue)
		}
	}
	if err := generation.RaiseTeamsNamed(ctx, tx, generation.ByRest, teams); err != nil {
		return err
	}
	return generation.RaiseTeamsOfIssues(ctx, tx, generation.ByRest, issues)
}

// ClearOfIssues forgets what is noted of single issues under a source and a code, but of some of them.
func (s Gaps) ClearOfIssues(ctx context.Context, source agile.Source, code agile.GapCode, but []int64) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		const which = `issue <> 0 AND issue NOT IN ` + db.Listed + ` AND source = $2 AND code = $3`
		return deleteGaps(ctx, tx, which, db.Numbers(but), string(source), string(code))
	})
}

// IssuesWith returns the issues of which something is noted under a source and a code.
func (s Gaps) IssuesWith(ctx context.Context, source agile.Source, code agile.GapCode) (issues map[int64]bool,
	err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		const query = `SELECT DISTINCT issue FROM gap WHERE issue <> 0 AND source = $1 AND code = $2`
		issues, err = numberSet(ctx, tx, query, string(source), string(code))
		return err
	})
	return issues, err
}

// OfTeam lists what is noted of a team: of its sources, of issues that were never kept and are its own, and of issues
// that are kept, whosever they are.
func (s Gaps) OfTeam(ctx context.Context, team string) (gaps []Gap, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		gaps, err = gapsOf(ctx, tx, team)
		return err
	})
	return gaps, err
}

// gapsOf reads the gaps of a team and those of issues that are kept.
func gapsOf(ctx context.Context, tx *db.Tx, team string) (gaps []Gap, err error) {
	query := gapColumns + ` WHERE team IN ('', $1) ORDER BY source, code, subject, issue`
	err = tx.Each(ctx, query, []any{team}, appendGaps(&gaps))
	return gaps, err
}

const gapColumns = `SELECT team, source, code, subject, issue, key, since FROM gap`

// appendGaps adds the rows of gapColumns to a list.
func appendGaps(list *[]Gap) func(scan db.Scan) error {
	return func(scan db.Scan) error {
		var g Gap
		var source, code, subject string
		var since int64
		if err := scan(&g.Team, &source, &code, &subject, &g.Issue, &g.Key, &since); err != nil {
			return err
		}
		var err error
		if g.Subject, err = encoding.DecodeSubject(subject); err != nil {
			return db.Unfit(err)
		}
		g.Source, g.Code, g.Since = agile.Source(source), agile.GapCode(code), encoding.FromMicros(since)
		*list = append(*list, g)
		return nil
	}
}

// readGaps fills in what the history lacks: the gaps of single issues are told together, by source, code and subject.
func readGaps(ctx context.Context, tx *db.Tx, state TeamState, h *agile.History) error {
	list, err := gapsOf(ctx, tx, state.Name)
	if err != nil {
		return err
	}
	for _, g := range list {
		key, i := "", knownIssues(h.Issues).withID(g.Issue)
		if i != nil {
			key = i.Key.Last()
		} else if g.Team == "" {
			continue
		}
		if g.Source == agile.SourceWorklogs && g.Issue != 0 {
			g.Subject = agile.Subject{} // the worklog's id, which tells nobody anything
		}
		h.Gaps = appendGap(h.Gaps, g, nameOf(g, key))
	}
	h.Gaps = append(h.Gaps, state.RulesSeen...)
	sorting.By(h.Gaps, func(a, b agile.Gap) int { return cmp.Compare(a.Source, b.Source) })
	return nil
}

// nameOf tells the issue of a gap: by its key as it is kept, else as it was told, else by its id.
func nameOf(g Gap, key string) string {
	switch {
	case g.Issue == 0:
		return ""
	case key != "":
		return key
	case g.Key != "":
		return g.Key
	}
	return strconv.FormatInt(g.Issue, 10)
}

// appendGap adds a gap to a list that is in order; one of an issue joins those of the same kind.
func appendGap(list []agile.Gap, g Gap, issue string) []agile.Gap {
	one := agile.Gap{Source: g.Source, Code: g.Code, Subject: g.Subject, Since: g.Since}
	if issue != "" {
		one.Issues = []string{issue}
	}
	if len(list) == 0 || issue == "" {
		return append(list, one)
	}
	last := &list[len(list)-1]
	if last.Source != g.Source || last.Code != g.Code || last.Subject != g.Subject || last.Issues == nil {
		return append(list, one)
	}
	if !slices.Contains(last.Issues, issue) {
		last.Issues = append(last.Issues, issue)
	}
	if g.Since.Before(last.Since) {
		last.Since = g.Since
	}
	return list
}
