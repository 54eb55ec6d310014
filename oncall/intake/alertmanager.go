package intake

import (
	"encoding/json"
	"fmt"

	"jerem/calendar"
	"jerem/oncall/plan"
	"jerem/sorting"
)

// alertmanagerBody is what Alertmanager posts, in the form "4" of its webhooks. Grafana's alerting posts the same under
// a version of its own, with the number of an organization. Each alert is read alone, so that none costs another one.
type alertmanagerBody struct {
	Version         string            `json:"version"`
	Organization    json.RawMessage   `json:"orgId"` // of Grafana's alone
	TruncatedAlerts json.RawMessage   `json:"truncatedAlerts"`
	Alerts          []json.RawMessage `json:"alerts"`
}

type alertmanagerAlert struct {
	Status      string                     `json:"status"`
	Labels      map[string]json.RawMessage `json:"labels"`
	StartsAt    string                     `json:"startsAt"`
	EndsAt      string                     `json:"endsAt"`
	Fingerprint string                     `json:"fingerprint"`
}

// The only forms that are known.
const (
	alertmanagerVersion = "4"
	grafanaVersion      = "1"
)

// isKnown tells whether the body has a form that is read.
func (b alertmanagerBody) isKnown() bool {
	return b.Version == alertmanagerVersion || b.Version == grafanaVersion && b.Organization != nil
}

func parseAlertmanager(source plan.Source, body []byte) Parsed {
	var b alertmanagerBody
	if fault := decodeBody(body, &b); fault != "" {
		return Parsed{Faults: []string{fault}}
	}
	if !b.isKnown() {
		return Parsed{Faults: []string{fmt.Sprintf(
			"version is %.20q; only %q of Alertmanager and %q of Grafana are known",
			b.Version, alertmanagerVersion, grafanaVersion)}}
	}
	var out Parsed
	if fault := decodePart("truncatedAlerts", b.TruncatedAlerts, &out.Truncated); fault != "" {
		out.Faults = append(out.Faults, fault)
	}
	out.Truncated = max(0, out.Truncated)
	if len(b.Alerts) == 0 {
		out.Faults = append(out.Faults, "alerts is empty")
	}
	for i, alert := range b.Alerts {
		event, fault := parseAlert(source, alert)
		if fault != "" {
			out.Faults = append(out.Faults, fmt.Sprintf("alerts[%d]: %s", i, fault))
			continue
		}
		out.Events = append(out.Events, event)
	}
	// The first to begin comes first, so that alerts of one minute are one call-out whatever their order in the body.
	sorting.By(out.Events, func(x, y Event) int { return x.Start.Compare(y.Start) })
	return out
}

// parseAlert makes the event of an alert. It begins at startsAt, and a resolved one was so from endsAt on.
func parseAlert(source plan.Source, alert json.RawMessage) (e Event, fault string) {
	var a alertmanagerAlert
	if fault := decodePart("the alert", alert, &a); fault != "" {
		return e, fault
	}
	e = Event{PagerID: a.Fingerprint, Fingerprint: a.Fingerprint, State: State(a.Status)}
	if fault := a.readLabels(source, &e); fault != "" {
		return e, fault
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

// readLabels takes what the labels name; other labels may hold anything.
func (a alertmanagerAlert) readLabels(source plan.Source, e *Event) (fault string) {
	type label struct {
		name string
		to   *string
	}
	labels := []label{{"alertname", &e.Rule}, {"service", &e.Service}, {"severity", &e.Severity}}
	if source.Label != "" {
		labels = append(labels, label{source.Label, &e.Team})
	}
	for _, l := range labels {
		if fault := decodePart("labels."+l.name, a.Labels[l.name], l.to); fault != "" {
			return fault
		}
	}
	if source.Label != "" && e.Team == "" {
		return fmt.Sprintf("the label %s, which names the team, is missing", source.Label)
	}
	return ""
}
