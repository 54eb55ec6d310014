package index

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure/internal/byid"
	"jerem/measure/internal/difference"
	"jerem/measure/internal/recall"
	"jerem/measure/internal/workstate"
)

// Updated returns the index of a history that goes on from that of x: what was looked up of an issue that is the same
// value, and on which no time was logged since, is shared with x, which stays as it is. relogged are the issues on
// which the time logged may differ. It returns besides the issues that differ, or came, or went, in ascending order. It
// is false where more differs than issues, so that the history has to be indexed anew.
func (x *Index) Updated(h *agile.History, relogged []int64) (y *Index, changed []int64, ok bool) {
	if !sameFrame(x.given, h) {
		return nil, nil, false
	}
	changed = changedIssues(x, h, relogged)
	if len(changed) == 0 {
		return withHistory(x, h), nil, true
	}
	u := newUpdate(x, h, changed)
	u.replaceIssues()
	u.replaceKeys()
	u.replaceWorklogs()
	u.replaceHistories()
	u.y.tables = x.tables.Without(u.differ)
	u.y.dated, u.y.changes = x.dated.goOn(u.y, u.differ), x.changes.goOn(u.y, u.differ)
	u.y.ahead, u.y.ownByStart = x.ahead.goOn(u.y, u.differ), x.ownByStart.goOn(u.y, u.differ)
	u.noteLineage()
	u.carrySteps()
	u.carryClosedSprints()
	return u.y, changed, true
}

// withHistory returns the index of a history whose issues are the same.
func withHistory(x *Index, h *agile.History) *Index {
	y, shown := *x, *h
	shown.Issues = x.History.Issues
	y.given, y.History, y.memo, y.steps, y.past = h, &shown, &recall.Memo{}, newSteps(), newPast()
	y.identity = newIdentity()
	y.TimeUnknown = NeverRead(h.Gaps, agile.SourceWorklogs, len(h.Worklogs))
	return &y
}

// WithOnCall returns the index of a history that holds the same issues, and what on-call took from the team, nil for
// nothing, with the gaps of what is known. Nothing that was computed as of a moment is kept: call-outs begin within the
// steps of the one before.
func (x *Index) WithOnCall(o *agile.OnCall, gaps []agile.Gap) *Index {
	y, h := *x, *x.History
	h.OnCall, h.Gaps = o, gaps
	y.History, y.memo, y.steps, y.past, y.identity = &h, &recall.Memo{}, newSteps(), newPast(), newIdentity()
	return &y
}

// sameFrame tells whether what is no issue, and what every issue is read by, is the same in two histories. Sprints and
// gaps may differ: nothing that is looked up of issues rests on them.
func sameFrame(a, b *agile.History) bool {
	was, now := a.Team, b.Team
	was.Calendar.Off, now.Calendar.Off = nil, nil // functions do not compare; days off are asked for, not looked up
	return a.ProjectID == b.ProjectID && (a.Matches == nil) == (b.Matches == nil) &&
		reflect.DeepEqual(a.Board, b.Board) && reflect.DeepEqual(a.Statuses, b.Statuses) &&
		reflect.DeepEqual(a.Types, b.Types) && reflect.DeepEqual(a.Fields, b.Fields) &&
		reflect.DeepEqual(a.Versions, b.Versions) && reflect.DeepEqual(was, now)
}

// changedIssues lists the issues that are not the same value in a history, those that match the team's queries
// otherwise, and those on which time was logged.
func changedIssues(x *Index, h *agile.History, relogged []int64) []int64 {
	changed := slices.Clone(relogged)
	differ := func(old, now *agile.Issue) {
		if old != now {
			changed = append(changed, cmpID(old, now))
		}
	}
	eachPair(x.given.Issues, h.Issues, differ)
	for id := range h.Matches {
		if h.Matches[id] != x.given.Matches[id] {
			changed = append(changed, id)
		}
	}
	for id := range x.given.Matches {
		if h.Matches[id] != x.given.Matches[id] {
			changed = append(changed, id)
		}
	}
	for id, now := range h.Impeded {
		if !slices.Equal(now, x.given.Impeded[id]) {
			changed = append(changed, id)
		}
	}
	for id := range x.given.Impeded {
		if _, still := h.Impeded[id]; !still {
			changed = append(changed, id)
		}
	}
	if h.Team.Works != "" {
		changed = append(changed, heirsOf(x, h, changed)...)
	}
	slices.Sort(changed)
	return slices.Compact(changed)
}

