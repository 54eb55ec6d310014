package intake

// genericBody is how any pager is joined: one event of one alert.
type genericBody struct {
	ID          string `json:"id"`
	State       string `json:"state"`
	Rule        string `json:"rule"`
	Service     string `json:"service"`
	Severity    string `json:"severity"`
	Team        string `json:"team"`
	Fingerprint string `json:"fingerprint"`
	At          string `json:"at"`
	Person      string `json:"person"`
}

func parseGeneric(body []byte) Parsed {
	var b genericBody
	if fault := decodeBody(body, &b); fault != "" {
		return Parsed{Faults: []string{fault}}
	}
	e, fault := b.readEvent()
	if fault != "" {
		return Parsed{Faults: []string{fault}}
	}
	return Parsed{Events: []Event{e}}
}

func (b genericBody) readEvent() (e Event, fault string) {
	e = Event{PagerID: b.ID, Fingerprint: b.Fingerprint, Rule: b.Rule, Service: b.Service, Severity: b.Severity,
		Team: b.Team, Person: b.Person, State: State(b.State)}
	if e.Fingerprint == "" {
		e.Fingerprint = b.ID
	}
	if fault := checkText("id", b.ID, true); fault != "" {
		return e, fault
	}
	if e.State != Firing && e.State != Acknowledged && e.State != Resolved {
		return e, "state is none of firing, acknowledged, resolved"
	}
	if fault := e.checkTexts("rule", "service", "severity"); fault != "" {
		return e, fault
	}
	if fault := checkText("person", b.Person, false); fault != "" {
		return e, fault
	}
	e.At, fault = parseAt("at", b.At)
	return e, fault
}
