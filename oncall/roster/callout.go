package roster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
)

// Callouts returns the call-outs as of the view's moment: those of which nobody said the end have the one that follows
// from alerts and touches.
func (v *View) Callouts() []interruption.Callout {
	out := make([]interruption.Callout, len(v.State.Callouts))
	resolved := resolvedAlerts(v)
	for i, c := range v.State.Callouts {
		out[i], _ = v.calloutAt(c, resolved, v.Now)
	}
	return out
}

// FinalCallouts returns the call-outs with the ends that they come to by what is known, also where these lie ahead.
func (v *View) FinalCallouts() []interruption.Callout {
	out := make([]interruption.Callout, len(v.State.Callouts))
	resolved := resolvedAlerts(v)
	for i, c := range v.State.Callouts {
		out[i], _ = v.calloutAt(c, resolved, endOfTime)
	}
	return out
}

// endOfTime lies after every end that a call-out may come to.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// resolvedAlerts returns when alerts were resolved, by their ID; zero for those that are open.
func resolvedAlerts(v *View) map[int64]time.Time {
	out := map[int64]time.Time{}
	for _, a := range v.State.Alerts {
		out[a.ID] = a.Resolved
	}
	return out
}

// calloutAt returns a call-out as of a moment; hasEnded is false while it runs, and its end is then that moment. Rota
// and level are those of the ledger as it is now, but for a presumed one, whose never change.
func (v *View) calloutAt(c intake.Callout, resolved map[int64]time.Time, at time.Time) (out interruption.Callout,
	hasEnded bool) {
	out = interruption.Callout{ID: c.ID, Team: c.Team, Rota: c.Rota, Level: c.Level, Person: c.Person,
		Started: c.Started, Acknowledged: c.Acknowledged, Ended: c.Ended, Alerts: c.Alerts, Issue: c.Issue,
		Verdict: c.Verdict, Origin: c.Origin, Confirmed: c.Confirmed}
	if c.Origin != interruption.Presumed {
		out.Rota, out.Level = interruption.RotaOf(v.schedules, c.Team, c.Person, c.Started)
	}
	if !c.Ended.IsZero() {
		return out, true
	}
	var last time.Time
	for _, id := range c.Alerts {
		if resolved[id].IsZero() {
			last = time.Time{}
			break
		}
		last = calendar.LaterOf(resolved[id], last)
	}
	out.Ended, hasEnded = interruption.EndOf(c.Started, last, c.Touches, at)
	out.Assumed = hasEnded
	return out, hasEnded
}

// CalloutRow is a call-out as it is shown: its end is zero while it runs.
type CalloutRow struct {
	interruption.Callout
	Reason intake.NoiseReason
}

// CalloutRows returns all call-outs as they are shown.
func (v *View) CalloutRows() []CalloutRow {
	resolved := resolvedAlerts(v)
	out := make([]CalloutRow, len(v.State.Callouts))
	for i, c := range v.State.Callouts {
		out[i] = v.calloutRow(c, resolved)
	}
	return out
}

// CalloutRow returns a call-out as it is shown, which need not be kept yet.
func (v *View) CalloutRow(c intake.Callout) CalloutRow { return v.calloutRow(c, resolvedAlerts(v)) }

func (v *View) calloutRow(c intake.Callout, resolved map[int64]time.Time) CalloutRow {
	shown, hasEnded := v.calloutAt(c, resolved, v.Now)
	if !hasEnded {
		shown.Ended = time.Time{}
	}
	if shown.Verdict == "" {
		shown.Verdict = interruption.Unset
	}
	return CalloutRow{shown, c.Reason}
}

// CalloutChange is what is set of a call-out.
type CalloutChange struct {
	At      time.Time // when it was acknowledged or ended; zero for now
	Started time.Time
	Ended   time.Time
	Verdict interruption.Verdict
	Reason  intake.NoiseReason
	Issue   string
	Because oncall.Reason // of operators
	IsLong  bool          // that it was longer than a day is meant
}

// CalloutAct is what is done to a call-out.
type CalloutAct string

// The acts.
const (
	AcknowledgeCallout CalloutAct = "acknowledge"
	EndCallout         CalloutAct = "end"
	SetTimes           CalloutAct = "times"
	SetVerdict         CalloutAct = "verdict"
	SetIssue           CalloutAct = "issue"
)

