package transport

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestRefusalsNameNobody: logins, names, addresses and account ids that a Jira quotes in a refusal, in whatever way and
// language, are neither told nor logged; what was asked, and Jira's own words, are.
func TestRefusalsNameNobody(t *testing.T) {
	persons := []string{"zqlogin", "Zqada", "Zqlovelace", "zqada@zq.example", "zq.example", "5b10a2844c20165700ede21g",
		"557058:0867a421-a9ee-4659-801a-bc0ee4a4487e", "0867a421", "Żqółć"}
	sentences := []string{
		"The value 'zqlogin' does not exist for the field 'assignee'.",
		"User Zqada Zqlovelace (zqada@zq.example, 5b10a2844c20165700ede21g) does not have permission to browse.",
		"Der Benutzer „Zqada Zqlovelace“ darf das nicht. Żqółć",
		"[~zqlogin] 557058:0867a421-a9ee-4659-801a-bc0ee4a4487e accountid:5b10a2844c20165700ede21g " +
			"https://zq.example/zqlogin",
	}
	for _, status := range []int{400, 401, 403, 404, 409, 410, 422, 429, 500, 503} {
		var logged bytes.Buffer
		c := ask(t, Config{Token: "very-secret-token", Pause: time.Nanosecond,
			Log: slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))},
			func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(status)
				_ = json.NewEncoder(w).Encode(map[string]any{"errorMessages": sentences, "message": sentences[1],
					"errors": map[string]string{"assignee": "zqlogin cannot be assigned", "zqlogin": sentences[0]}})
			})
		_, err := getAccount(t, c)
		if err == nil {
			t.Fatalf("%d is no error", status)
		}
		for _, person := range persons {
			if strings.Contains(err.Error()+logged.String(), person) {
				t.Errorf("%d tells %s: %v\n%s", status, person, err, &logged)
			}
		}
	}
}

// TestKeepToldWords: words of the question and of Jira's own sentences are told, numbers of issues and fields too; a
// sentence of which nothing is left is not.
func TestKeepToldWords(t *testing.T) {
	const asked = `/rest/api/3/search/jql {"jql":"project = K8S AND component = \"Käse & Co\" AND Sparte = x"}`
	for said, want := range map[string]string{
		"The value 'K8S' does not exist for the field 'project'.": "The value 'K8S' does not exist for the " +
			"field 'project'.",
		"Field 'sparte' does not exist or you do not have permission to view it.": "Field 'sparte' does not exist or " +
			"you do not have permission to view it.",
		"The value 'Käse' and 'Wurst' for component": "The value 'Käse' and '…' for component",
		"A value with ID '10007' does not exist for the field 'customfield_10016'.": "A value with ID " +
			"'10007' does not exist for the field 'customfield_10016'.",
		"Das Board unterstützt keine Sprints": "… Board … Sprints",
		"Ada Lovelace":                        "",
		"(Ada, Lovelace).":                    "",
		"":                                    "",
	} {
		if got := keepToldWords(said, asked); got != want {
			t.Errorf("%q becomes %q, want %q", said, got, want)
		}
	}
}
