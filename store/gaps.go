package store

import (
	"context"
	"slices"
	"strconv"
	"time"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/encoding"
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
		for _, g := range old {
			lasts := slices.ContainsFunc(
				gaps,
				func(n Gap) bool { return n.Source == g.Source && n.Code == g.Code && n.Subject == g.Subject },
			)
			if lasts || g.Issue != 0 || g.Code == agile.GapLost || !slices.Contains(sources, g.Source) {
				continue
			}
			gone, err := tx.Exec(
				ctx,
				`DELETE FROM gap WHERE team = ?1 AND source = ?2 AND code = ?3 AND subject = ?4 AND issue = 0`,
				team,
				string(g.Source),
				string(g.Code),
				encoding.EncodeSubject(g.Subject),
			)
			if err := raiseIfAny(ctx, tx, gone, err, team); err != nil {
				return err
			}
		}
		for _, g := range gaps {
			g.Team, g.Issue = team, 0
			if err := putGap(ctx, tx, g, at); err != nil {
				return err
			}
		}
		return nil
	})
}

// NoteOfIssues notes what is lacking of single issues, and forgets the notes of those that are gone. A note goes too
// when its issue is read: see Issues.Put.
func (s Gaps) NoteOfIssues(ctx context.Context, at time.Time, gaps []Gap, gone []int64) error {
	if len(gaps)+len(gone) == 0 {
		return nil
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, id := range gone {
			if err := deleteGaps(ctx, tx, `issue = ?1`, id); err != nil {
				return err
			}
		}
		for _, g := range gaps {
			if err := putGap(ctx, tx, g, at); err != nil {
				return err
			}
		}
		return nil
	})
}

// putGapsOfIssues notes what issues lack that were just read, in place of what was noted of them before. It returns
// those of which that is something else than before; the generations of their teams are still to be raised.
func putGapsOfIssues(ctx context.Context, tx *db.Tx, docs []Doc) (differing []int64, err error) {
	var ids []int64
	for _, d := range docs {
		if !d.Read.IsZero() {
			ids = append(ids, d.Issue.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	var noted []Gap
	query := gapColumns + ` WHERE issue IN ` + db.Listed + ` AND source <> 'worklogs'`
	if err := tx.Each(ctx, query, []any{db.Numbers(ids)}, appendGaps(&noted)); err != nil {
		return nil, err
	}
	old := map[int64][]Gap{}
	for _, g := range noted {
		old[g.Issue] = append(old[g.Issue], g)
	}
	for _, d := range docs {
		if d.Read.IsZero() || len(old[d.Issue.ID])+len(d.Gaps) == 0 {
			continue
		}
		changed, err := putIssueGaps(ctx, tx, d, old[d.Issue.ID])
		if err != nil {
			return nil, err
		}
		if changed {
			differing = append(differing, d.Issue.ID)
		}
	}
	return differing, nil
}

// putIssueGaps notes what an issue lacks in place of what was noted of it.
func putIssueGaps(ctx context.Context, tx *db.Tx, d Doc, old []Gap) (changed bool, err error) {
	id, gaps := d.Issue.ID, d.Gaps
	for _, o := range old {
		if o.Team == "" && slices.ContainsFunc(gaps, o.sameAs) {
			continue
		}
		changed = true
		if err := deleteGaps(ctx, tx, `team = ?1 AND source = ?2 AND code = ?3 AND subject = ?4 AND issue = ?5`,
			o.Team, string(o.Source), string(o.Code), encoding.EncodeSubject(o.Subject), id); err != nil {
			return false, err
		}
	}
	for _, g := range gaps {
		if slices.ContainsFunc(old, func(o Gap) bool { return o.Team == "" && o.sameAs(g) }) {
			continue
		}
		changed = true
		if err := putGap(ctx, tx, Gap{Source: g.Source, Code: g.Code, Subject: g.Subject,
			Issue: id}, d.Read); err != nil {
			return false, err
		}
	}
	return changed, nil
}

// sameAs tells whether both lack the same.
func (g Gap) sameAs(other agile.Gap) bool {
	return g.Source == other.Source && g.Code == other.Code && g.Subject == other.Subject
}

// deleteGaps forgets what is noted where a condition holds, and raises the generations of those whose it was.
func deleteGaps(ctx context.Context, tx *db.Tx, where string, args ...any) error {
	var gone []Gap
	if err := tx.Each(ctx, gapColumns+` WHERE `+where, args, appendGaps(&gone)); err != nil || len(gone) == 0 {
		return err
	}
	for _, g := range gone {
		if err := raiseForGap(ctx, tx, g); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `DELETE FROM gap WHERE `+where, args...)
	return err
}

// raiseForGap raises the generation of the teams that a gap concerns.
func raiseForGap(ctx context.Context, tx *db.Tx, g Gap) error {
	if g.Team != "" {
		return raiseTeam(ctx, tx, byRest, g.Team)
	}
	return raiseTeamsOfIssues(ctx, tx, byRest, []int64{g.Issue})
}

// putGap keeps a gap; one that was known keeps the moment when it was first found.
func putGap(ctx context.Context, tx *db.Tx, g Gap, at time.Time) error {
	noted, err := tx.Exec(
		ctx,
		`INSERT INTO gap (team, source, code, subject, issue, key, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
		ON CONFLICT DO UPDATE SET key = excluded.key WHERE excluded.key NOT IN ('', key)`,
		g.Team,
		string(g.Source),
		string(g.Code),
		encoding.EncodeSubject(g.Subject),
		g.Issue,
		g.Key,
		encoding.Micros(at),
	)
	if err != nil || noted == 0 {
		return err
	}
	return raiseForGap(ctx, tx, g)
}

// ClearOfIssues forgets what is noted of single issues under a source and a code, but of some of them.
func (s Gaps) ClearOfIssues(ctx context.Context, source agile.Source, code agile.GapCode, but []int64) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var gone []int64
		query := `SELECT DISTINCT issue FROM gap WHERE source = ?1 AND code = ?2 AND issue <> 0`
		err := tx.Each(ctx, query, []any{string(source), string(code)}, func(scan db.Scan) error {
			var id int64
			err := scan(&id)
			if !slices.Contains(but, id) {
				gone = append(gone, id)
			}
			return err
		})
		if err != nil {
			return err
		}
		for _, id := range gone {
			if err := deleteGaps(ctx, tx, `source = ?1 AND code = ?2 AND issue = ?3`, string(source), string(code),
				id); err != nil {
				return err
			}
		}
		return nil
	})
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
	query := gapColumns + ` WHERE team IN ('', ?1) ORDER BY source, code, subject, issue`
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
	keys := map[int64]string{}
	for _, i := range h.Issues {
		keys[i.ID] = i.Key.Last()
	}
	for _, g := range list {
		key, kept := keys[g.Issue]
		if g.Team == "" && !kept {
			continue
		}
		if g.Source == agile.SourceWorklogs && g.Issue != 0 {
			g.Subject = agile.Subject{} // the worklog's id, which tells nobody anything
		}
		h.Gaps = appendGap(h.Gaps, g, nameOf(g, key))
	}
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
