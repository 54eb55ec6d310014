package source

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/problem"
	"jerem/sorting"
	"jerem/store"
	"jerem/sync/doubts"
	"jerem/web/format"
	"jerem/web/frame"
)

// Trouble is what keeps figures from being new, right or posted, as pages, API, readyz and /metrics tell it.
type Trouble struct {
	Team  string    `json:"team"` // "" where it concerns all
	Part  string    `json:"part"` // reading, posting, store, figures or oncall
	Since time.Time `json:"since,omitzero"`
	Why   string    `json:"why"`
	Next  string    `json:"next"` // what happens next, or what a person has to do
}

// The parts that a trouble may lie in.
const (
	PartReading = "reading"
	PartPosting = "posting"
	PartStore   = "store"
	PartFigures = "figures"
	PartOnCall  = "oncall"
)

// Live is what a running loop tells of itself.
type Live struct {
	Troubles []Trouble
	Reading  *Reading // nil while nothing is read for the first time
}

// Of is what concerns some of the teams, or all.
func (l Live) Of(teams []agile.Team) Live {
	l.Troubles = slices.DeleteFunc(slices.Clone(l.Troubles), func(t Trouble) bool {
		named := func(team agile.Team) bool { return team.Name == t.Team }
		return t.Team != "" && !slices.ContainsFunc(teams, named)
	})
	return l
}

// Reading is a reading of Jira that is on its way.
type Reading struct {
	What        string // what is read, in a few words
	Done, Total int    // Total 0 where it is not known yet
	Since       time.Time
}

// Words say how far a reading is.
func (r *Reading) Words() string {
	text := format.OrElse(r.What, "issues")
	if r.Total > 0 {
		text = fmt.Sprintf("%s %d of %d", text, r.Done, r.Total)
	} else if r.Done > 0 {
		text = fmt.Sprintf("%s %d", text, r.Done)
	}
	if !r.Since.IsZero() {
		text += ", since " + r.Since.UTC().Format("15:04 UTC on Mon 2 Jan")
	}
	if left, ok := r.timeLeft(time.Now()); ok {
		text += ", about " + format.Plural(int((left+time.Minute-1)/time.Minute), "minute") + " left"
	}
	return text
}

// leastDone is how many issues have to be read before the time that the rest takes is told from them.
const leastDone = 200

// timeLeft tells how long a reading that goes on at its pace still takes; false while too little was read to tell.
func (r *Reading) timeLeft(now time.Time) (time.Duration, bool) {
	took := now.Sub(r.Since)
	if r.Since.IsZero() || r.Done < leastDone || r.Total <= r.Done || took <= 0 {
		return 0, false
	}
	return time.Duration(float64(took) / float64(r.Done) * float64(r.Total-r.Done)), true
}

// LiveNow is what the loop tells of itself; nothing where none runs.
func (s *Teams) LiveNow() Live {
	if s.live == nil {
		return Live{}
	}
	return s.live()
}

// digestOfLive tells apart the troubles and the progress that answers may show.
func digestOfLive(s *Teams) uint64 { return digestOf(s.LiveNow(), listFaults(s)) }

// digestOf tells plain values apart.
func digestOf(values ...any) uint64 {
	text, _ := json.Marshal(values) // plain values
	h := fnv.New64a()
	_, _ = h.Write(text) // a hash takes everything
	return h.Sum64()
}

// Troubles lists what is known to be wrong: what the store keeps of each team's readings, what the loop tells, and
// what answers failed by.
func (s *Teams) Troubles(ctx context.Context) []Trouble {
	out, _ := troublesAndBehind(ctx, s)
	return out
}

// troublesAndBehind lists what is known to be wrong, and of which teams the store keeps that their readings fail.
func troublesAndBehind(ctx context.Context, s *Teams) ([]Trouble, map[string]bool) {
	kept, behind := troublesKept(ctx, s)
	out := slices.Clone(kept)
	for _, one := range append(s.LiveNow().Troubles, listFaults(s)...) {
		if !tellsAlready(kept, one) {
			out = append(out, one)
		}
	}
	for n := range out {
		out[n].Why = withoutPlace(s, out[n].Why)
	}
	return withoutRepeats(out), behind
}

// tellsAlready tells whether what the store keeps says what the loop tells: that the readings of a team fail, or why
// those of all do; of a store that cannot be asked, that it is in trouble.
func tellsAlready(kept []Trouble, live Trouble) bool {
	return slices.ContainsFunc(kept, func(t Trouble) bool {
		isOfAll := t.Part == PartStore || live.Team == "" && t.Why == live.Why
		return t.Part == live.Part && (isOfAll || t.Team == live.Team)
	})
}

// withoutRepeats leaves out what is told twice. What several teams meet at the store is the store's, and of all.
func withoutRepeats(troubles []Trouble) []Trouble {
	var out []Trouble
	for _, one := range troubles {
		n := slices.IndexFunc(out, func(t Trouble) bool {
			return t.Part == one.Part && t.Why == one.Why && (t.Team == one.Team || t.Part == PartStore)
		})
		if n < 0 {
			out = append(out, one)
			continue
		}
		if out[n].Team != one.Team {
			out[n].Team = ""
		}
		if one.Since.Before(out[n].Since) {
			out[n].Since = one.Since
		}
	}
	return out
}

