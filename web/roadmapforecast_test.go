package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jerem/web/format"
)

// TestRoadmapForecastIsTheAPI: odds, dates, parts of the move, record, price and the dates of epics on the roadmap are
// those of the API.
func TestRoadmapForecastIsTheAPI(t *testing.T) {
	h := serve(t, story(t), company()...)
	told := 0
	for _, base := range []string{"/teams/Kubernetes", network, databases} {
		for _, at := range []string{"", "&at=2026-11-18T12:00:00Z"} {
			f := object(t, h, "/api/v1"+base+"/forecast?quarter=Q4-26"+at)
			_, page, _ := get(t, h, base+"/roadmap?quarter=Q4-26"+at)
			dates := f["dates"].(map[string]any)
			tiles := tilesOf(page)
			for name, key := range map[string]string{"50" + format.Thin + "% date": "p50",
				"85" + format.Thin + "% date": "p85"} {
				want := "–"
				if text, ok := dates[key].(string); ok {
					told++
					d, err := time.Parse(time.DateOnly, text)
					if err != nil {
						t.Fatal(err)
					}
					want = d.Format("Mon 2 Jan")
				}
				if got := tiles[name]; !strings.HasPrefix(got, want) {
					t.Errorf("%s%s: %s is %q, the API tells %v", base, at, name, got, dates[key])
				}
			}
			for name, value := range tiles {
				if odds, ok := f["odds"].(float64); ok && strings.HasPrefix(name, "Odds by") &&
					value != format.OddsWord(&odds) {
					t.Errorf("%s%s: odds %q, the API tells %v", base, at, value, odds)
				}
			}
			if moved, ok := f["moved"].(map[string]any); ok && moved["days"] != nil {
				sum := 0.0
				for _, part := range []string{"worked", "scope", "impediments", "pace", "calendar"} {
					sum += numberOf(t, moved[part])
				}
				_, text, _ := get(t, h, base+"/quarters/Q4-26/moved.csv?"+at)
				if rows := table(t, text); sum != numberOf(t, moved["days"]) ||
					rows[5]["days"] != fmt.Sprint(moved["days"]) {
					t.Errorf("%s%s: parts are %v, the move is %v, the file tells %v", base, at, sum, moved["days"],
						rows)
				}
			}
		}
	}
	if told == 0 {
		t.Error("no date is told: nothing was compared")
	}
}

// TestEpicDatesAreTheAPI: the file of the epics tells the dates of the API's forecast of each.
func TestEpicDatesAreTheAPI(t *testing.T) {
	h := serve(t, story(t), company()...)
	_, text, _ := get(t, h, "/teams/Kubernetes/quarters/Q4-26/epics.csv")
	for _, row := range table(t, text) {
		dates := object(t, h, "/api/v1/teams/Kubernetes/forecast?epic="+row["key"])["dates"].(map[string]any)
		want, _ := dates["p85"].(string)
		if row["p85"] != want {
			t.Errorf("%s: %q, the API tells %q", row["key"], row["p85"], want)
		}
	}
	for address, want := range map[string]int{"price.csv": 200, "moved.csv": 200, "record.csv": 200, "nothing.csv": 404,
		"price": 404} {
		if code, _, _ := get(t, h, "/teams/Kubernetes/quarters/Q4-26/"+address); code != want {
			t.Errorf("%s: %d, want %d", address, code, want)
		}
	}
}

// TestPastQuarterForecast: of a quarter that is over the roadmap tells in the past tense what was said and what came.
func TestPastQuarterForecast(t *testing.T) {
	h := serve(t, story(t), company()...)
	_, page, _ := get(t, h, "/teams/Kubernetes/roadmap?quarter=Q3-26")
	if strings.Contains(page, "Odds by") {
		t.Error("a quarter that is over has odds")
	}
}

// TestPortfolioIsTheAPI: odds, dates and states of the rows are those of the API's portfolio.
func TestPortfolioIsTheAPI(t *testing.T) {
	h := serve(t, story(t), company()...)
	for _, query := range []string{"?quarter=Q4-26", "?quarter=Q4-26&at=2027-02-01"} {
		answer := object(t, h, "/api/v1/portfolio"+query)
		_, text, _ := get(t, h, "/odds.csv"+query)
		rows := map[string]map[string]string{}
		for _, row := range table(t, text) {
			rows[row["kind"]+row["name"]] = row
		}
		compared := 0
		for _, kind := range []string{"teams", "initiatives"} {
			for _, one := range answer[kind].([]any) {
				want := one.(map[string]any)
				row, ok := rows[fmt.Sprint(want["kind"], want["name"])]
				if !ok {
					continue // a team without an epic in the quarter
				}
				compared++
				p85, _ := want["dates"].(map[string]any)["p85"].(string)
				if row["state"] != want["state"] || row["p85"] != p85 {
					t.Errorf("%s %v: %v, the API tells %v", query, want["name"], row, want)
				}
			}
		}
		if compared < 3 {
			t.Errorf("%s: %d rows compared", query, compared)
		}
	}
}
