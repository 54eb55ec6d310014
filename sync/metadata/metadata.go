package metadata

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/jira/document"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/gaps"
	"jerem/sync/scope"
)

// Source is where metadata comes from, and where what is known of it is kept.
type Source struct {
	Jira  *jira.Client
	Store *store.Store
	Teams []agile.Team // of all of them former readings may have noted something
	Log   *slog.Logger

	Before *Site // of the refresh before; nil at the first one
	Whole  bool  // nothing is taken for what it was before
}

// Site is what all teams of a Jira share, as of one reading, and what was found of the teams since.
type Site struct {
	ReadAt time.Time // our clock
	AsOf   time.Time // Jira's clock
	Fields document.Fieldset
	Zone   string // of the account that reads
	Notes  gaps.Notes
	Teams  map[string]Team // by name

	DeletionsRead bool // the time logged that was deleted until AsOf is known

	zoneNotes gaps.Notes // of the time zone alone

	boards  *scope.BoardCache
	lists   siteLists
	wholeAt map[string]int // how many refreshes ago each team is read whole, by name
	finding sync.Mutex     // held while Teams is looked at or changed
}

// NotesOf returns what concerns a team of what all teams share.
func (site *Site) NotesOf(conf agile.Team) gaps.Notes {
	if conf.Calendar.Zone != nil {
		return site.Notes
	}
	return site.Notes.Join(site.zoneNotes)
}

// knownTeam returns what was found of a team for this site before.
func (site *Site) knownTeam(name string) (team Team, found bool) {
	site.finding.Lock()
	defer site.finding.Unlock()
	team, found = site.Teams[name]
	return team, found
}

// Forget has a team's board and sprints read anew, whole.
func (site *Site) Forget(name string) {
	site.finding.Lock()
	defer site.finding.Unlock()
	delete(site.Teams, name)
	site.wholeAt[name] = 0
}

// Team is what is found of a team: its project, its board and its sprints.
type Team struct {
	Project jira.Project
	Board   *agile.Board      // nil without one
	Sprints []jira.SprintInfo // all that were read
	Listed  []int64           // the sprints that its board lists
	Own     []jira.SprintInfo // those that are the team's
	Former  []int64           // those of its own that former readings alone tell so
	Notes   gaps.Notes
}

// BoardID returns the team's board, 0 without one.
func (t Team) BoardID() int64 {
	if t.Board == nil {
		return 0
	}
	return t.Board.ID
}

// ReadSite checks the credentials first, then reads what the whole site shares and keeps it. Times are of our clock
// and of Jira's.
func (s Source) ReadSite(ctx context.Context, readAt, asOf time.Time) (*Site, error) {
	account, err := s.Jira.Myself(ctx)
	if err != nil {
		return nil, err
	}
	site := &Site{
		ReadAt: readAt,
		AsOf:   asOf,
		Zone:   account.Zone,
		Teams:  map[string]Team{},
		boards: scope.NewBoardCache(s.Jira),
	}
	for _, read := range []func(context.Context, *Site) error{
		s.readFields, s.checkAddress, s.checkZone, s.readStatuses, s.readTypes, s.readLists,
	} {
		if err := read(ctx, site); err != nil {
			return nil, err
		}
	}
	if err := s.Store.Metadata.PutFields(ctx, site.Fields.Fields()); err != nil {
		return nil, err
	}
	return site, s.Store.Metadata.SetZone(ctx, site.Zone)
}

// Team returns a team's project, board and sprints: as they were found for this site before, else as Jira tells them
// now.
func (s Source) Team(ctx context.Context, site *Site, conf agile.Team) (Team, error) {
	if team, found := site.knownTeam(conf.Name); found {
		return team, nil
	}
	team, err := s.findTeam(ctx, site, conf)
	if err == nil {
		site.finding.Lock()
		defer site.finding.Unlock()
		site.Teams[conf.Name] = team
	}
	return team, err
}

const (
	// fewTeams are asked for one after another.
	fewTeams = 4
	// sideBySide is how many teams are asked for at a time where there are more: each takes some small questions.
	sideBySide = 4
)

// AllTeams returns the same of all teams, or why one cannot be had, in their order.
func (s Source) AllTeams(ctx context.Context, site *Site) (teams []Team, failed []error) {
	teams, failed = make([]Team, len(s.Teams)), make([]error, len(s.Teams))
	lanes := sideBySide
	if len(s.Teams) <= fewTeams {
		lanes = 1
	}
	places := make(chan int)
	var asking sync.WaitGroup
	for range lanes {
		asking.Go(func() {
			for n := range places {
				teams[n], failed[n] = s.Team(ctx, site, s.Teams[n])
			}
		})
	}
	for n := range s.Teams {
		places <- n
	}
	close(places)
	asking.Wait()
	return teams, failed
}

func (s Source) findTeam(ctx context.Context, site *Site, conf agile.Team) (team Team, err error) {
	for _, q := range scope.Queries(conf) {
		if err := scope.RefuseQuery(ctx, s.Jira, site.Fields, q); err != nil {
			return team, err
		}
	}
	known, noted, err := Known(ctx, s.Store, conf.Name)
	if err != nil {
		return team, err
	}
	f := &teamFinder{source: s, site: site, conf: conf, team: &team, known: known, noted: noted}
	if team.Project, err = f.findProject(ctx); err != nil {
		return team, err
	}
	if err := f.readVersions(ctx); err != nil {
		return team, err
	}
	if team.Board, err = f.knownBoard(ctx); err != nil {
		return team, err
	}
	if f.openOnly = team.Board != nil; f.openOnly {
		return team, f.findSprints(ctx)
	}
	if team.Board, err = f.findBoard(ctx); err != nil || team.Board == nil {
		return team, err
	}
	if err := s.Store.Metadata.PutBoard(ctx, *team.Board); err != nil {
		return team, err
	}
	return team, f.findSprints(ctx)
}

// Known returns the state of a team's last reading, an empty one where there was none, and what was noted then.
func Known(
	ctx context.Context,
	kept *store.Store,
	team string,
) (state store.TeamState, noted []store.Gap, err error) {
	state, err = kept.Teams.State(ctx, team)
	if problem.Is(err, store.NotRead) {
		return store.TeamState{}, nil, nil
	}
	if err != nil {
		return state, nil, err
	}
	noted, err = kept.Gaps.OfTeam(ctx, team)
	return state, noted, err
}
