package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// document is what openapi.json says, as far as answers are held to it.
type document struct {
	Paths map[string]struct {
		Get struct {
			Parameters []struct{ Name, In string }
			Responses  map[string]struct {
				Content map[string]struct{ Schema map[string]any }
			}
		}
	}
	Components struct{ Schemas map[string]map[string]any }
}

// check holds a value to a schema; it knows the words that openapi.json uses and no others.
func (d document) check(schema map[string]any, value any, place string) []string {
	if ref, ok := schema["$ref"].(string); ok {
		found, ok := d.Components.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")]
		if !ok {
			return []string{place + ": no schema " + ref}
		}
		return d.check(found, value, place)
	}
	var wrong []string
	for word, want := range schema {
		switch word {
		case "description", "additionalProperties", "minItems", "maxItems":
		case "anyOf":
			if !slices.ContainsFunc(
				want.([]any),
				func(one any) bool { return len(d.check(one.(map[string]any), value, place)) == 0 },
			) {
				wrong = append(wrong, fmt.Sprintf("%s: %v is none of %v", place, value, want))
			}
		case "type":
			types, ok := want.([]any)
			if !ok {
				types = []any{want}
			}
			if !fits(types, kindOf(value)) {
				wrong = append(wrong, fmt.Sprintf("%s: %v is a %s, not %v", place, value, kindOf(value), want))
			}
		case "enum":
			if !slices.Contains(want.([]any), value) {
				wrong = append(wrong, fmt.Sprintf("%s: %v is none of %v", place, value, want))
			}
		case "pattern":
			if text, ok := value.(string); ok && !regexp.MustCompile(want.(string)).MatchString(text) {
				wrong = append(wrong, fmt.Sprintf("%s: %q does not match %v", place, text, want))
			}
		case "format":
			if text, ok := value.(string); ok && !wellWritten(want.(string), text) {
				wrong = append(wrong, fmt.Sprintf("%s: %q is no %v", place, text, want))
			}
		case "required":
			o, _ := value.(map[string]any)
			for _, name := range want.([]any) {
				if _, ok := o[name.(string)]; !ok && o != nil {
					wrong = append(wrong, fmt.Sprintf("%s: %v is missing", place, name))
				}
			}
		case "properties":
			wrong = append(wrong, d.checkProperties(schema, value, place)...)
		case "items":
			list, _ := value.([]any)
			for i, one := range list {
				wrong = append(wrong, d.check(want.(map[string]any), one, fmt.Sprintf("%s[%d]", place, i))...)
			}
		case "prefixItems":
			list, _ := value.([]any)
			for i, one := range want.([]any) {
				if len(list) != len(want.([]any)) {
					wrong = append(wrong, fmt.Sprintf("%s: %d items", place, len(list)))
					break
				}
				wrong = append(wrong, d.check(one.(map[string]any), list[i], fmt.Sprintf("%s[%d]", place, i))...)
			}
		default:
			wrong = append(wrong, place+": the test does not know the word "+word)
		}
	}
	if open, ok := schema["additionalProperties"].(map[string]any); ok {
		o, _ := value.(map[string]any)
		for name, one := range o {
			wrong = append(wrong, d.check(open, one, place+"."+name)...)
		}
	}
	return wrong
}

func (d document) checkProperties(schema map[string]any, value any, place string) []string {
	var wrong []string
	o, _ := value.(map[string]any)
	known := schema["properties"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(o)) {
		one, ok := known[name]
		if !ok {
			if schema["additionalProperties"] == false {
				wrong = append(wrong, place+": "+name+" is not described")
			}
			continue
		}
		wrong = append(wrong, d.check(one.(map[string]any), o[name], place+"."+name)...)
	}
	return wrong
}

func fits(types []any, kind string) bool {
	return slices.Contains(types, any(kind)) || kind == "integer" && slices.Contains(types, any("number"))
}

func kindOf(value any) string {
	switch x := value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	case json.Number:
		if !strings.ContainsAny(x.String(), ".eE") {
			return "integer"
		}
		return "number"
	}
	return fmt.Sprintf("%T", value)
}

func wellWritten(format, text string) bool {
	var err error
	switch format {
	case "date":
		_, err = time.Parse(time.DateOnly, text)
	case "date-time":
		_, err = time.Parse(time.RFC3339Nano, text)
		return err == nil && strings.HasSuffix(text, "Z")
	case "uri-reference":
		return strings.HasPrefix(text, "/")
	default:
		return false
	}
	return err == nil
}

