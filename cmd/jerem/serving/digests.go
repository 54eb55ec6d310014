package serving

import (
	"context"
	"sync"
	"time"

	"jerem/cmd/jerem/setup"
	"jerem/digest"
	"jerem/problem"
	"jerem/store"
	"jerem/teams"
)

// digestEvery is how often it is looked whether a digest is due.
const digestEvery = time.Minute

// startDigests sends the configured digests when they are due, until the context ends; ended waits for that.
func startDigests(ctx context.Context, o *setup.Instance, now func() time.Time) (ended func(), err error) {
	entries := setup.DigestEntries(o.Config)
	if len(entries) == 0 {
		return func() {}, nil
	}
	carrier, err := setup.NewDigestCarrier(o.Config)
	if err != nil {
		return nil, err
	}
	s := &digest.Sender{Entries: entries, Notes: o.Store.Digests, Carry: carrier.Carry, Log: o.Log,
		Lead: o.Store.Sharing.LeadTeam,
		Zone: func(ctx context.Context, team string) (*time.Location, error) { return zoneOfTeam(ctx, o, team) },
		Word: func(ctx context.Context, team string) (*digest.Word, error) { return currentWord(ctx, o, team) }}
	var loop sync.WaitGroup
	loop.Go(func() { sendDigests(ctx, o, s, now) })
	return loop.Wait, nil
}

// computedTeam returns a team of the configuration as of its last complete reading.
func computedTeam(ctx context.Context, o *setup.Instance, name string) (*teams.Team, error) {
	chosen, err := o.ChosenTeams(name)
	if err != nil {
		return nil, err
	}
	return o.Bot.Computed.Team(ctx, chosen[0])
}

// zoneOfTeam returns the time zone of a team, nil while nothing of it was read: it may be that of the account.
func zoneOfTeam(ctx context.Context, o *setup.Instance, name string) (*time.Location, error) {
	team, err := computedTeam(ctx, o, name)
	if problem.Is(err, store.NotRead) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return team.Measured.History().Team.Calendar.Zone, nil
}

// currentWord is the word of a team as of its last complete reading.
func currentWord(ctx context.Context, o *setup.Instance, name string) (*digest.Word, error) {
	team, err := computedTeam(ctx, o, name)
	if err != nil {
		return nil, err
	}
	return digest.WordOf(team.Measured, team.Until, o.Config.Server.URL)
}

// sendDigests sends what is due every minute, and when a reading ended that may have been waited for, until the context
// ends. The log shows no address.
func sendDigests(ctx context.Context, o *setup.Instance, s *digest.Sender, now func() time.Time) {
	ticker := time.NewTicker(digestEvery)
	defer ticker.Stop()
	for {
		read := o.Bot.Live.Changed()
		sent, err := s.Run(ctx, now())
		if sent > 0 {
			o.Log.Info("digests were sent", "digests", sent)
		}
		if err != nil && ctx.Err() == nil {
			o.Log.Warn("a digest could not be sent; it is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-read:
		case <-ticker.C:
		}
	}
}
