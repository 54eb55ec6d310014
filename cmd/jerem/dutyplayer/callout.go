package dutyplayer

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/plan"
	"jerem/oncall/risk"
	"jerem/oncall/roster"
	"jerem/sim/world/duty"
)

// postAlert posts an event of an alert as its pager does, and has it understood at once.
func (p *Player) postAlert(ctx context.Context, fired, now duty.Act, state string) error {
	if fired.Source == "" {
		return errNotThere
	}
	body, err := json.Marshal(p.eventBody(fired, now.At, state))
	if err != nil {
		return err
	}
	e := roster.RawEvent{Source: fired.Source, Received: now.At.UTC(), Body: body}
	if e.ID, err = p.events.AddEvent(ctx, e); err != nil {
		return err
	}
	_, err = p.roster.Understand(ctx, now.At.UTC(), e)
	return err
}

// eventBody is an event in the form of the source.
func (p *Player) eventBody(fired duty.Act, at time.Time, state string) any {
	type labels map[string]string
	stamp := func(t time.Time) string { return t.UTC().Format(time.RFC3339) }
	source, _ := p.roster.File.SourceNamed(fired.Source)
	if source.Kind != plan.Alertmanager {
		return labels{"id": fired.Fingerprint, "state": state, "rule": fired.Rule, "team": fired.Team,
			"at": stamp(at), "person": fired.Person}
	}
	alert := map[string]any{"status": state, "fingerprint": fired.Fingerprint, "startsAt": stamp(fired.At),
		"labels": labels{"alertname": fired.Rule, "team": fired.Team, "severity": "critical"}}
	if state == "resolved" {
		alert["endsAt"] = stamp(at)
	}
	return map[string]any{"version": "4", "alerts": []any{alert}}
}

// calloutActs are what is done to a call-out, by the act.
var calloutActs = map[duty.Kind]roster.CalloutAct{duty.Confirm: roster.AcknowledgeCallout,
	duty.Judge:    roster.SetVerdict,
	duty.SetTimes: roster.SetTimes, duty.LinkIssue: roster.SetIssue}

// decideCallout changes the call-out of an alert, or enters one by hand.
func (p *Player) decideCallout(v *roster.View, actor roster.Actor, a duty.Act) (roster.Writes, error) {
	if a.Kind == duty.EnterByHand {
		_, writes, err := roster.AddCallout(v, actor, intake.Callout{Team: a.Team, Started: a.Start,
			Ended: a.End}, "", false)
		return writes, err
	}
	id := calloutOf(v, p.alerts[a.Of])
	if id == 0 {
		return roster.Writes{}, errNotThere
	}
	_, writes, err := roster.ChangeCallout(v, actor, calloutActs[a.Kind], id, roster.CalloutChange{Started: a.Start,
		Ended: a.End, Verdict: interruption.Verdict(a.Verdict), Reason: intake.NoiseReason(a.Reason), Issue: a.Issue})
	return writes, err
}

// calloutOf returns the call-out that holds an alert, 0 for none.
func calloutOf(v *roster.View, fired duty.Act) int64 {
	i := slices.IndexFunc(v.State.Alerts, func(x intake.Alert) bool {
		return x.Source == fired.Source && x.Fingerprint == fired.Fingerprint
	})
	if i < 0 {
		return 0
	}
	for _, c := range v.State.Callouts {
		if slices.Contains(c.Alerts, v.State.Alerts[i].ID) {
			return c.ID
		}
	}
	return 0
}

func addAbsence(v *roster.View, actor roster.Actor, a duty.Act) (roster.Writes, error) {
	_, writes, err := roster.AddAbsence(v, actor, risk.Absence{From: dateOf(a.From), To: dateOf(a.Until)})
	return writes, err
}

// dateOf reads a date that the company wrote; none is zero.
func dateOf(text string) calendar.Date {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return calendar.Date{}
	}
	return calendar.DateOf(t, time.UTC)
}
