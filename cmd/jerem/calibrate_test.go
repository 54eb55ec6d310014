package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// twoYears are the completions of a project that finishes two things each working day.
func twoYears() string {
	var text strings.Builder
	text.WriteString("project,date,completed\n")
	day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for range 104 {
		for range 5 {
			fmt.Fprintf(&text, "steady,%s,2\n", day.Format(time.DateOnly))
			day = day.AddDate(0, 0, 1)
		}
		day = day.AddDate(0, 0, 2)
	}
	return text.String()
}

func calibrate(t *testing.T, stdin string, args ...string) (string, error) {
	t.Helper()
	var out, errs bytes.Buffer
	err := run(context.Background(), append([]string{"calibrate"}, args...), func(string) string { return "" },
		strings.NewReader(stdin), &out, &errs)
	return out.String(), err
}

func TestCalibrate(t *testing.T) {
	out, err := calibrate(t, twoYears(), "-", "--json")
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Projects, Forecasts int
		At                  []struct {
			P, Share float64
			Held, Of int
		}
		Pinball   []struct{ P, Shown, Plain float64 }
		ByHorizon []struct{ Horizon, Held, Of int } `json:"by_horizon"`
		ByProject []struct{ Project string }        `json:"by_project"`
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got.Projects != 1 || got.Forecasts == 0 || len(got.At) != 4 || len(got.ByHorizon) != 16 ||
		len(got.ByProject) != 4 || len(got.Pinball) != 4 {
		t.Fatalf("the answer lacks something: %s", out)
	}
	if got.At[2].P != 0.85 || got.At[2].Held != got.Forecasts || got.At[2].Share != 1 ||
		got.ByProject[0].Project != "steady" {
		t.Errorf("a steady team's 85 %% dates do not all hold: %+v", got.At[2])
	}
}

func TestCalibratePacked(t *testing.T) {
	file := filepath.Join(t.TempDir(), "completions.csv.gz")
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write([]byte(twoYears()))
	w.Close()
	if err := os.WriteFile(file, packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := calibrate(t, "", file)
	if err != nil || !strings.Contains(out, "1 project, ") || !strings.Contains(out, "100.0 %") {
		t.Errorf("%v: %s", err, out)
	}
}

func TestCalibrateTrouble(t *testing.T) {
	if out, err := calibrate(t, "a,2026-11-30,1\n", "-"); err != nil ||
		!strings.Contains(out, "no forecast can be replayed") {
		t.Errorf("a short history: %v, %s", err, out)
	}
	if out, err := calibrate(t, "a,2026-11-30,1\n", "-", "--json"); err != nil ||
		!strings.Contains(out, `"share": null`) {
		t.Errorf("a short history as JSON: %v, %s", err, out)
	}
	if _, err := calibrate(t, "a,b,c\n", "-"); err == nil || exitCode(err) != exitFailed ||
		!strings.Contains(err.Error(), `standard input: line 1: "b" is no date`) {
		t.Errorf("a file without dates: %v", err)
	}
	if _, err := calibrate(t, "", filepath.Join(t.TempDir(), "none.csv")); exitCode(err) != exitUsage {
		t.Errorf("a file that is not there: %v", err)
	}
	cut := filepath.Join(t.TempDir(), "cut.gz")
	os.WriteFile(cut, []byte{0x1f, 0x8b, 8, 0}, 0o600)
	if _, err := calibrate(t, "", cut); err == nil || !strings.Contains(err.Error(), "cut.gz") {
		t.Errorf("a cut file: %v", err)
	}
}