// heirsOf lists the children of the changed issues whose Team field may differ: a sub-task may have its parent's.
func heirsOf(x *Index, h *agile.History, changed []int64) (heirs []int64) {
	teams := func(issues []*agile.Issue, id int64) agile.Timeline[[]string] {
		byID := func(i *agile.Issue, id int64) int { return cmp.Compare(i.ID, id) }
		n, found := slices.BinarySearchFunc(issues, id, byID)
		if !found {
			return nil
		}
		return issues[n].Options.Of(agile.FieldTeam)
	}
	for _, id := range changed {
		same := func(a, b agile.Step[[]string]) bool {
			return a.From.Equal(b.From.Time()) && a.Order == b.Order && slices.Equal(a.Value, b.Value)
		}
		if !slices.EqualFunc(teams(x.given.Issues, id), teams(h.Issues, id), same) {
			heirs = append(heirs, x.Children.Of(id)...)
		}
	}
	return heirs
}

// cmpID returns the id of a pair of which one may be nil.
func cmpID(old, now *agile.Issue) int64 {
	if now != nil {
		return now.ID
	}
	return old.ID
}

// eachPair calls pair for each id of two lists in ascending order of id, with nil for what one of them has not.
func eachPair(old, now []*agile.Issue, pair func(old, now *agile.Issue)) {
	for len(old) > 0 || len(now) > 0 {
		switch {
		case len(old) > 0 && len(now) > 0 && old[0] == now[0]: // most are: they need not be read
			pair(old[0], now[0])
			old, now = old[1:], now[1:]
		case len(now) == 0 || len(old) > 0 && old[0].ID < now[0].ID:
			pair(old[0], nil)
			old = old[1:]
		case len(old) == 0 || now[0].ID < old[0].ID:
			pair(nil, now[0])
			now = now[1:]
		default:
			pair(old[0], now[0])
			old, now = old[1:], now[1:]
		}
	}
}

// update is the making of an index out of another one. The maps of the new one share what is not written, and so the
// lists in them until one is changed.
type update struct {
	x, y    *Index
	changed []int64
	among   map[int64]bool // changed, as a set
	differ  map[int64]bool // changed, or with a state history that was computed anew

	ownSprints, ownEpics, ownChildren map[int64]bool // lists that are not shared
}

func newUpdate(x *Index, h *agile.History, changed []int64) *update {
	y := withHistory(x, h)
	u := &update{x: x, y: y, changed: changed, among: map[int64]bool{}, differ: map[int64]bool{},
		ownSprints: map[int64]bool{},
		ownEpics:   map[int64]bool{}, ownChildren: map[int64]bool{}}
	for _, id := range changed {
		u.among[id], u.differ[id] = true, true
	}
	y.Issues, y.Histories = x.Issues.Copy(), x.Histories.Copy()
	y.SprintIssues, y.EpicIssues, y.Children = x.SprintIssues.Copy(), x.EpicIssues.Copy(), x.Children.Copy()
	return u
}

// replaceIssues puts the changed issues in the place of the old ones, and enters them by their parents. The list of all
// issues is that which is given where nothing beside the history tells more of them, as of most teams: it is not copied
// then.
func (u *update) replaceIssues() {
	given := u.y.given
	evidence := workstate.NewEvidence(given, u.y.statuses)
	isShared := recall.SamePlace(u.x.given.Issues, u.x.History.Issues)
	for _, id := range u.changed {
		now := issueAmong(given.Issues, id)
		if now == issueAmong(u.x.given.Issues, id) {
			continue
		}
		was := u.x.Issues.Of(id)
		if now == nil {
			u.y.Issues.Delete(id)
		} else {
			shown := evidence.ApplyTo(now)
			isShared, now = isShared && shown == now, shown
			u.y.Issues.Set(id, now)
		}
		u.replaceParents(was, now)
	}
	u.y.History.Issues = given.Issues
	if !isShared {
		u.y.History.Issues = u.listShown()
	}
}

