package intake

import (
	"fmt"
	"slices"

	"jerem/calendar"
	"jerem/oncall/plan"
)

// alertmanagerBody is what Alertmanager and Grafana's alerting post, in the form "4" of their webhooks.
type alertmanagerBody struct {
	Version         string              `json:"version"`
	TruncatedAlerts int                 `json:"truncatedAlerts"`
	Alerts          []alertmanagerAlert `json:"alerts"`
}

type alertmanagerAlert struct {
	Status      string            `json:"status"`
	Labels      map[string]string `json:"labels"`
	StartsAt    string            `json:"startsAt"`
	EndsAt      string            `json:"endsAt"`
	Fingerprint string            `json:"fingerprint"`
}

// alertmanagerVersion is the only form that is known.
const alertmanagerVersion = "4"

func parseAlertmanager(source plan.Source, body []byte) Parsed {
	var b alertmanagerBody
	if fault := decodeBody(body, &b); fault != "" {
		return Parsed{Faults: []string{fault}}
	}
	if b.Version != alertmanagerVersion {
		return Parsed{Faults: []string{fmt.Sprintf("version is %.20q, only %q is known", b.Version,
			alertmanagerVersion)}}
	}
	out := Parsed{Truncated: max(0, b.TruncatedAlerts)}
	if len(b.Alerts) == 0 {
		out.Faults = append(out.Faults, "alerts is empty")
	}
	for i, a := range b.Alerts {
		event, fault := a.readEvent(source)
		if fault != "" {
			out.Faults = append(out.Faults, fmt.Sprintf("alerts[%d]: %s", i, fault))
			continue
		}
		out.Events = append(out.Events, event)
	}
	// The first to begin comes first, so that alerts of one minute are one call-out whatever their order in the body.
	slices.SortStableFunc(out.Events, func(x, y Event) int { return x.Start.Compare(y.Start) })
	return out
}

// readEvent makes the event of an alert. It begins at startsAt, and a resolved one was so from endsAt on.
func (a alertmanagerAlert) readEvent(source plan.Source) (e Event, fault string) {
	e = Event{PagerID: a.Fingerprint, Fingerprint: a.Fingerprint, Rule: a.Labels["alertname"],
		Service: a.Labels["service"], Severity: a.Labels["severity"], State: State(a.Status)}
	if source.Label != "" {
		e.Team = a.Labels[source.Label]
		if e.Team == "" {
			return e, fmt.Sprintf("the label %s, which names the team, is missing", source.Label)
		}
	}
	if fault := e.checkTexts("labels.alertname", "labels.service", "labels.severity"); fault != "" {
		return e, fault
	}
	if e.Start, fault = parseAt("startsAt", a.StartsAt); fault != "" {
		return e, fault
	}
	switch e.State {
	case Firing:
		e.At = e.Start
	case Resolved:
		if e.At, fault = parseAt("endsAt", a.EndsAt); fault != "" {
			return e, fault
		}
		e.At = calendar.LaterOf(e.Start, e.At)
	default:
		return e, "status is neither firing nor resolved"
	}
	return e, ""
}

// checkTexts tells what is wrong with the names of an alert; the fields are called as the source calls them.
func (e Event) checkTexts(rule, service, severity string) (fault string) {
	for _, c := range []struct {
		field, text string
		isRequired  bool
	}{
		{"fingerprint", e.Fingerprint, true}, {rule, e.Rule, true}, {service, e.Service, false},
		{severity, e.Severity, false}, {"team", e.Team, false},
	} {
		if fault := checkText(c.field, c.text, c.isRequired); fault != "" {
			return fault
		}
	}
	return ""
}
