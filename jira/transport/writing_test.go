package transport

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"jerem/problem"
)

// TestAnswersAreToldAsTheyAre: what is wrong with an answer is told as it is, and asked again alone where that can
// help: where an answer breaks off.
func TestAnswersAreToldAsTheyAre(t *testing.T) {
	for name, c := range map[string]struct {
		header, body string
		says         string
		code         problem.Code
		isAskedAgain bool
	}{
		"no number":     {"", `{"timeZone":NaN}`, "no valid JSON: invalid character 'N'", InvalidResponse, false},
		"two documents": {"", `{"timeZone":"UTC"}{}`, "after top-level value", InvalidResponse, false},
		"unpacked":      {"gzip", `{"timeZone":"UTC"}`, "says that it is gzip, and is not", InvalidResponse, false},
		"broken off":    {"", `{"timeZone":"UT`, "breaks off", Failing, true},
		"broken list":   {"", `{"timeZone":"UTC","x":[1,`, "breaks off", Failing, true},
	} {
		asked := 0
		client := ask(t, Config{Token: "t", Pause: time.Nanosecond}, func(w http.ResponseWriter, _ *http.Request) {
			asked++
			w.Header().Set("Content-Type", "application/json")
			if c.header != "" {
				w.Header().Set("Content-Encoding", c.header)
			}
			fmt.Fprint(w, c.body)
		})
		_, err := getAccount(t, client)
		if !problem.Is(err, c.code) || !strings.Contains(err.Error(), c.says) || (asked > 1) != c.isAskedAgain {
			t.Errorf("%s: asked %d times: %v", name, asked, err)
		}
	}
}

// TestWritingOfAnswers: an answer that says to be written in ISO-8859-1, and is, is read so; one that is UTF-8 is taken
// for it whatever it says; another writing is refused, for names would be others.
func TestWritingOfAnswers(t *testing.T) {
	for name, c := range map[string]struct{ kind, body, want string }{
		"UTF-8":          {"application/json;charset=UTF-8", "\"Zürich\"", "Zürich"},
		"nothing said":   {"application/json", "\"Z\xfcrich\"", "Z\ufffdrich"},
		"latin":          {"application/json; charset=ISO-8859-1", "\"Z\xfcrich\"", "Zürich"},
		"UTF-8 as latin": {"application/json; charset=ISO-8859-1", "\"Zürich\"", "Zürich"},
		"plain as other": {"application/json; charset=Shift_JIS", "\"Zurich\"", "Zurich"},
		"other":          {"application/json; charset=Shift_JIS", "\"Z\xfcrich\"", "shift_jis"},
	} {
		client := ask(t, Config{Token: "t", Pause: time.Nanosecond}, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", c.kind)
			fmt.Fprint(w, `{"timeZone":`+c.body+`}`)
		})
		var answer struct {
			Zone string `json:"timeZone"`
		}
		err := client.Get(t.Context(), "/rest/api/3/myself", nil, &answer)
		if got := answer.Zone; got != c.want &&
			(!problem.Is(err, InvalidResponse) || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
	}
}

// TestRedirectToNoServer: a redirect to something that is no address of a server says so.
func TestRedirectToNoServer(t *testing.T) {
	for location, says := range map[string]string{"file:///etc/passwd": "redirects to file:, which is no address",
		"javascript:x": "redirects to javascript:", "": "without saying where to"} {
		client := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", location)
			w.WriteHeader(http.StatusFound)
		})
		if _, err := getAccount(t, client); !problem.Is(err, NotJira) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", location, err)
		}
	}
}
