package source

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/store"
	"jerem/teams"
	"jerem/web/format"
	"jerem/web/frame"
)

// Teams are the teams of the configuration as they were last read, and what keeps them from being new or right.
type Teams struct {
	Store *store.Store
	List  []agile.Team
	Jira  frame.JiraLinks
	log   *slog.Logger
	live  func() Live

	computed *teams.Cache

	mu     sync.Mutex
	cached map[string]*keptTeam
	faults map[string]Trouble // addresses that cannot be answered
}

// New returns the teams of a configuration; computed holds what the loop shares with the pages.
func New(computed *teams.Cache, s *store.Store, list []agile.Team, jira string, log *slog.Logger,
	live func() Live) *Teams {
	return &Teams{Store: s, List: list, computed: computed, Jira: frame.JiraLinks(jira), log: log, live: live,
		cached: map[string]*keptTeam{},
		faults: map[string]Trouble{}}
}

// keptTeam is a team's history made ready, as of one cycle of reading.
type keptTeam struct {
	mu      sync.Mutex
	settled int64
	onCall  *agile.OnCall

	isOnCallRead bool
	team         *measure.Team
	computed     *teams.Team // of which it is
}

// Version tells apart what may be answered: by what is written, by the cycle that histories are of, and by the troubles
// that are known. The cycle is asked first: an answer made while one ends is then not kept as if it were of the next.
func (s *Teams) Version(ctx context.Context) (string, error) {
	settled, err := s.Store.Sharing.Settled(ctx)
	if err != nil {
		return "", err
	}
	written, err := s.Store.Version(ctx)
	if err != nil {
		return "", err
	}
	return withOnCall(ctx, s, fmt.Sprintf("%d-%d-%x", settled, written, digestOfLive(s)))
}

// Shown tells apart what pages show: the cycle that histories are of, and the troubles that are known. It stands while
// a cycle writes.
func (s *Teams) Shown(ctx context.Context) (string, error) {
	settled, err := s.Store.Sharing.Settled(ctx)
	if err != nil {
		return "", err
	}
	return withOnCall(ctx, s, fmt.Sprintf("%d-%x", settled, digestOf(s.LiveNow().Troubles, listFaults(s))))
}

// withOnCall adds to a version what tells apart what on-call took from teams, where anybody is on call.
func withOnCall(ctx context.Context, s *Teams, version string) (string, error) {
	generation, err := s.computed.OnCallGeneration(ctx)
	if err != nil || generation == 0 {
		return version, err
	}
	return fmt.Sprintf("%s-%d", version, generation), nil
}

// Config finds a configured team by its name.
func (s *Teams) Config(name string) (agile.Team, error) {
	for _, t := range s.List {
		if t.Name == name {
			return t, nil
		}
	}
	return agile.Team{}, unknownTeam(s, name)
}

// Team returns a team's history made ready, computed once for each of its generations:
// while a reading writes, the figures of the last one stand.
func (s *Teams) Team(ctx context.Context, name string) (*measure.Team, error) {
	conf, err := s.Config(name)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	have := s.cached[name]
	if have == nil {
		have = &keptTeam{}
		s.cached[name] = have
	}
	s.mu.Unlock()
	have.mu.Lock()
	defer have.mu.Unlock()
	settled, err := s.Store.Sharing.Settled(ctx)
	if err != nil {
		return nil, err
	}
	onCall, isRead, err := s.computed.OnCallOf(ctx, name)
	if err != nil {
		return nil, err
	}
	if have.team != nil && have.settled == settled && have.onCall == onCall && have.isOnCallRead == isRead {
		return have.team, nil
	}
	computed, err := s.computed.Team(ctx, conf)
	if err != nil {
		return nil, err
	}
	have.settled, have.onCall, have.isOnCallRead, have.team = settled, onCall, isRead, computed.Measured
	have.computed = computed
	return have.team, nil
}

// Told returns what is at hand of what a team told at the noons of the past; nothing where another one stands for it by
// now.
func (s *Teams) Told(ctx context.Context, team *measure.Team) ([]timeseries.ToldFigures, error) {
	s.mu.Lock()
	have := s.cached[team.History().Team.Name]
	s.mu.Unlock()
	if have == nil {
		return nil, nil
	}
	have.mu.Lock()
	defer have.mu.Unlock()
	if have.team != team {
		return nil, nil
	}
	return have.computed.ToldAtHand(ctx)
}

// TeamReading is how far a team was read, and what its readings fail by.
type TeamReading = store.Reading

// Readings returns how far each team was read, by name; none where the store cannot be asked, which is a trouble of its
// own.
func (s *Teams) Readings(ctx context.Context) map[string]TeamReading {
	readings, _ := s.Store.Teams.Readings(ctx)
	return readings
}

// Behind tells why a team's figures are old.
func (s *Teams) Behind(ctx context.Context, team *measure.Team) string {
	name := team.History().Team.Name
	reading := s.Readings(ctx)[name]
	if reading.Behind.IsZero() {
		return ""
	}
	w := format.WordsOf(team)
	return fmt.Sprintf("Behind since %s. %s. Read until %s. %s", w.Short(reading.Behind),
		strings.TrimRight(WhyBehind(reading, ""), "."), w.Short(reading.Until), s.NextOf(name))
}

// NextOf says what happens next where the readings of a team fail: the loop knows whether somebody has to act.
func (s *Teams) NextOf(team string) string {
	const stands = "The figures stand as of the last reading. "
	for _, t := range s.LiveNow().Troubles {
		if t.Part == PartReading && (t.Team == team || t.Team == "") {
			return stands + t.Next
		}
	}
	return nextReading
}

const nextReading = "The figures stand as of the last reading. " +
	"Each cycle asks again; nothing will be lost or counted twice."

// TeamLike finds a team by its name, else the only one whose name differs in case alone.
func (s *Teams) TeamLike(name string) (agile.Team, bool) {
	var found []agile.Team
	for _, t := range s.List {
		if t.Name == name {
			return t, true
		}
		if strings.EqualFold(t.Name, name) {
			found = append(found, t)
		}
	}
	if len(found) != 1 {
		return agile.Team{}, false
	}
	return found[0], true
}