// issueAmong returns the issue of an id among some in ascending order of theirs; nil where there is none.
func issueAmong(issues []*agile.Issue, id int64) *agile.Issue {
	n, is := agile.PlaceOf(issues, id)
	if !is {
		return nil
	}
	return issues[n]
}

// listShown lists the issues as the new index holds them, in the order in which they are given.
func (u *update) listShown() []*agile.Issue {
	list := make([]*agile.Issue, 0, len(u.y.given.Issues))
	shown, at := u.x.History.Issues, 0 // in the order of u.x.given.Issues
	eachPair(u.x.given.Issues, u.y.given.Issues, func(old, now *agile.Issue) {
		if old != nil {
			at++
		}
		switch {
		case old == now:
			list = append(list, shown[at-1])
		case now != nil:
			list = append(list, u.y.Issues.Of(now.ID))
		}
	})
	return list
}

// replaceParents moves an issue among the children of its parents; one of both issues may be nil.
func (u *update) replaceParents(was, now *agile.Issue) {
	old, parents := ParentsOf(was), ParentsOf(now)
	for _, parent := range old {
		if !slices.Contains(parents, parent) {
			removeID(u.y.Children, u.ownChildren, parent, was.ID)
		}
	}
	for _, parent := range parents {
		if !slices.Contains(old, parent) {
			insertID(u.y.Children, u.ownChildren, parent, now.ID)
		}
	}
}

// insertID enters an id into one of the lists of a map, which are in ascending order. A list that is shared is copied
// before.
func insertID(lists *byid.Map[[]int64], own map[int64]bool, key, id int64) {
	list := lists.Of(key)
	at, found := slices.BinarySearch(list, id)
	if found {
		return
	}
	if !own[key] {
		list, own[key] = slices.Clone(list), true
	}
	lists.Set(key, slices.Insert(list, at, id))
}

// removeID takes an id out of one of the lists of a map.
func removeID(lists *byid.Map[[]int64], own map[int64]bool, key, id int64) {
	list := lists.Of(key)
	at, found := slices.BinarySearch(list, id)
	if !found {
		return
	}
	if !own[key] {
		list, own[key] = slices.Clone(list), true
	}
	if list = slices.Delete(list, at, at+1); len(list) > 0 {
		lists.Set(key, list)
	} else {
		lists.Delete(key)
	}
}

// replaceKeys enters the keys of the changed issues. A key that another issue has or had too is decided as New does:
// from all issues.
func (u *update) replaceKeys() {
	doubtful := map[string]bool{}
	y := u.y
	for _, id := range u.changed {
		was, now := u.x.Issues.Of(id), y.Issues.Of(id)
		if was == now || was != nil && now != nil && slices.Equal(was.Key, now.Key) {
			continue
		}
		for _, i := range []*agile.Issue{was, now} {
			if i == nil {
				continue
			}
			for _, s := range i.Key {
				doubtful[strings.ToLower(s.Value)] = true
			}
		}
	}
	if len(doubtful) == 0 {
		return
	}
	y.keys = u.x.keys.GoOn()
	known := false
	for key := range doubtful {
		_, had := u.x.keys.Of(key)
		known = known || had
		y.keys.Remove(key)
	}
	if known {
		addKeys(y, y.History.Issues, func(key string) bool { return doubtful[key] })
		return
	}
	var come []*agile.Issue
	for _, id := range u.changed {
		if i := y.Issues.Of(id); i != nil {
			come = append(come, i)
		}
	}
	addKeys(y, come, func(key string) bool { return doubtful[key] })
}

// replaceWorklogs puts the time logged on the changed issues in the place of what was known of it.
func (u *update) replaceWorklogs() {
	old, now := u.x.given.Worklogs, u.y.given.Worklogs
	if recall.SamePlace(old, now) {
		return
	}
	u.y.Worklogs = u.x.Worklogs.Copy()
	for _, id := range u.changed {
		u.y.Worklogs.Delete(id)
	}
	u.y.oddWorklogs = nil
	addWorklogs(u.y, func(issue int64) bool { return u.among[issue] })
}

