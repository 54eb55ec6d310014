package operating

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jerem/config"
	"jerem/store/access"
	"jerem/store/oncall"
	"jerem/store/places"
	"jerem/store/sidefile"
)

// This file carries along what is kept beside the store: on call, and tokens with the journal of visitors.

// placesBeside are where these are kept.
type placesBeside struct{ oncall, access string }

// besidePlace are those of a store at a place, a path or an address.
func besidePlace(place string) placesBeside {
	path, url := place, ""
	if places.IsServer(place) {
		path, url = "", place
	}
	return placesBeside{oncall.PlaceFor(path, url), access.PlaceFor(path, url)}
}

// moveBeside copies what is kept beside the store of a configuration to that of another place, and returns how many
// rows that are.
func moveBeside(ctx context.Context, c *config.Config, to string) (rows int64, err error) {
	from, into := besidePlace(c.Store.Place()), besidePlace(to)
	duties, err := copyOnCall(ctx, from.oncall, into.oncall)
	if err != nil {
		return 0, fmt.Errorf("on call: %w", err)
	}
	tokens, err := copyTokens(ctx, from.access, into.access)
	if err != nil {
		return 0, fmt.Errorf("tokens: %w", err)
	}
	return duties + int64(tokens), nil
}

func copyOnCall(ctx context.Context, from, to string) (rows int64, err error) {
	if exists, err := oncall.Exists(ctx, from); err != nil || !exists {
		return 0, err
	}
	source, err := oncall.Open(ctx, from)
	if err != nil {
		return 0, err
	}
	defer source.Close()
	target, err := oncall.Open(ctx, to)
	if err != nil {
		return 0, err
	}
	defer target.Close()
	return oncall.Copy(ctx, source, target)
}

// copyTokens copies tokens and the journal of visitors, where there are any.
func copyTokens(ctx context.Context, from, to string) (rows int, err error) {
	if exists, err := access.Exists(ctx, from); err != nil || !exists {
		return 0, err
	}
	options := access.Options{Now: time.Now}
	source, err := access.Open(ctx, from, options)
	if err != nil {
		return 0, err
	}
	defer source.Close()
	target, err := access.Open(ctx, to, options)
	if err != nil {
		return 0, err
	}
	defer target.Close()
	return source.CopyTo(ctx, target)
}

// backUpBeside copies the files beside a store beside its copy, and returns their names.
func backUpBeside(ctx context.Context, path, to string) (files []string, err error) {
	for _, way := range [][2]string{{oncall.PathBeside(path), oncall.PathBeside(to)},
		{access.PathBeside(path), access.PathBeside(to)}} {
		copied, err := sidefile.Backup(ctx, way[0], way[1])
		if err != nil {
			return files, errors.Join(errors.New("the store is copied, and this is not"), err)
		}
		if copied {
			files = append(files, way[1])
		}
	}
	return files, nil
}
