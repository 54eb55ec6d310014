package bot

import (
	"context"
	"errors"
	"fmt"

	"jerem/agile"
	"jerem/sqlviews"
	"jerem/store/sharing"
	"jerem/teams"
)

// KeepViews keeps what readers in SQL find of the teams that this instance leads, as they were last read.
func (b *Bot) KeepViews(ctx context.Context) error {
	b.Poster() // the cache of computed teams is there from then on
	b.viewsOnce.Do(func() { b.views = newViewKeeper(b) })
	return keepTeams(ctx, b, b.views.Keep)
}

// KeepViewsOnce is [Bot.KeepViews] for a process that ends then: nothing is held of a team when its rows are written.
func KeepViewsOnce(ctx context.Context, b *Bot) error {
	b.Poster() // as above
	once := newViewKeeper(b)
	once.Once = true
	once.Load = func(ctx context.Context, conf agile.Team) (*teams.Team, error) {
		defer b.Computed.Forget(conf.Name)
		return b.Computed.Team(ctx, conf)
	}
	return keepTeams(ctx, b, once.Keep)
}

func newViewKeeper(b *Bot) *sqlviews.Keeper {
	sources := sqlviews.Sources{Rows: b.Store.ViewRows, Build: b.Build}
	return &sqlviews.Keeper{Sources: sources, Load: b.Computed.Team}
}

// keepTeams keeps what readers in SQL find of the teams that this instance leads, each by a function.
func keepTeams(ctx context.Context, b *Bot, keep func(context.Context, agile.Team) error) error {
	var troubles []error
	for _, conf := range b.Teams {
		leading, end, leads := b.Store.Sharing.LeadTeam(ctx, conf.Name)
		var err error
		if leads {
			err = keep(leading, conf)
		}
		lost := leading.Err() != nil || sharing.IsSuperseded(err)
		end()
		if err != nil && !lost {
			troubles = append(troubles, fmt.Errorf("team %s: %w", conf.Name, err))
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return errors.Join(troubles...)
}

// keepViewsAfter keeps what readers in SQL find after each signal, until the context ends.
func (b *Bot) keepViewsAfter(ctx context.Context, signal <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-signal:
		}
		if err := b.KeepViews(ctx); err != nil && ctx.Err() == nil {
			b.Log.Error("what readers in SQL find is not new: the next cycle tries again", "error", err)
		}
	}
}
