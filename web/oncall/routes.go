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
	}
}
