package transport

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"time"
)

const (
	// maxPages is how many pages of one list are read: a million issues in pages of a hundred.
	maxPages = 10_000
	// maxListed is how many things a list may hold that comes in pages of fifty: boards, sprints, projects.
	maxListed = 100_000
	// maxIdle is how many pages in a row may tell nothing new: what an account must not see is left out of pages.
	maxIdle = 50
	// tellEvery is how often a long walk says how far it is.
	tellEvery = 10 * time.Second
)

// Pages is a way through the pages of one list. It ends where a real list would have ended long ago, and says how far
// it is while it takes long.
type Pages struct {
	client        *Client
	place         string
	pages, things int
	idle          int // pages in a row without anything new
	told          time.Time
}

// NewPages begins a way through the pages of the list at a place.
func NewPages(c *Client, place string) *Pages {
	return &Pages{client: c, place: place, told: time.Now()}
}

// Took notes a page and how much of it is new. The error says that this is no list that ends.
func (p *Pages) Took(fresh int) error {
	p.pages++
	p.things += fresh
	p.idle++
	if fresh > 0 {
		p.idle = 0
	}
	if p.pages > maxPages {
		return p.client.Invalid(p.place, fmt.Sprintf("there is no end of its pages after %d", maxPages))
	}
	if p.idle > maxIdle {
		return p.client.Invalid(p.place, fmt.Sprintf("there is no end of its pages, and the last %d told nothing new",
			maxIdle))
	}
	if now := time.Now(); now.Sub(p.told) >= tellEvery {
		p.told = now
		p.client.conf.Log.Info("reading a long list", "place", p.place, "pages", p.pages, "things", p.things)
	}
	return nil
}

// Identified is a thing of a list with what tells it from the others.
type Identified interface{ Identity() string }

// listPage is a page of a list.
type listPage[T any] struct {
	Start  int  `json:"startAt"`
	Values []T  `json:"values"`
	IsLast bool `json:"isLast"`
}

// Lacking tells that a page holds no list.
func (p *listPage[T]) Lacking() string { return LackingList("values", p.Values) }

// List reads a whole list that comes in pages by startAt. It refuses pages that are not the ones asked for, and
// pages that tell the same things again: they would be told for ever, or things would be left out.
func List[T Identified](ctx context.Context, c *Client, place string, query url.Values) ([]T, error) {
	out, _, err := ListPages[T](ctx, c, place, query, maxPages)
	return out, err
}

// ListPages reads such a list up to a number of pages. It tells whether that is the whole list.
func ListPages[T Identified](
	ctx context.Context,
	c *Client,
	place string,
	query url.Values,
	most int,
) (out []T, whole bool, err error) {
	seen := map[string]bool{}
	for pages := NewPages(c, place); ; {
		if pages.pages == most {
			return out, false, nil
		}
		var page listPage[T]
		query.Set("startAt", strconv.Itoa(len(out)))
		query.Set("maxResults", "50")
		if err := c.Get(ctx, place, query, &page); err != nil {
			return nil, false, err
		}
		if page.Start != len(out) {
			return nil, false, c.Invalid(place,
				fmt.Sprintf("it was asked for what stands from %d on and tells what stands "+
					"from %d on", len(out), page.Start))
		}
		fresh := 0
		for _, v := range page.Values {
			if id := v.Identity(); !seen[id] {
				seen[id] = true
				fresh++
			}
		}
		out = append(out, page.Values...)
		switch {
		case len(page.Values) == 0 || page.IsLast:
			return out, true, nil
		case fresh == 0:
			return nil, false, c.Invalid(place, "a page tells what the pages before it told")
		case len(out) > maxListed:
			return nil, false, c.Invalid(place, fmt.Sprintf("there is no end of its pages after %d things", maxListed))
		}
		if err := pages.Took(fresh); err != nil {
			return nil, false, err
		}
	}
}