func documented(t *testing.T, h http.Handler) document {
	t.Helper()
	_, body, _ := get(t, h, "/api/v1/openapi.json")
	var d document
	if err := json.Unmarshal([]byte(body), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// hold compares an answer with what the document says of its address and status.
func (d document) hold(t *testing.T, path, address string, code int, body string) {
	t.Helper()
	said, ok := d.Paths[path].Get.Responses[fmt.Sprint(code)]
	if !ok {
		t.Errorf("%s: status %d is not described", address, code)
		return
	}
	decoder := json.NewDecoder(strings.NewReader(body))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%s: %v in %.200s", address, err, body)
	}
	for _, wrong := range d.check(said.Content["application/json"].Schema, value, address) {
		t.Error(wrong)
	}
}

// TestDescription: every answer is as openapi.json describes it, with nothing missing and nothing more,
// in each unit of estimate, past, future and empty; and the document lists every address.
func TestDescription(t *testing.T) {
	if testing.Short() {
		t.Skip("asks many addresses")
	}
	h := serve(t, story(t), company()...)
	d := documented(t, h)
	seen := map[string]bool{}
	hold := func(path, address string, want int) {
		t.Helper()
		code, body, _ := get(t, h, address)
		if code != want {
			t.Errorf("%s: %d, want %d: %.300s", address, code, want, body)
		}
		seen[path] = true
		d.hold(t, path, address, code, body)
	}
	hold("/api/v1/teams", "/api/v1/teams", 200)
	hold("/api/v1/openapi.json", "/api/v1/openapi.json", 200)
	hold("/api/v1/series", "/api/v1/series?team=Kubernetes", 200)
	hold("/api/v1/series", "/api/v1/series?from=noon", 400)
	hold("/api/v1/series", "/api/v1/series?team=Nobody", 404)
	for _, name := range []string{"Kubernetes", "R%C3%A9seau%20%2F%2050%25", "%3Cb%3EDatabases%3C%2Fb%3E%20&%20%22co%22",
		"Observability"} {
		for _, at := range []string{"", "?at=2026-08-01", "?at=2026-10-01", "?at=2026-11-18T12:00:00Z", "?at=2027-02-01"} {
			base := "/api/v1/teams/" + name
			want, wrong := 200, 400
			if strings.Contains(at, "2026-08") && !strings.HasPrefix(name, "R") {
				want, wrong = 404, 404 // before anything is known
			}
			hold("/api/v1/teams/{team}/sprints", base+"/sprints"+at, want)
			hold("/api/v1/teams/{team}/quarters", base+"/quarters"+at, want)
			hold("/api/v1/teams/{team}/quarters/{quarter}", base+"/quarters/Q4-26"+at, want)
			hold("/api/v1/teams/{team}/quarters/{quarter}", base+"/quarters/Q5-26"+at, wrong)
		}
	}
	for _, id := range []string{"21", "22", "23"} {
		for _, at := range []string{"", "?at=2026-10-20", "?at=2026-11-18T12:00:00Z"} {
			hold("/api/v1/teams/{team}/sprints/{id}", "/api/v1/teams/Kubernetes/sprints/"+id+at, 200)
		}
	}
	hold("/api/v1/teams/{team}/sprints/{id}", "/api/v1/teams/R%C3%A9seau%20%2F%2050%25/sprints/32", 200)
	hold("/api/v1/teams/{team}/sprints/{id}", "/api/v1/teams/%3Cb%3EDatabases%3C%2Fb%3E%20&%20%22co%22/sprints/41", 200)
	hold("/api/v1/teams/{team}/sprints/{id}", "/api/v1/teams/Kubernetes/sprints/x", 404)
	for _, key := range []string{"Kubernetes/issues/K8S-1424", "Kubernetes/issues/K8S-1300",
		"R%C3%A9seau%20%2F%2050%25/issues/NET-12", "Observability/issues/OB-2"} {
		hold("/api/v1/teams/{team}/issues/{key}", "/api/v1/teams/"+key, 200)
	}
	hold("/api/v1/teams/{team}/issues/{key}", "/api/v1/teams/Kubernetes/issues/K8S-9", 404)
	for _, answer := range flowAnswers() {
		want, _ := strconv.Atoi(answer[2])
		hold(answer[0], answer[1], want)
	}
	holdExplanations(t, h, d, hold)
	for path := range d.Paths {
		if strings.HasPrefix(path, "/api/") && !seen[path] {
			t.Errorf("%s is described, and no answer was held to it", path)
		}
	}
	for _, route := range served(t) {
		if _, ok := d.Paths[route]; !ok {
			t.Errorf("%s is served and not described", route)
		}
	}
}

// explained are answers that carry figures, each with the addresses of their explanations.
var explained = []string{
	"/api/v1/teams/Kubernetes/sprints/23", "/api/v1/teams/Kubernetes/sprints/23?at=2026-11-18T12:00:00Z",
	"/api/v1/teams/Kubernetes/sprints/23?at=2026-11-10", "/api/v1/teams/Kubernetes/quarters/Q4-26",
	"/api/v1/teams/R%C3%A9seau%20%2F%2050%25/quarters/Q4-26",
	"/api/v1/teams/%3Cb%3EDatabases%3C%2Fb%3E%20&%20%22co%22/sprints/41",
	"/api/v1/teams/Kubernetes/sprints/23/differences", "/api/v1/teams/Kubernetes/flow?from=2026-10-01&to=2026-11-20",
	"/api/v1/teams/Kubernetes/forecast?quarter=Q4-26",
	"/api/v1/teams/Kubernetes/forecast?sprint=23&at=2026-11-18T12:00:00Z",
	"/api/v1/teams/Kubernetes/forecast?remaining=12&scope=-2&pace=1.5",
}

// holdExplanations holds the explanation of each figure to the answer that carries it: its name is its path there, and
// the value is the same.
func holdExplanations(t *testing.T, h http.Handler, d document, hold func(path, address string, want int)) {
	t.Helper()
	figures := 0
	for _, address := range explained {
		answer := object(t, h, address)
		for name, to := range answer["explain"].(map[string]any) {
			hold("/api/v1/explain", to.(string), 200)
			opened := object(t, h, to.(string))
			own := figureAt(answer, name)
			if name == "late" { // an answer of its own, which is a list
				own = float64(len(array(t, h, "/api/v1/teams/Kubernetes/late")))
			}
			if opened["value"] != own || opened["figure"] != name || opened["at"] != answer["at"] {
				t.Errorf(
					"%s: explains %v = %v at %v, the answer says %v at %v",
					to,
					opened["figure"],
					opened["value"],
					opened["at"],
					own,
					answer["at"],
				)
			}
			figures++
		}
	}
	if figures < 180 {
		t.Errorf("only %d figures are explained", figures)
	}
	for _, row := range object(t, h, "/api/v1/portfolio?quarter=Q4-26")["teams"].([]any) {
		row := row.(map[string]any)
		for name, to := range row["explain"].(map[string]any) {
			if opened := object(t, h, to.(string)); opened["value"] != figureAt(row, name) {
				t.Errorf("%s is %v, the portfolio tells %v", to, opened["value"], figureAt(row, name))
			}
		}
	}
	for address, want := range map[string]int{
		"team=Kubernetes&figure=mood": 404, "team=Kubernetes&figure=remaining&sprint=23&quarter=Q4-26": 400,
		"team=Kubernetes&figure=remaining&quarter=Q1-31": 404, "team=Kubernetes&figure=total&epic=K8S-99999": 404,
		"figure=progression&initiative=Nobody": 404, "figure=progression&initiative=Network": 200,
		"team=Kubernetes&figure=mix.seconds.type&quarter=Q4-26": 200,
		"team=Kubernetes&figure=mix.seconds.type&quarter=Q4-66": 404,
		"team=Kubernetes&figure=late":                           200, "team=Kubernetes&figure=odds": 200,
	} {
		hold("/api/v1/explain", "/api/v1/explain?"+address, want)
	}
	for old, name := range map[string]string{"remaining": "ledger.remaining", "commitment": "ledger.commitment",
		"impediments": "impediments.seconds",
		"unplanned":   "impediments.unplanned"} {
		if opened := object(t, h, "/api/v1/explain?team=Kubernetes&sprint=23&figure="+old); opened["figure"] != name {
			t.Errorf("the former name %s opens %v", old, opened["figure"])
		}
	}
}

// figureAt returns a figure of an answer by its name, which is its path in it.
func figureAt(answer map[string]any, name string) any {
	switch first, rule, _ := strings.Cut(name, "."); {
	case name == "differences":
		return float64(len(answer[name].([]any)))
	case name == "throughput":
		sum := 0.0
		for _, day := range answer[name].([]any) {
			sum += day.(map[string]any)["issues"].(float64)
		}
		return sum
	case first == "lifecycle":
		for _, one := range answer[first].([]any) {
			if one := one.(map[string]any); one["rule"] == rule {
				return one["count"]
			}
		}
		return nil
	case name == "calibration.share":
		return answer[first].(map[string]any)["at"].([]any)[2].(map[string]any)["share"]
	}
	var value any = answer
	for part := range strings.SplitSeq(name, ".") {
		within, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = within[part]
	}
	return value
}

func object(t *testing.T, h http.Handler, address string) map[string]any {
	t.Helper()
	code, body, _ := get(t, h, address)
	var o map[string]any
	if err := json.Unmarshal([]byte(body), &o); err != nil || code != 200 {
		t.Fatalf("%s: %d %v in %.200s", address, code, err, body)
	}
	return o
}

// served lists the addresses for programs that routes.go names.
func served(t *testing.T) []string {
	t.Helper()
	source, err := os.ReadFile("routes.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range regexp.MustCompile(`"GET (/(?:api/v1/[a-z][^" ]*|metrics|readyz|healthz|health))"`).FindAllStringSubmatch(string(source), -1) {
		out = append(out, m[1])
	}
	if len(out) < 10 {
		t.Fatalf("found only %v", out)
	}
	return out
}

// TestDescriptionIsStrict: the check that answers are held to finds what is missing, too much or wrong.
func TestDescriptionIsStrict(t *testing.T) {
	d := document{}
	schema := map[string]any{
		"type":                 "object",
		"required":             []any{"a"},
		"additionalProperties": false,
		"properties": map[string]any{
			"a": map[string]any{"type": []any{"integer", "null"}}, "b": map[string]any{"type": "string", "format": "date"}},
	}
	for text, want := range map[string]int{`{"a":1}`: 0, `{"a":null,"b":"2026-11-23"}`: 0, `{}`: 1, `{"a":1.5}`: 1,
		`{"a":"1"}`: 1, `{"a":1,"c":2}`: 1, `{"a":1,"b":"noon"}`: 1, `[]`: 1} {
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		var value any
		if err := decoder.Decode(&value); err != nil {
			t.Fatal(err)
		}
		if wrong := d.check(schema, value, "x"); len(wrong) != want {
			t.Errorf("%s: %v, want %d faults", text, wrong, want)
		}
	}
}

// TestQuarterInHours: the figures of a team that estimates in time, written from the story: 20 of 40 hours
// were completed in 9 working days and 8 of the 9 hours of a tenth; 124 hours are left of 144, for the
// 8 hours done before the quarter are left out. A hundredth of a second is what rounding may cost.
func TestQuarterInHours(t *testing.T) {
	h := serve(t, story(t), company()...)
	q := object(t, h, "/api/v1/teams/R%C3%A9seau%20%2F%2050%25/quarters/Q4-26")
	velocity := 20 * 3600 / (9 + 8.0/9)
	for name, want := range map[string]float64{"total": 144 * 3600, "done": 20 * 3600, "doing": 20 * 3600,
		"todo": 104 * 3600, "remaining": 124 * 3600,
		"working_days_left": 29, "days_to_complete": 62, "slack_days": -33, "average_completion": .5,
		"average_impediment_seconds": 0, "baseline": 4 * 3600, "growth": 36} {
		if got, ok := q[name].(float64); !ok || got != want {
			t.Errorf("%s is %v, want %v", name, q[name], want)
		}
	}
	if got := q["velocity"].(map[string]any)["median"].(float64); got < velocity-.01 || got > velocity+.01 {
		t.Errorf("velocity is %v, want %v", got, velocity)
	}
	none := object(t, h, "/api/v1/teams/%3Cb%3EDatabases%3C%2Fb%3E%20&%20%22co%22/quarters/Q4-26")
	for _, name := range []string{"velocity", "days_to_complete", "slack_days", "average_completion",
		"average_impediment_seconds", "growth"} {
		if value, ok := none[name]; !ok || value != nil {
			t.Errorf("no sprint was closed, and the baseline is 0: %s is %v", name, value)
		}
	}
}
