package bot

import (
	"context"
	"errors"
	"fmt"

	"jerem/sqlviews"
	"jerem/store/sharing"
)

// KeepViews keeps what readers in SQL find of the teams that this instance leads, as they were last read.
func (b *Bot) KeepViews(ctx context.Context) error {
	b.Poster() // the cache of computed teams is there from then on
	b.viewsOnce.Do(func() {
		sources := sqlviews.Sources{Rows: b.Store.ViewRows, Build: b.Build}
		b.views = &sqlviews.Keeper{Sources: sources, Load: b.Computed.Team}
	})
	var troubles []error
	for _, conf := range b.Teams {
		leading, end, leads := b.Store.Sharing.LeadTeam(ctx, conf.Name)
		var err error
		if leads {
			err = b.views.Keep(leading, conf)
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
