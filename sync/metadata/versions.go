package metadata

import (
	"context"

	"jerem/agile"
	"jerem/sync/doubts"
)

// readVersions reads the versions of the team's project and keeps their names, where they tell the quarters of epics.
// A version that is listed no more keeps its name: issues hold or held it. No change of an issue tells that a version
// was renamed.
func (f *teamFinder) readVersions(ctx context.Context) error {
	if f.conf.Quarter.By != agile.ByFixVersion {
		return nil
	}
	list, err := f.source.Jira.Versions(ctx, f.team.Project.Key)
	if err != nil {
		known, errKnown := f.source.Store.Metadata.Versions(ctx)
		if errKnown != nil {
			return errKnown
		}
		return f.noteRefusal(ctx, agile.SourceVersions, doubts.Refused(err, doubts.Versions), len(known) > 0, err)
	}
	return f.source.Store.Metadata.PutVersions(ctx, list)
}