// troublesKept lists the readings that fail by what the store keeps, or why it cannot be asked, and tells of which
// teams they are.
func troublesKept(ctx context.Context, s *Teams) (out []Trouble, behind map[string]bool) {
	readings, err := s.Store.Teams.Readings(ctx)
	var kept *problem.Problem
	switch {
	case errors.As(err, &kept):
		p := s.ProblemOf(err)
		return []Trouble{{Part: PartStore, Why: p.Message, Next: p.Hint}}, nil
	case err != nil && ctx.Err() == nil:
		return []Trouble{{Part: PartStore, Why: "the store cannot be read: " + err.Error(),
			Next: storeRemedies[store.Damaged]}}, nil
	}
	behind = map[string]bool{}
	for name, r := range readings {
		behind[name] = !r.Behind.IsZero()
	}
	for _, conf := range s.List {
		if r := readings[conf.Name]; behind[conf.Name] {
			out = append(out, Trouble{Team: conf.Name, Part: PartReading, Since: r.Behind,
				Why: WhyBehind(r, conf.Name), Next: s.NextOf(conf.Name)})
		}
	}
	return out, behind
}

// WhyBehind words what the last reading of a team failed by, for the team's own place.
func WhyBehind(reading TeamReading, team string) string {
	return format.Capital(asSentence(doubts.Decode(reading.Why).Words(team)))
}

// asSentence is a message with its hint in brackets, without the full stop of the hint: what stands in brackets within
// a sentence ends none.
func asSentence(message string) string { return strings.ReplaceAll(message, ".)", ")") }

// BehindOf returns what keeps the figures of a team from being new: of several troubles the first of reading, else
// of the store; nil while there is none.
func BehindOf(troubles []Trouble, team string) *Trouble {
	for _, part := range []string{PartReading, PartStore} {
		for _, t := range troubles {
			if t.Part == part && (t.Team == team || t.Team == "") {
				return &t
			}
		}
	}
	return nil
}

// namedAtMost is how many teams a line names that are in the same trouble.
const namedAtMost = 3

// Lines write troubles, cleaned: a line for each, and one for those of several teams that differ in nothing else, since
// the first of them.
func Lines(troubles []Trouble) []string {
	var heads []Trouble
	var teams [][]string
	for _, t := range troubles {
		n := slices.IndexFunc(heads, func(h Trouble) bool {
			return t.Team != "" && h.Team != "" && h.Part == t.Part && h.Why == t.Why && h.Next == t.Next
		})
		if n < 0 {
			heads, teams = append(heads, t), append(teams, []string{t.Team})
			continue
		}
		teams[n] = append(teams[n], t.Team)
		if t.Since.Before(heads[n].Since) {
			heads[n].Since = t.Since
		}
	}
	out := make([]string, len(heads))
	for n, head := range heads {
		out[n] = head.wordedLine(teams[n])
	}
	return out
}

// wordedLine writes a trouble of some teams, of all where the name of one is empty.
func (t Trouble) wordedLine(teams []string) string {
	head := map[string]string{PartReading: "Reading", PartPosting: "Posting", PartStore: "The store",
		PartFigures: "The figures", PartOnCall: "On-call"}[t.Part]
	if t.Team != "" {
		named := strings.Join(teams[:min(len(teams), namedAtMost)], ", ")
		if more := len(teams) - namedAtMost; more > 0 {
			named += " and " + format.Plural(more, "more team")
		}
		head += " of " + named
	}
	if t.Since.IsZero() {
		head += ": in trouble"
	} else {
		head += ": in trouble since " + t.Since.UTC().Format("Mon 2 Jan 2006, 15:04 UTC")
	}
	why := strings.TrimRight(asSentence(t.Why), ". ")
	return format.OneLine(fmt.Sprintf("%s. %s. %s", head, why, t.Next))
}

// figuresRemedy is what a person does where an answer cannot be computed.
const figuresRemedy = "Tell who runs Jerem: jerem rebuild derives everything again from what is kept; where that " +
	"does not help, jerem collect --full reads it again. The log tells the place."

// Faulty notes that an answer failed by a fault of the program or by what it was made from, so that readyz and pages
// tell it until the address is answered again.
func (s *Teams) Faulty(r *http.Request) *problem.Problem {
	team := r.PathValue("team")
	if team == "" {
		team = r.URL.Query().Get("team")
	}
	if _, err := s.Config(team); err != nil {
		team = ""
	}
	address := r.URL.Path
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.faults[address]; !known && len(s.faults) < 100 {
		s.faults[address] = Trouble{Team: team, Part: PartFigures, Since: time.Now().UTC().Truncate(time.Second),
			Why:  "An answer fails: " + format.OneLine(address),
			Next: figuresRemedy}
	}
	return frame.NewProblem(http.StatusInternalServerError, "internal",
		figuresRemedy,
		"this cannot be answered: what is kept leads to a figure that cannot be computed")
}

// Mended forgets that an address could not be answered.
func (s *Teams) Mended(r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.faults, r.URL.Path)
}

func listFaults(s *Teams) []Trouble {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Trouble
	for _, t := range s.faults {
		out = append(out, t)
	}
	sorting.By(out, func(a, b Trouble) int { return strings.Compare(a.Why, b.Why) })
	return out
}

// allBehind tells whether the store keeps of every team that its readings fail.
func allBehind(s *Teams, behind map[string]bool) bool {
	return !slices.ContainsFunc(s.List, func(team agile.Team) bool { return !behind[team.Name] })
}

// TroubleLines write on a page what concerns a team, or all. What readings fail by stands on the pages of a team
// already, so it is left out where the store knows it, be it of the team or of all.
func (s *Teams) TroubleLines(ctx context.Context, team string) []string {
	var out []Trouble
	troubles, behind := troublesAndBehind(ctx, s)
	for _, t := range troubles {
		told := behind[cmp.Or(t.Team, team)] || t.Team == "" && team == "" && allBehind(s, behind)
		kept := t.Part == PartReading && told
		if !kept && (t.Team == "" || team == "" || t.Team == team) {
			out = append(out, t)
		}
	}
	return Lines(out)
}
