package metadata

import (
	"context"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/jira/document"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/doubts"
	"jerem/sync/gaps"
)

// readFields lists the fields. Those that were asked for before and are listed no more are asked for further; one
// goes when it is told gone at a later reading too, and Jira refuses a question about it.
func (s Source) readFields(ctx context.Context, site *Site) error {
	names, err := s.Store.Metadata.FieldNames(ctx)
	if err != nil {
		return err
	}
	marks, err := s.Store.Checkpoints.All(ctx)
	if err != nil {
		return err
	}
	fields, err := s.Jira.Fields(ctx)
	if slices.ContainsFunc(s.Teams, func(t agile.Team) bool { return t.Works != "" }) {
		fields = fields.WithTeam()
	}
	if err != nil {
		gap, _, refused := gaps.OfRefusal(agile.SourceFields, err)
		if !refused || marks.Fields == "" || ctx.Err() != nil {
			return err
		}
		site.Fields = s.Jira.KeptFields(marks.Fields, names).Know(names)
		if s.Before != nil {
			site.Fields = document.WithPeople(site.Fields, s.Before.Fields)
		}
		site.Notes.Add(gap, doubts.Refused(err, doubts.Fields))
		return nil
	}
	gone, err := s.goneFields(ctx, fields, marks.Fields, names)
	if err != nil {
		return err
	}
	kept, lost := fields.Without(gone).Keep(marks.Fields, names)
	for _, f := range lost {
		site.Notes.Gaps = append(
			site.Notes.Gaps,
			store.Gap{Source: agile.SourceFields, Code: agile.GapShrunk, Subject: agile.NamedSubject(f.Name)},
		)
		if f.Needed {
			site.Notes.Doubts = append(
				site.Notes.Doubts,
				doubts.New(doubts.FieldGone, f.Name),
			)
		}
	}
	if n := kept.LeftOut(); n > 0 {
		s.Log.Warn(
			"more fields than one request takes: some that neither boards nor configuration name are not read",
			"left out",
			n,
		)
	}
	site.Fields = kept.Know(names)
	return nil
}

// goneFields are the fields that an earlier reading missed already and that no question may name any more.
func (s Source) goneFields(
	ctx context.Context,
	fields document.Fieldset,
	signature string,
	names map[string][]string,
) ([]string, error) {
	_, lost := fields.Keep(signature, names)
	var gone []string
	for _, f := range lost {
		before, err := s.missedBefore(ctx, agile.SourceFields, agile.NamedSubject(f.Name))
		if err != nil {
			return nil, err
		}
		if !before {
			continue
		}
		_, err = s.Jira.Sample(ctx, jira.Clause(f.ID)+" is not EMPTY ORDER BY created ASC", 1)
		switch {
		case problem.Is(err, jira.BadRequest):
			gone = append(gone, f.ID)
		case err != nil:
			return nil, err
		}
	}
	return gone, nil
}

// missedBefore tells whether an earlier reading noted that a source tells less of a subject.
func (s Source) missedBefore(ctx context.Context, source agile.Source, subject agile.Subject) (bool, error) {
	for _, conf := range s.Teams {
		noted, err := s.Store.Gaps.OfTeam(ctx, conf.Name)
		if err != nil {
			return false, err
		}
		if gaps.ShrunkBefore(noted, source, subject) {
			return true, nil
		}
	}
	return false, nil
}

// readStatuses lists the statuses. Those known stay where they are refused, or all gone at once; one that loses its
// category keeps it.
func (s Source) readStatuses(ctx context.Context, site *Site) error {
	known, err := s.Store.Metadata.Statuses(ctx)
	if err != nil {
		return err
	}
	list, err := s.Jira.Statuses(ctx)
	codes := listDoubts{doubts.Statuses, doubts.NoStatuses}
	err = site.judgeList(ctx, agile.SourceStatuses, codes, len(list), len(known), err)
	if err != nil {
		return err
	}
	for n, st := range list {
		if was := known[st.ID]; st.Category == agile.CategoryUnknown && was.Category != agile.CategoryUnknown {
			list[n].Category = was.Category
			site.Notes.Add(
				store.Gap{Source: agile.SourceStatuses, Code: agile.GapShrunk, Subject: agile.NamedSubject(was.Name)},
				doubts.New(doubts.Category, was.Name),
			)
		}
		if was := known[st.ID]; st.Name == "" {
			list[n].Name = was.Name
		}
	}
	err = s.Store.Metadata.PutStatuses(ctx, list)
	return err
}

