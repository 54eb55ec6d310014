package metadata

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"jerem/jira/document"
	"jerem/problem"
)

// OtherSite is the code of a store that holds what another Jira told.
const OtherSite problem.Code = "sync.other_site"

// comparedIssues is how many known issues tell whether another address is that of the same Jira.
const comparedIssues = 20

// checkAddress refuses to read another Jira into the store: its numbers would be taken for those of the issues, sprints
// and statuses that are known. A Jira that got another address is known by its issues: one of the same id that was
// created in the same millisecond is the same one. It is compared when a program begins to read.
func (s Source) checkAddress(ctx context.Context, site *Site) error {
	if s.Before != nil {
		return nil
	}
	known, err := s.Store.Metadata.Address(ctx)
	address := s.Jira.Transport().Address()
	if err != nil || known == address {
		return err
	}
	if known != "" {
		if err := s.compareIssues(ctx, site.Fields, known); err != nil {
			return err
		}
	}
	return s.Store.Metadata.SetAddress(ctx, address)
}

// compareIssues refuses a Jira that has none of the issues that the store knows.
func (s Source) compareIssues(ctx context.Context, fields document.Fieldset, known string) error {
	created, err := s.Store.Issues.Newest(ctx, comparedIssues)
	if err != nil || len(created) == 0 {
		return err
	}
	docs, _, err := s.Jira.Documents(ctx, slices.Sorted(maps.Keys(created)), fields)
	if err != nil {
		return err
	}
	for _, d := range docs {
		if at, is := created[d.ID]; is && at.Equal(time.UnixMilli(d.Content.Created)) {
			return nil
		}
	}
	return &problem.Problem{
		Code: OtherSite,
		Message: fmt.Sprintf("the store holds what %s told, and %s is another Jira: of %d issues that were compared "+
			"it has none", known, s.Jira.Transport().Address(), len(created)),
		Hint: "name another store.path for this Jira; where a team moved here, projects[].moved keeps its past",
	}
}