// replaceHistories computes the state histories of the changed issues, and of those that rest on them, anew.
func (u *update) replaceHistories() {
	for _, id := range u.affectedIssues() {
		u.differ[id] = true
		sprints, epics := u.x.Histories.Of(id).SprintsAndEpics()
		var history StateHistory
		if i := u.y.Issues.Of(id); i != nil {
			history = historyOf(u.y, i)
			u.y.Histories.Set(id, history)
		} else {
			u.y.Histories.Delete(id)
		}
		nowSprints, nowEpics := history.SprintsAndEpics()
		moveID(u.y.SprintIssues, u.ownSprints, sprints, nowSprints, id)
		moveID(u.y.EpicIssues, u.ownEpics, epics, nowEpics, id)
	}
}

// moveID takes an id out of the lists that it is in no more, and enters it into those that it has come to.
func moveID(lists *byid.Map[[]int64], own map[int64]bool, was, now []int64, id int64) {
	for _, key := range was {
		if !slices.Contains(now, key) {
			removeID(lists, own, key, id)
		}
	}
	for _, key := range now {
		if !slices.Contains(was, key) {
			insertID(lists, own, key, id)
		}
	}
}

// affectedIssues lists the issues whose state histories may have changed, in ascending order: the changed ones; their
// children, which are in the sprints and epics of their parents, and the children of these, for an epic is told by its
// type; and those with a link to a key that means another issue now, with their children.
func (u *update) affectedIssues() []int64 {
	affected := map[int64]bool{}
	add := func(id int64) {
		if u.x.Issues.Of(id) != nil || u.y.Issues.Of(id) != nil {
			affected[id] = true
		}
	}
	for _, id := range u.changed {
		add(id)
		for _, child := range u.y.Children.Of(id) {
			add(child)
			for _, below := range u.y.Children.Of(child) {
				add(below)
			}
		}
	}
	for _, id := range u.relinkedIssues() {
		add(id)
		for _, child := range u.y.Children.Of(id) {
			add(child)
		}
	}
	return slices.Sorted(maps.Keys(affected))
}

// relinkedIssues lists the issues with a link to a key that means another issue than before.
func (u *update) relinkedIssues() []int64 {
	moved := map[string]bool{}
	for _, id := range u.changed {
		for _, i := range []*agile.Issue{u.x.Issues.Of(id), u.y.Issues.Of(id)} {
			if i == nil {
				continue
			}
			for _, s := range i.Key {
				key := strings.ToLower(s.Value)
				was, had := u.x.keys.Of(key)
				if is, has := u.y.keys.Of(key); was != is || had != has {
					moved[key] = true
				}
			}
		}
	}
	if len(moved) == 0 {
		return nil
	}
	var relinked []int64
	for _, i := range u.y.History.Issues {
		if slices.ContainsFunc(i.EpicLink, func(s agile.Step[string]) bool { return moved[strings.ToLower(s.Value)] }) {
			relinked = append(relinked, i.ID)
		}
	}
	return relinked
}

// differsSince returns the first moment at which the two histories may tell something else, the zero time where they
// differ in what has no moment.
func (u *update) differsSince() time.Time {
	x, y := u.x, u.y
	if !SameBeside(x, y) || len(u.relinkedIssues()) > 0 {
		return time.Time{}
	}
	first := y.History.Until
	note := func(at time.Time, dated bool) {
		if !dated {
			at = time.Time{}
		}
		if at.Before(first) {
			first = at
		}
	}
	for _, id := range u.changed {
		was, now := x.Issues.Of(id), y.Issues.Of(id)
		switch {
		case was == nil && now != nil && len(y.Children.Of(id)) == 0:
			note(now.Created, true)
		case was == nil || now == nil:
			note(time.Time{}, false)
		default:
			note(difference.Since(was, now))
		}
		logged, dated := difference.SinceWorklogs(x.Worklogs.Of(id), y.Worklogs.Of(id))
		note(logged.Add(-slack), dated) // the change of the time spent that a log makes may come before it
		note(difference.SinceTimeline(x.History.Impeded[id], y.History.Impeded[id]), true)
	}
	return first
}
