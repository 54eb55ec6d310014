package digest

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/byid"
	"jerem/measure/internal/index"
)

// Digests makes digests of all that forecasts rest on, as of some moments. What an issue adds to them is taken over
// from one call to the next: an index that took in changed issues tells which ones, and shares all others with the one
// before. The zero value is ready.
type Digests struct {
	seed    maphash.Seed
	moments []time.Time
	sums    []uint64      // of what happened to issues, between each moment and the one before it
	issues  issueContents // that they are of
	read    int           // issues that were added or taken away
}

// issueContents are what an index holds of its issues.
type issueContents struct {
	contents  index.Contents
	histories *byid.Map[index.StateHistory]
	issues    *byid.Map[*agile.Issue]
	worklogs  *byid.Map[[]agile.Worklog]
}

func (k *Digests) seedOf() maphash.Seed {
	if k.seed == (maphash.Seed{}) {
		k.seed = maphash.MakeSeed()
	}
	return k.seed
}

// At returns, for each of some moments in ascending order, a digest of all that forecasts rest on and that happened by
// then, and of what has no moment. The order in which things were read does not count.
func (k *Digests) At(team *measure.Team, moments []time.Time) []uint64 {
	k.takeIssues(team.Index, moments)
	d := adder{seed: k.seed, moments: moments, sums: slices.Clone(k.sums), sign: 1}
	x := team.Index
	for _, id := range team.Roadmap.Epics {
		for _, marks := range team.Roadmap.Marks.Of(x.Issues.Of(id)) {
			d.addTexts(-id, marks) // labels may be marks, and count as both
		}
	}
	for id, impeded := range x.History.Impeded {
		for _, s := range impeded {
			d.addNumbers(s.From.Time(), id, truthNumber(s.Value))
		}
	}
	if x.History.OnCall != nil {
		for _, r := range x.History.OnCall.Rests {
			first := x.History.OnCall.Callouts[r.Callouts[0]]
			d.addNumbers(team.Unexpected.CountedFrom(first.Start), r.Start.UnixNano(), r.End.UnixNano())
		}
	}
	for n := 1; n < len(d.sums); n++ {
		d.sums[n] += d.sums[n-1]
	}
	return d.sums
}

// takeIssues brings the sums up to date with the issues of an index. Those that do not differ from the ones that were
// summed up are not looked at.
func (k *Digests) takeIssues(x *index.Index, moments []time.Time) {
	now := issueContents{x.Contents(), x.Histories, x.Issues, x.Worklogs}
	differ, goesOn := x.DifferingFrom(k.issues.contents)
	if !goesOn || !slices.EqualFunc(k.moments, moments, time.Time.Equal) {
		k.issues, k.sums = issueContents{}, make([]uint64, len(moments))
		for _, i := range x.History.Issues {
			differ = append(differ, i.ID)
		}
	}
	add := adder{seed: k.seedOf(), moments: moments, sums: k.sums, sign: 1}
	remove := add
	remove.sign = ^uint64(0) // a difference is the sum with what is to be taken away, times minus one
	for _, id := range differ {
		remove.addIssue(k.issues, id)
		add.addIssue(now, id)
		k.read++
	}
	k.moments, k.issues = slices.Clone(moments), now
}

// adder sums up digests of what happened between each of some moments and the one before it.
type adder struct {
	seed    maphash.Seed
	moments []time.Time
	sums    []uint64
	sign    uint64 // 1 to add, its opposite to take away
	buffer  []byte
}

// addIssue adds what happened to an issue; nothing where there is none of the id.
func (d *adder) addIssue(c issueContents, id int64) {
	i := c.issues.Of(id)
	if i == nil {
		return
	}
	for _, s := range c.histories.Of(id) {
		d.addSnapshot(id, s)
	}
	for _, labels := range i.Labels {
		d.addTexts(id, labels)
	}
	for _, s := range i.Type { // by which it may be an impediment
		d.addTexts(id, agile.Step[[]string]{From: s.From, Order: s.Order, Value: []string{"type", s.Value}})
	}
	for _, w := range c.worklogs.Of(id) {
		d.addNumbers(w.Created, id, w.Started.UnixNano(), w.Seconds)
	}
}

func (d *adder) addSnapshot(id int64, s index.Snapshot) {
	d.beginEntry(id, s.At().UnixNano(), int64(s.Order()), s.Epic, truthNumber(s.Counts()), truthNumber(s.InScope()),
		truthNumber(s.InSprints()), truthNumber(s.Estimate().Known))
	for _, sprint := range s.Sprints() {
		d.buffer = binary.LittleEndian.AppendUint64(d.buffer, uint64(sprint))
	}
	d.buffer = append(d.buffer, s.State()...)
	d.buffer = binary.LittleEndian.AppendUint64(d.buffer, math.Float64bits(s.Estimate().Value))
	d.endEntry(s.At())
}

func (d *adder) addTexts(id int64, s agile.Step[[]string]) {
	d.beginEntry(id, s.From.Time().UnixNano(), int64(s.Order))
	for _, text := range s.Value {
		d.buffer = append(append(d.buffer, text...), 0)
	}
	d.endEntry(s.From.Time())
}

// addNumbers adds what happened at a moment, in numbers.
func (d *adder) addNumbers(at time.Time, numbers ...int64) {
	d.beginEntry(append(numbers, at.UnixNano())...)
	d.endEntry(at)
}

func (d *adder) beginEntry(numbers ...int64) {
	d.buffer = d.buffer[:0]
	for _, n := range numbers {
		d.buffer = binary.LittleEndian.AppendUint64(d.buffer, uint64(n))
	}
}

// endEntry adds the digest of the buffer to the first moment that is not before another.
func (d *adder) endEntry(at time.Time) {
	n, _ := slices.BinarySearchFunc(d.moments, at, time.Time.Compare)
	if n < len(d.sums) {
		d.sums[n] += d.sign * maphash.Bytes(d.seed, d.buffer)
	}
}

func truthNumber(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// OfSprint returns a digest of a version of a sprint: when it began and is due.
func (k *Digests) OfSprint(v agile.SprintVersion) uint64 {
	d := adder{seed: k.seedOf()}
	d.beginEntry(v.Start.UnixNano(), v.End.UnixNano(), v.Complete.UnixNano())
	return maphash.Bytes(d.seed, d.buffer)
}
