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

// Identified is a thing of a list with what tells it from the others; "" for one that cannot be told from others.
type Identified interface{ Identity() string }

// Page is a page of a list: where it begins, what stands on it, how long the whole list is, nil where that is not told,
// and whether it is the last one.
type Page[T any] interface {
	Contents() (start int, things []T, total *int, isLast bool)
}

// listPage is a page of most lists.
type listPage[T any] struct {
	Start  int  `json:"startAt"`
	Values []T  `json:"values"`
	IsLast bool `json:"isLast"`
	Total  *int `json:"total"`
}

// Lacking tells that a page holds no list.
func (p *listPage[T]) Lacking() string { return LackingList("values", p.Values) }

// Contents returns what the page tells.
func (p *listPage[T]) Contents() (int, []T, *int, bool) { return p.Start, p.Values, p.Total, p.IsLast }

// mostOfPage is how many things of a list are asked for at once.
const mostOfPage = 50

// List reads a whole list that comes in pages by startAt: see [Walk].
func List[T Identified](ctx context.Context, c *Client, place string, query url.Values) ([]T, error) {
	out, _, err := ListPages[T](ctx, c, place, query, maxPages)
	return out, err
}

// ListPages reads such a list up to a number of pages. It tells whether that is the whole list.
func ListPages[T Identified](ctx context.Context, c *Client, place string, query url.Values, most int) (
	out []T, whole bool, err error,
) {
	query.Set("maxResults", strconv.Itoa(mostOfPage))
	newPage := func() Page[T] { return &listPage[T]{} }
	return (&Walk[T]{Client: c, Place: place, Query: query, NewPage: newPage, Most: most}).Read(ctx)
}

// Walk is a way through a list that comes in pages by startAt. It refuses pages that are not the ones asked for, pages
// that tell the same things again, and a list that is shorter than it says: things would be told for ever, or left out.
type Walk[T Identified] struct {
	Client  *Client
	Place   string
	Query   url.Values
	NewPage func() Page[T]
	Most    int // how many pages are read at most; 0 for all of a list

	pages *Pages
	start int // of the next page
	list  []T // each thing once
	seen  map[string]bool
	total *int // how long the list is, by the last page
	moved bool // it was another length while it was read
}

// Read reads the list, and tells whether that is all of it. One that is shorter than it says, or whose length changes
// while it is read, is asked for once more: things come and go meanwhile.
func (w *Walk[T]) Read(ctx context.Context) (list []T, whole bool, err error) {
	for try := 1; ; try++ {
		w.pages, w.seen = NewPages(w.Client, w.Place), map[string]bool{}
		w.start, w.list, w.total, w.moved = 0, nil, nil, false
		if whole, err = w.readPages(ctx); err != nil {
			return nil, false, err
		}
		isShort := w.total != nil && len(w.list) < *w.total
		switch {
		case !whole, !isShort && (!w.moved || try > 1):
			return w.list, whole, nil
		case try > 1:
			return nil, false, w.Client.Invalid(w.Place,
				fmt.Sprintf("it says that it is %d long, and tells %d", *w.total, len(w.list)))
		}
	}
}

func (w *Walk[T]) readPages(ctx context.Context) (whole bool, err error) {
	for w.Most == 0 || w.pages.pages < w.Most {
		isLast, err := w.readPage(ctx)
		if err != nil || isLast {
			return isLast, err
		}
	}
	return false, nil
}

// readPage asks for the next page. It tells whether it is the last one.
func (w *Walk[T]) readPage(ctx context.Context) (isLast bool, err error) {
	page := w.NewPage()
	w.Query.Set("startAt", strconv.Itoa(w.start))
	if err := w.Client.Get(ctx, w.Place, w.Query, page); err != nil {
		return false, err
	}
	start, things, total, isLast := page.Contents()
	if start != w.start {
		return false, w.Client.Invalid(w.Place, fmt.Sprintf("it was asked for what stands from %d on and tells what "+
			"stands from %d on", w.start, start))
	}
	w.moved = w.moved || w.total != nil && total != nil && *w.total != *total
	w.total, w.start = total, w.start+len(things)
	fresh := w.addFresh(things)
	switch {
	case len(things) == 0 || isLast:
		return true, nil
	case fresh == 0:
		return false, w.Client.Invalid(w.Place, "a page tells what the pages before it told")
	case w.start > maxListed:
		return false, w.Client.Invalid(w.Place, fmt.Sprintf("there is no end of its pages after %d things", maxListed))
	}
	return false, w.pages.Took(fresh)
}

// addFresh adds the things that were not told before, and returns how many these are.
func (w *Walk[T]) addFresh(things []T) (fresh int) {
	for _, one := range things {
		id := one.Identity()
		if id != "" && w.seen[id] {
			continue
		}
		w.seen[id] = true
		w.list = append(w.list, one)
		fresh++
	}
	return fresh
}