// readTypes lists the issue types. Those known stay where they are refused, or all gone at once; one that loses its
// level, or gets another one, keeps what it had until a later reading says so too.
func (s Source) readTypes(ctx context.Context, site *Site) error {
	known, err := s.Store.Metadata.Types(ctx)
	if err != nil {
		return err
	}
	var epics []string
	for id, one := range known {
		if one.Level > 0 {
			epics = append(epics, id)
		}
	}
	list, rivals, err := s.Jira.Types(ctx, epics...)
	if len(rivals) > 0 {
		s.Log.Warn("issues of several types carry the name of an epic: those of one of them count as epics",
			"others", rivals)
		site.Notes.Add(store.Gap{Source: agile.SourceTypes, Code: agile.GapLeftOut,
			Subject: agile.NewSubject(agile.SubjectEpicRivals, strings.Join(rivals, ", "))})
	}
	codes := listDoubts{doubts.Types, doubts.NoTypes}
	err = site.judgeList(ctx, agile.SourceTypes, codes, len(list), len(known), err)
	if err != nil {
		return err
	}
	for n, one := range list {
		was, had := known[one.ID]
		if one.Name == "" {
			list[n].Name = was.Name
		}
		if !had || one.Level == was.Level {
			continue
		}
		before, err := s.missedBefore(ctx, agile.SourceTypes, agile.NamedSubject(was.Name))
		if err != nil {
			return err
		}
		if !before {
			list[n].Level = was.Level
			site.Notes.Add(
				store.Gap{Source: agile.SourceTypes, Code: agile.GapShrunk, Subject: agile.NamedSubject(was.Name)},
				doubts.New(doubts.Level, was.Name),
			)
		}
	}
	err = s.Store.Metadata.PutTypes(ctx, list)
	return err
}

// checkZone checks the time zone of the account that reads. Where it is told no more, or in a way that is none, the
// one known stays; where none is known, days are those of UTC. It concerns teams that have no zone of their own.
func (s Source) checkZone(ctx context.Context, site *Site) error {
	known, err := s.Store.Metadata.Zone(ctx)
	if err != nil || isZone(site.Zone) {
		return err
	}
	site.zoneNotes.Add(store.Gap{Source: agile.SourceScope, Code: agile.GapUnreadable,
		Subject: agile.NewSubject(agile.SubjectTimeZone)})
	site.Zone = ""
	if isZone(known) {
		site.Zone = known
		site.zoneNotes.Doubts = append(site.zoneNotes.Doubts, doubts.New(doubts.TimeZone))
	}
	return nil
}

// isZone tells whether a time zone is known here.
func isZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != ""
}

// listDoubts are the doubts of a list: that it is refused, and that it is empty.
type listDoubts struct{ refused, empty doubts.Code }

// judgeList notes a list that is refused, or empty: it cannot be. The error is one that is no trouble of the list.
func (site *Site) judgeList(
	ctx context.Context,
	source agile.Source,
	codes listDoubts,
	told, known int,
	why error,
) error {
	gap, passing, refused := gaps.OfRefusal(source, why)
	switch {
	case why != nil && (!refused || ctx.Err() != nil):
		return why
	case why != nil && (known > 0 || passing):
		site.Notes.Add(gap, doubts.Refused(why, codes.refused))
	case why != nil:
		site.Notes.Add(gap)
	case told == 0 && known > 0:
		site.Notes.Add(store.Gap{Source: source, Code: agile.GapShrunk}, doubts.New(codes.empty))
	case told == 0:
		site.Notes.Add(store.Gap{Source: source, Code: agile.GapMissing})
	}
	return nil
}
