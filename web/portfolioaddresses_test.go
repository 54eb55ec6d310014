package web

import (
	"regexp"
	"strings"
	"testing"

	"jerem/testrun"
)

// portfolioDrawer is an explanation of the portfolio, its value, and the address where it stands by itself.
var portfolioDrawer = regexp.MustCompile(
	`(?s)id="explain-([^"]*)".*?<p class="big">([^<]*)(?:.*?<a href="(/explain[^"]*)">This figure by itself)?`)

// TestPortfolioFiguresByThemselves: everything that the portfolio opens stands at an address of its own with the value
// that it has there, for people and for programs: of the present, a past day, a past quarter and one to come.
func TestPortfolioFiguresByThemselves(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, story(t), company()...)
	found := map[string]int{}
	for _, portfolio := range []string{"/", "/?quarter=Q4-26&at=2026-11-17", "/?quarter=Q3-26", "/?state=unlikely",
		"/?quarter=Q1-27"} {
		_, page, _ := get(t, h, portfolio)
		for _, drawer := range strings.Split(page, `class="drawer"`)[1:] {
			told := portfolioDrawer.FindStringSubmatch(drawer)
			if told == nil || told[3] == "" {
				t.Errorf("%s: no address of its own in %.60q", portfolio, drawer)
				continue
			}
			found[strings.TrimRight(told[1], "-0123456789")]++
			holdDrawer(t, reader(t, h), portfolio, drawer, told)
		}
	}
	for _, kind := range []string{"odds-team", "odds-initiative", "done-initiative", "odds-all", "shares",
		"initiative"} {
		if found[kind] == 0 {
			t.Errorf("no %s is opened: %v", kind, found)
		}
	}
}
