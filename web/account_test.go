package web

import (
	"fmt"
	"testing"
)

// TestAccountIsTheAPI: the page and the file of a sprint's account hold what the API tells of it.
func TestAccountIsTheAPI(t *testing.T) {
	h := serve(t, story(t), company()...)
	for _, id := range []int{22, 23} {
		address := fmt.Sprintf("/teams/Kubernetes/sprints/%d/differences", id)
		answer := object(t, h, "/api/v1"+address)
		want := len(answer["differences"].([]any))
		code, page, _ := get(t, h, address)
		_, text, _ := get(t, h, address+".csv")
		if code != 200 || bodyRows(page, "differences") != want || len(table(t, text)) != want ||
			bodyRows(page, "report") != 4 {
			t.Errorf("%s: %d, %d rows and %d in the file, the API tells %d", address, code,
				bodyRows(page, "differences"), len(table(t, text)), want)
		}
	}
	if code, _, _ := get(t, h, "/teams/Kubernetes/sprints/99/differences"); code != 404 {
		t.Errorf("a sprint that is unknown: %d", code)
	}
}
