package web

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

// portfolioDrawer is the explanation of a row of the portfolio, its value, and the address where it stands by itself.
var portfolioDrawer = regexp.MustCompile(
	`(?s)id="explain-((?:odds|done)-(?:initiative|team)-\d+)".*?<p class="big">([^<]*).*?` +
		`<a href="(/explain[^"]*)">This figure by itself`)

// TestPortfolioFiguresByThemselves: the odds of rows, and how far an initiative is, stand at an address of their own
// with the value that the row opens, also of a past day.
func TestPortfolioFiguresByThemselves(t *testing.T) {
	h := serve(t, story(t), company()...)
	for _, portfolio := range []string{"/", "/?quarter=Q4-26&at=2026-11-17"} {
		_, page, _ := get(t, h, portfolio)
		found := map[string]int{}
		for _, drawer := range strings.Split(page, `class="drawer"`)[1:] {
			told := portfolioDrawer.FindStringSubmatch(drawer)
			if told == nil {
				continue
			}
			id, value, address := told[1], strings.TrimSpace(told[2]), html.UnescapeString(told[3])
			found[strings.TrimRight(id, "-0123456789")]++
			code, alone, _ := get(t, h, address)
			if code != 200 || !strings.Contains(alone, ": <b>"+value+"</b>") {
				t.Errorf("%s: %s opens %q, %s answers %d without it", portfolio, id, value, address, code)
			}
		}
		for _, kind := range []string{"odds-team", "odds-initiative", "done-initiative"} {
			if found[kind] == 0 {
				t.Errorf("%s: no %s has an address of its own: %v", portfolio, kind, found)
			}
		}
	}
}
