package sync

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/jira/document"
	"jerem/problem"
	"jerem/store"
)

// This file reads what the whole site shares. An answer that tells less than is known is doubted: what was known stays.

// siteFields lists the fields. Those that were asked for before and are listed no more are asked for further; one goes
// when it is told gone at a later reading too, and Jira refuses a question about it.
func (r *reading) siteFields(ctx context.Context, sets *smallSets) error {
	names, err := r.Store.FieldNames(ctx)
	if err != nil {
		return err
	}
	marks, err := r.Store.Marks(ctx)
	if err != nil {
		return err
	}
	fields, err := r.Jira.Fields(ctx)
	if err != nil {
		gap, _, refused := sourceGap(agile.SourceFields, err)
		if !refused || marks.Fields == "" || ctx.Err() != nil {
			return err
		}
		sets.fields = r.Jira.KeptFields(marks.Fields, names).Know(names)
		sets.lack(gap, fmt.Sprintf("the list of fields: %v", err))
		return nil
	}
	gone, err := r.goneFields(ctx, fields, marks.Fields, names)
	if err != nil {
		return err
	}
	kept, lost := fields.Without(gone).Keep(marks.Fields, names)
	for _, f := range lost {
		sets.gaps = append(sets.gaps, store.Gap{Source: agile.SourceFields, Code: agile.GapShrunk, Subject: f.Name})
		if f.Needed {
			sets.doubts = append(sets.doubts, fmt.Sprintf("the field %s is not listed any more: what was known of it is kept", f.Name))
		}
	}
	if n := kept.LeftOut(); n > 0 {
		r.Log.Warn("more fields than one request takes: some that neither boards nor configuration name are not read", "left out", n)
	}
	sets.fields = kept.Know(names)
	return nil
}

// goneFields are the fields that an earlier reading missed already and that no question may name any more.
func (r *reading) goneFields(ctx context.Context, fields document.Fieldset, signature string, names map[string][]string) ([]string, error) {
	_, lost := fields.Keep(signature, names)
	var gone []string
	for _, f := range lost {
		before, err := r.missedBefore(ctx, agile.SourceFields, f.Name)
		if err != nil {
			return nil, err
		}
		if !before {
			continue
		}
		_, err = r.Jira.Sample(ctx, jira.Clause(f.ID)+" is not EMPTY ORDER BY created ASC", 1)
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
func (r *reading) missedBefore(ctx context.Context, source agile.Source, subject string) (bool, error) {
	for _, conf := range r.Teams {
		noted, err := r.Store.Gaps(ctx, conf.Name)
		if err != nil {
			return false, err
		}
		if shrunkBefore(noted, source, subject) {
			return true, nil
		}
	}
	return false, nil
}

func shrunkBefore(noted []store.Gap, source agile.Source, subject string) bool {
	return slices.ContainsFunc(noted, func(g store.Gap) bool { return g.Source == source && g.Code == agile.GapShrunk && g.Subject == subject })
}

// siteStatuses lists the statuses. Those known stay where they are refused, or all gone at once; one that loses its
// category keeps it.
func (r *reading) siteStatuses(ctx context.Context, sets *smallSets) error {
	known, err := r.Store.Statuses(ctx)
	if err != nil {
		return err
	}
	list, err := r.Jira.Statuses(ctx)
	if err := sets.judge(ctx, agile.SourceStatuses, "the list of statuses", len(list), len(known), err); err != nil {
		return err
	}
	for n, st := range list {
		if was := known[st.ID]; st.Category == agile.CategoryUnknown && was.Category != agile.CategoryUnknown {
			list[n].Category = was.Category
			sets.lack(store.Gap{Source: agile.SourceStatuses, Code: agile.GapShrunk, Subject: was.Name}, fmt.Sprintf("the status %s has no category any more: the one known is kept", was.Name))
		}
		if was := known[st.ID]; st.Name == "" {
			list[n].Name = was.Name
		}
	}
	_, err = r.Store.PutStatuses(ctx, list)
	return err
}

// siteTypes lists the issue types. Those known stay where they are refused, or all gone at once; one that loses its level
// keeps it until a later reading says so too.
func (r *reading) siteTypes(ctx context.Context, sets *smallSets) error {
	known, err := r.Store.Types(ctx)
	if err != nil {
		return err
	}
	list, err := r.Jira.Types(ctx)
	if err := sets.judge(ctx, agile.SourceTypes, "the list of issue types", len(list), len(known), err); err != nil {
		return err
	}
	for n, one := range list {
		was, had := known[one.ID]
		if one.Name == "" {
			list[n].Name = was.Name
		}
		if !had || was.Level == 0 || one.Level == was.Level {
			continue
		}
		before, err := r.missedBefore(ctx, agile.SourceTypes, was.Name)
		if err != nil {
			return err
		}
		if !before {
			list[n].Level = was.Level
			sets.lack(store.Gap{Source: agile.SourceTypes, Code: agile.GapShrunk, Subject: was.Name},
				fmt.Sprintf("the issue type %s is of another level than before: the one known is kept until the next reading says so too", was.Name))
		}
	}
	_, err = r.Store.PutTypes(ctx, list)
	return err
}

// accountZone is the time zone of the account that reads. Where it is told no more, or in a way that is none, the one
// known stays.
func (r *reading) accountZone(ctx context.Context, sets *smallSets) error {
	known, err := r.Store.Zone(ctx)
	if err != nil || known == "" || sets.zone == known {
		return err
	}
	if _, unknown := time.LoadLocation(sets.zone); unknown == nil && sets.zone != "" {
		return nil
	}
	sets.zone = known
	sets.lack(store.Gap{Source: agile.SourceScope, Code: agile.GapUnreadable, Subject: "the time zone of the account"}, "the account tells no time zone that is known here: the one before is kept")
	return nil
}

// judge notes a list that is refused, or empty: it cannot be. The error is one that is no trouble of the list.
func (s *smallSets) judge(ctx context.Context, source agile.Source, what string, told, known int, why error) error {
	gap, passing, refused := sourceGap(source, why)
	switch {
	case why != nil && (!refused || ctx.Err() != nil):
		return why
	case why != nil && (known > 0 || passing):
		s.lack(gap, fmt.Sprintf("%s: %v", what, why))
	case why != nil:
		s.gaps = append(s.gaps, gap)
	case told == 0 && known > 0:
		s.lack(store.Gap{Source: source, Code: agile.GapShrunk}, what+" is empty: what was known is kept")
	case told == 0:
		s.gaps = append(s.gaps, store.Gap{Source: source, Code: agile.GapMissing})
	}
	return nil
}

// lack notes a gap that all teams share, and that they are behind by it.
func (s *smallSets) lack(gap store.Gap, doubt string) {
	s.gaps, s.doubts = append(s.gaps, gap), append(s.doubts, doubt)
}