// ChangeCallout sets something of a call-out, for its person or by an operator with a reason.
func ChangeCallout(v *View, a Actor, act CalloutAct, id int64, q CalloutChange) (intake.Callout, Writes, error) {
	i := slices.IndexFunc(v.State.Callouts, func(c intake.Callout) bool { return c.ID == id })
	if i < 0 || !isToldOfCallout(v, a, v.State.Callouts[i]) {
		return intake.Callout{}, Writes{}, newRefusal(oncall.NotFound, fmt.Sprintf("there is no call-out %d", id),
			"See /api/v1/oncall/callouts.")
	}
	c := v.State.Callouts[i]
	err := a.CheckBecause(c.Person, q.Because)
	isFreeOfReason := act == SetIssue && a.Operator && q.Because == ""
	if err != nil && !isFreeOfReason {
		return c, Writes{}, err
	}
	changed, err := applyToCallout(v, c, act, q)
	if err == nil {
		err = checkFrozen(v, a, act, c, changed)
	}
	if err != nil {
		return c, Writes{}, err
	}
	return changed, Writes{Callouts: []intake.Callout{changed}, Journal: []Entry{a.journalEntry(v.Now,
		"call-out "+string(act), "%d of %s: %s", id, c.Person, describeCallout(changed, q.Because))}}, nil
}

func isToldOfCallout(v *View, a Actor, c intake.Callout) bool {
	return v.IsToldOf(a, c.Team, c.Person, c.Started)
}

func describeCallout(c intake.Callout, because oncall.Reason) string {
	parts := []string{"started " + clockOf(c.Started)}
	if !c.Acknowledged.IsZero() {
		parts = append(parts, "acknowledged "+clockOf(c.Acknowledged))
	}
	if !c.Ended.IsZero() {
		parts = append(parts, "ended "+clockOf(c.Ended))
	}
	if c.Verdict != "" {
		parts = append(parts, "verdict "+string(c.Verdict)+" "+string(c.Reason))
	}
	if c.Issue != "" {
		parts = append(parts, "issue "+c.Issue)
	}
	if because != "" {
		parts = append(parts, "because "+string(because))
	}
	return strings.Join(parts, ", ")
}

// applyToCallout returns the call-out with what is set.
func applyToCallout(v *View, c intake.Callout, act CalloutAct, q CalloutChange) (intake.Callout, error) {
	at := q.At
	if at.IsZero() {
		at = v.Now
	}
	switch act {
	case AcknowledgeCallout:
		return acknowledgeCallout(v, c, at)
	case EndCallout:
		_, hasEnded := v.calloutAt(c, resolvedAlerts(v), v.Now) // one that runs has been as long as it has
		return endCallout(v, c, c.Started, at, q.IsLong || !hasEnded)
	case SetTimes:
		if q.Started.IsZero() || q.Ended.IsZero() {
			return c, newRefusal(oncall.Invalid, "started or ended is missing", "Give both.")
		}
		return endCallout(v, c, q.Started, q.Ended, q.IsLong)
	case SetVerdict:
		return judgeCallout(v, c, q.Verdict, q.Reason)
	}
	c.Issue = q.Issue
	return c, checkIssue(q.Issue)
}

// acknowledgeCallout acknowledges a call-out, which is a click at that moment. The first acknowledgement counts.
func acknowledgeCallout(v *View, c intake.Callout, at time.Time) (intake.Callout, error) {
	switch {
	case at.After(v.Now):
		return c, newRefusal(oncall.Invalid, "at lies ahead", "Acknowledge what has happened.")
	case at.Before(c.Started):
		return c, newRefusal(oncall.Conflict, "at is before the call-out started",
			"Give a time after "+clockOf(c.Started)+".")
	}
	if c.Acknowledged.IsZero() || at.Before(c.Acknowledged) {
		c.Acknowledged = at
	}
	c.Touches = append(slices.Clone(c.Touches), at)
	c.Confirmed = true
	return c, nil
}

// A call-out that is longer than longCallout is a slip of the pen more often than not, so that it has to be said twice;
// longer than longestCallout it is none.
const (
	longCallout    = 24 * time.Hour
	longestCallout = 7 * 24 * time.Hour
)

func endCallout(v *View, c intake.Callout, started, ended time.Time, isLong bool) (intake.Callout, error) {
	if ended.After(v.Now) || started.After(v.Now) {
		return c, newRefusal(oncall.Invalid, "it lies ahead", "Tell what has happened, not what will.")
	}
	if started.Year() < intake.FirstYear {
		return c, newRefusal(oncall.Invalid, fmt.Sprintf("it starts before the year %d", intake.FirstYear),
			"See whether the dates are right.")
	}
	if ended.Before(started) {
		return c, newRefusal(oncall.Invalid, "it ends before it starts",
			"Give an end that is not before "+clockOf(started)+".")
	}
	if err := checkLength(ended.Sub(started), isLong); err != nil {
		return c, err
	}
	c.Started, c.Ended = started, ended
	return c, nil
}

func checkLength(length time.Duration, isLong bool) error {
	hours := strconv.Itoa(int(length/time.Hour)) + " hours"
	switch {
	case length > longestCallout:
		return newRefusal(oncall.Invalid, "it would last "+hours+", more than 7 days",
			"See whether the dates are right; what took longer was more than one call-out.")
	case length > longCallout && !isLong:
		return newRefusal(oncall.Invalid, "it would last "+hours+", more than a day",
			"See whether the dates are right; if they are, say that it was longer than a day (long).")
	}
	return nil
}

