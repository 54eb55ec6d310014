package intake

import (
	"slices"
	"time"

	"jerem/oncall/interruption"
	"jerem/sorting"
)

// joined is how soon after the start of a call-out a page to its person is of it.
const joined = time.Minute

// placePage enters a page of an alert: to the call-out that has just begun or runs for the same alert, else to the one
// that a page of the next minute began, which begins earlier now, else to a new one, which is first. Call-outs are the
// same in whatever order the pages come.
func (b *Book) placePage(alert int64, first Callout) {
	i := calloutOfPage(b, alert, first)
	if i < 0 {
		i = b.openCallout(first)
	}
	if !first.Started.Before(b.Callouts[i].Started) {
		b.touchCallout(i, alert, first.Started)
		return
	}
	c := &b.Callouts[i]
	c.Started, c.Rota, c.Level, c.Origin = first.Started, first.Rota, first.Level, first.Origin
	b.touchCallout(i, alert, first.Started)
	for _, late := range takeLatePages(b, i) {
		b.placePage(late.Alerts[0], late)
	}
}

// calloutOfPage returns where a page belongs, -1 where it begins a call-out.
func calloutOfPage(b *Book, alert int64, first Callout) int {
	page := first.Started
	if i := slices.IndexFunc(b.Callouts, func(c Callout) bool {
		return c.Person == first.Person && (isJoined(c, page) || slices.Contains(c.Alerts, alert) && b.runsAt(c, page))
	}); i >= 0 {
		return i
	}
	next := -1
	for i, c := range b.Callouts {
		begunByPage := c.Origin == interruption.Presumed || c.Origin == interruption.FromSource
		isNext := begunByPage && c.Person == first.Person && page.Before(c.Started) && c.Started.Sub(page) < joined
		if isNext && (next < 0 || c.Started.Before(b.Callouts[next].Started)) {
			next = i
		}
	}
	return next
}

func isJoined(c Callout, page time.Time) bool {
	return !page.Before(c.Started) && page.Sub(c.Started) < joined
}

// takeLatePages takes out of a call-out that begins earlier now the alerts whose pages are no longer of its first
// minute. It returns the call-outs that each page would begin, in order.
func takeLatePages(b *Book, i int) (late []Callout) {
	c := &b.Callouts[i]
	for _, a := range b.Alerts {
		pages := pagesOf(a, *c)
		if len(pages) == 0 || isJoined(*c, pages[0]) {
			continue
		}
		for _, page := range pages {
			rota, level := interruption.RotaOf(b.Schedules, a.Team, c.Person, page)
			late = append(late, Callout{Team: a.Team, Rota: rota, Level: level, Person: c.Person, Started: page,
				Origin: c.Origin, Alerts: []int64{a.ID}})
		}
	}
	c.Alerts, c.Touches = slices.Clone(c.Alerts), slices.Clone(c.Touches)
	for _, l := range late {
		c.Alerts = slices.DeleteFunc(c.Alerts, func(id int64) bool { return id == l.Alerts[0] })
		c.Touches = slices.DeleteFunc(c.Touches, l.Started.Equal)
	}
	sorting.By(late, func(x, y Callout) int { return x.Started.Compare(y.Started) })
	return late
}

// pagesOf returns the pages of an alert that a call-out holds, in order.
func pagesOf(a Alert, c Callout) (pages []time.Time) {
	if !slices.Contains(c.Alerts, a.ID) {
		return nil
	}
	moments := []time.Time{a.First}
	for _, e := range a.Events {
		if e.State == Firing {
			moments = append(moments, e.At)
		}
	}
	for _, at := range c.Touches {
		if slices.ContainsFunc(moments, at.Equal) && !slices.ContainsFunc(pages, at.Equal) {
			pages = append(pages, at)
		}
	}
	slices.SortFunc(pages, time.Time.Compare)
	return pages
}
