package web

import "net/http"

// apiDescription lists the addresses of the API in OpenAPI's form.
func (s *Server) apiDescription(*http.Request) (any, error) {
	read := func(summary string, params ...map[string]any) map[string]any {
		return map[string]any{"get": map[string]any{"summary": summary, "parameters": params, "responses": map[string]any{
			"200": map[string]any{"description": "the answer", "content": map[string]any{"application/json": map[string]any{}}},
			"4XX": map[string]any{"description": "an error object with code, message and hint"},
		}}}
	}
	param := func(name, in, about string) map[string]any {
		return map[string]any{"name": name, "in": in, "required": in == "path", "description": about, "schema": map[string]any{"type": "string"}}
	}
	team := param("team", "path", "name of a team")
	at := param("at", "query", "moment in RFC 3339, or a date; without it the last complete reading")
	return map[string]any{
		"openapi": "3.1.0",
		"info":    map[string]any{"title": "Jerem", "version": "1", "description": "Figures of agile teams, each as of any moment."},
		"paths": map[string]any{
			"/api/v1/teams":                           read("The teams"),
			"/api/v1/teams/{team}/sprints":            read("The sprints of a team, oldest first", team, at),
			"/api/v1/teams/{team}/sprints/{id}":       read("The figures of a sprint", team, param("id", "path", "id of the sprint in Jira"), at),
			"/api/v1/teams/{team}/quarters":           read("The quarters that some epic belongs to, oldest first", team, at),
			"/api/v1/teams/{team}/quarters/{quarter}": read("The figures of a quarter", team, param("quarter", "path", "its name, like Q4-26"), at),
			"/api/v1/teams/{team}/issues/{key}":       read("The timelines of an issue", team, param("key", "path", "key or id"), at),
			"/api/v1/series": read("The series, as the lines of export --format json", param("class", "query", "regular expression"), param("team", "query", "only this team"),
				param("from", "query", "first moment"), param("to", "query", "last moment")),
			"/healthz": read("200 while the process can serve"),
			"/readyz":  read("200 once every team was read, 503 with the reasons until then"),
			"/metrics": read("Figures and operation for Prometheus"),
		},
	}, nil
}
