package scope

import (
	"context"
	"sync"

	"jerem/jira"
	"jerem/problem"
)

// BoardCache remembers whether boards that sprints began on still exist, so that each is asked for once.
// It is safe for concurrent use.
type BoardCache struct {
	client *jira.Client
	mu     sync.Mutex // held while a board is asked for
	exists map[int64]bool
}

// NewBoardCache returns an empty one.
func NewBoardCache(client *jira.Client) *BoardCache {
	return &BoardCache{client: client, exists: map[int64]bool{}}
}

// NoteExisting notes that a board exists: a list tells it.
func (c *BoardCache) NoteExisting(board int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.exists[board] = true
}

// OwnSprints are the sprints of a team among those that its board lists: but those that began on another board that
// still exists; all where that leaves none. A board lists the sprints of other teams too, as soon as one of its
// issues stands in them.
func (c *BoardCache) OwnSprints(ctx context.Context, board int64, list []jira.SprintInfo) ([]jira.SprintInfo, error) {
	var own []jira.SprintInfo
	for _, s := range list {
		foreign := false
		if s.OriginBoard != 0 && s.OriginBoard != board {
			exists, err := c.boardExists(ctx, s.OriginBoard)
			if err != nil {
				return nil, err
			}
			foreign = exists
		}
		if !foreign {
			own = append(own, s)
		}
	}
	if len(own) == 0 {
		return list, nil
	}
	return own, nil
}

// boardExists tells whether a board still exists. One that is hidden does.
func (c *BoardCache) boardExists(ctx context.Context, id int64) (bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if exists, asked := c.exists[id]; asked {
		return exists, nil
	}
	_, err := c.client.Boards().Board(ctx, id)
	if err != nil && (problem.Of(err, "jira") == nil || ctx.Err() != nil) {
		return false, err
	}
	c.exists[id] = !problem.Is(err, jira.NotFound)
	return c.exists[id], nil
}
