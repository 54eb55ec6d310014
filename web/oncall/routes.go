package oncall

import "net/http"

// Route is an address of the API.
type Route struct {
	Method, Path string   // the path below Prefix
	May          Audience // who may use it
	Reads        []string // the parameters of its query
	answer       func(*question) (answer, error)
}

// Routes is every address of the API.
func Routes() []Route {
	const get, post = http.MethodGet, http.MethodPost
	return []Route{
		{get, "now", Everybody, []string{"at"}, answerNow},
		{get, "rotas/{rota}/segments", Everybody, []string{"from", "to"}, answerSegments},
		{get, "changes", Everybody, []string{"rota", "from", "to"}, answerChanges},
		{post, "changes", Deciders, nil, askChange},
		{post, "changes/{id}/{answer}", Deciders, nil, answerChange},
		{get, "absences", Deciders, []string{"from", "to"}, answerAbsences},
		{post, "absences", Deciders, nil, addAbsence},
		{http.MethodDelete, "absences/{id}", Deciders, nil, endAbsence},
		{get, "callouts", Everybody, []string{"team", "from", "to"}, answerCallouts},
		{post, "callouts", Deciders, nil, addCallout},
		{post, "callouts/{id}/{act}", Deciders, nil, changeCallout},
		{get, "alerts", Everybody, []string{"team", "state", "from", "to"}, answerAlerts},
		{get, "rules", Everybody, []string{"team", "from", "to"}, answerRules},
		{post, "rules/decision", Deciders, nil, decideRule},
		{get, "load", Everybody, []string{"team", "month"}, answerLoad},
		{get, "statements/{month}", Earners, nil, answerStatements},
		{post, "statements/{month}/freeze", Treasurers, nil, freezeMonth},
		{get, "warnings", Everybody, nil, answerWarnings},
	}
}
