package clocks

import (
	"context"
	"fmt"
	"time"

	"jerem/jira"
	"jerem/problem"
)

// The codes of a Jira whose clock is not to be believed.
const (
	Wrong    problem.Code = "sync.wrong_clock"     // it stands too far ahead of ours
	FellBack problem.Code = "sync.clock_fell_back" // it stands before what was read already
)

const (
	day = 24 * time.Hour
	// tolerance is the difference of two clocks that is not told.
	tolerance = day
	// unproven is how far ahead a clock is believed although nothing in its Jira was changed since.
	unproven = 366 * day
	// farthest is how far ahead a clock is believed at all.
	farthest = 3_653 * day
)

// hint says what may be done about two clocks that differ.
const hint = "set the clock that is wrong, that of Jira's machine or that of this one (timedatectl tells whether it " +
	"follows a time server); figures stand as of Jira's clock"

// Compare tells by how much Jira's clock differs from ours, nil where that is a day at most.
func Compare(theirs, ours time.Time) *problem.Problem {
	difference := theirs.Sub(ours)
	if difference.Abs() <= tolerance {
		return nil
	}
	where := "ahead of"
	if difference < 0 {
		where = "behind"
	}
	return &problem.Problem{Code: Wrong, Hint: hint, Message: fmt.Sprintf(
		"Jira's clock tells %s, %s %s the clock of this machine, which tells %s",
		theirs.UTC().Format(time.RFC3339), daysText(difference), where, ours.UTC().Format(time.RFC3339))}
}

// daysText words a difference of clocks in whole days.
func daysText(difference time.Duration) string {
	if n := int(difference.Abs() / day); n != 1 {
		return fmt.Sprintf("%d days", n)
	}
	return "1 day"
}

// Judge returns a problem of code [Wrong] where Jira's clock is not to be believed. Where it is more than a year ahead
// Jira is asked for what was changed since; the error may also be that of asking.
func Judge(ctx context.Context, client *jira.Client, theirs, ours time.Time) error {
	difference := theirs.Sub(ours)
	if difference <= unproven {
		return nil
	}
	wrong := Compare(theirs, ours)
	if difference > farthest {
		wrong.Message += ": nothing was read"
		return wrong
	}
	isChanged, err := hasChanged(ctx, client, ours.Add(tolerance))
	if err != nil || isChanged {
		return err
	}
	wrong.Message += ", and no issue was changed since: nothing was read"
	return wrong
}

// JudgeStepBack returns a problem of code [FellBack] where Jira's clock fell more than a day behind what was read
// already, though ours agreed with it then: the last complete reading is of the present day by ours, or such a step was
// refused since. Where neither is so nothing tells which of the clocks is right, as with recorded data.
func JudgeStepBack(theirs, ours, lastRead time.Time, isRefused bool) *problem.Problem {
	back := lastRead.Sub(theirs)
	if back <= tolerance || !isRefused && ours.Sub(lastRead).Abs() > tolerance {
		return nil
	}
	return &problem.Problem{Code: FellBack, Hint: stepBackHint, Message: fmt.Sprintf(
		"Jira's clock tells %s, %s behind the last complete reading, of %s, when it agreed with the clock of this "+
			"machine: nothing was read",
		theirs.UTC().Format(time.RFC3339), daysText(back), lastRead.UTC().Format(time.RFC3339))}
}

// stepBackHint says what may be done about a clock that fell back.
const stepBackHint = "set the clock of Jira's machine right; where it is right now and was wrong before, " +
	"`jerem collect --full` reads everything again as of it"

// hasChanged tells whether any issue was changed from a moment on.
func hasChanged(ctx context.Context, client *jira.Client, since time.Time) (bool, error) {
	for _, err := range client.IDs(ctx, fmt.Sprintf("updated >= %d ORDER BY created ASC", since.UnixMilli())) {
		return err == nil, err
	}
	return false, nil
}