// judgeCallout sets the verdict, which is a click now. Giving one confirms a presumed call-out, as
// acknowledging it does.
func judgeCallout(v *View, c intake.Callout, verdict interruption.Verdict, reason intake.NoiseReason) (intake.Callout,
	error) {
	switch verdict {
	case interruption.Useful, interruption.Test, interruption.Unset:
		if reason != "" {
			return c, newRefusal(oncall.Invalid, "only noise has a reason", "Leave out reason.")
		}
	case interruption.Noise:
		if !intake.IsNoiseReason(reason) {
			return c, newRefusal(oncall.Invalid, fmt.Sprintf("%q is no reason of noise", reason),
				"reason is one of no_action, duplicate, heals_itself, wrong_threshold, not_ours.")
		}
	default:
		return c, newRefusal(oncall.Invalid, fmt.Sprintf("%q is no verdict", verdict),
			"verdict is one of useful, noise, test, unset.")
	}
	c.Verdict, c.Reason = verdict, reason
	c.Touches = append(slices.Clone(c.Touches), v.Now)
	c.Confirmed = !c.Acknowledged.IsZero() || verdict != interruption.Unset
	return c, nil
}

// longestIssue bounds the key of an issue, in bytes.
const longestIssue = 100

func checkIssue(key string) error {
	isPlain := !strings.ContainsFunc(key, func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z')
	})
	if key == "" || isPlain && len(key) <= longestIssue && strings.Contains(key, "-") {
		return nil
	}
	return newRefusal(oncall.Invalid, fmt.Sprintf("%.100q is no key of an issue", key), "Write it like K8S-1424.")
}

// checkFrozen refuses to change a month that is frozen but by an operator. A verdict and an acknowledgement count until
// then; times and a start that moves into or out of such a month are an adjustment.
func checkFrozen(v *View, a Actor, act CalloutAct, before, after intake.Callout) error {
	if a.Operator || act == SetIssue {
		return nil
	}
	for _, c := range []intake.Callout{before, after} {
		if isMonthFrozen(v, c) {
			return newRefusal(oncall.Conflict, "the month of this call-out is frozen",
				"Ask an operator: what differs becomes an adjustment.")
		}
	}
	return nil
}

// isMonthFrozen tells whether the month of a call-out's start, on its person's clock, is frozen.
func isMonthFrozen(v *View, c intake.Callout) bool {
	person, isKnown := v.Board.People[c.Person]
	zone := v.File.Zone
	if isKnown {
		zone = person.Zone
	}
	month := civil.MonthOf(c.Started, zone)
	return slices.ContainsFunc(v.State.Frozen, func(f FrozenMonth) bool { return f.Month == month })
}

// AddCallout enters a call-out by hand, of oneself or by an operator with a reason. isLong says that one longer than a
// day is meant. One of the same person, team, start and end is entered already: it is returned, without writes.
func AddCallout(v *View, a Actor, c intake.Callout, because oncall.Reason, isLong bool) (intake.Callout, Writes,
	error) {
	if c.Person == "" {
		c.Person = a.Handle
	}
	if err := checkNewCallout(v, a, c, because); err != nil {
		return c, Writes{}, err
	}
	c, err := endCallout(v, c, c.Started, c.Ended, isLong)
	if err != nil {
		return c, Writes{}, err
	}
	for _, other := range v.State.Callouts {
		isSame := other.Person == c.Person && other.Team == c.Team && other.Started.Equal(c.Started) &&
			other.Ended.Equal(c.Ended)
		if isSame {
			return other, Writes{}, nil
		}
		c.ID = max(c.ID, other.ID)
	}
	c.ID++
	c.Origin = interruption.ByHand
	if err := checkFrozen(v, a, SetTimes, c, c); err != nil {
		return c, Writes{}, err
	}
	return c, Writes{Callouts: []intake.Callout{c}, Journal: []Entry{a.journalEntry(v.Now, "call-out entered",
		"%d of %s: %s",
		c.ID, c.Person, describeCallout(c, because))}}, nil
}

func checkNewCallout(v *View, a Actor, c intake.Callout, because oncall.Reason) error {
	_, isTeam := v.File.TeamNamed(c.Team)
	switch {
	case c.Team == "":
		return newRefusal(oncall.Invalid, "team is missing", "Name the team whose unexpected work it was.")
	case !isTeam || !a.Sees(c.Team):
		return newRefusal(oncall.NotFound, fmt.Sprintf("there is no team %.100q", c.Team), "See /api/v1/teams.")
	case c.Person == "":
		return newRefusal(oncall.Invalid, "person is missing", "Name who was called, by their handle.")
	case c.Started.IsZero() || c.Ended.IsZero():
		return newRefusal(oncall.Invalid, "started or ended is missing", "Give both.")
	}
	if err := checkPersonSeen(v, a, c.Person); err != nil {
		return err
	}
	if err := checkIssue(c.Issue); err != nil {
		return err
	}
	return a.CheckBecause(c.Person, because)
}
