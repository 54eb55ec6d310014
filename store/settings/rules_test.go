package settings

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/agile/rules"
)

// formerRules is what a program kept that knew of the last change of a rule alone.
const formerRules = `{"now":{"texts":{"rule_filter":"assignee = somebody","rule_quarter":"labels ^Q([1-4])-(..)$ 4",` +
	`"rule_grace":"0s"},"statuses":{"1":{"name":"Open","state":"todo","column":0}}},` +
	`"changes":[{"source":"scope","subject":"[\"rule_grace\",\"1h0m0s\",\"0s\"]","seen":1781330400000000}]}`

// TestFormerRulesAreMigrated: what an earlier program kept is read as it was, with its changes; what is kept otherwise
// since is no change, and no query stays.
func TestFormerRulesAreMigrated(t *testing.T) {
	kept, err := decodeRules(formerRules)
	if err != nil {
		t.Fatal(err)
	}
	want := map[agile.SubjectCode]string{
		agile.SubjectRuleFilter:     rules.DigestQuery("assignee = somebody"),
		agile.SubjectRuleQuarter:    "labels ^Q([1-4])-(..)$",
		agile.SubjectRuleFirstMonth: "4",
		agile.SubjectRuleGrace:      "0s",
	}
	if diff := cmp.Diff(want, kept.Now.Texts); diff != "" {
		t.Error(diff)
	}
	gaps, err := DecodeChangedRules(formerRules)
	if err != nil {
		t.Fatal(err)
	}
	told := []agile.Gap{{Source: agile.SourceScope, Code: agile.GapMoved,
		Subject: agile.NewSubject(agile.SubjectRuleGrace, "1h0m0s", "0s"),
		Since:   time.UnixMicro(1781330400000000).UTC()}}
	if diff := cmp.Diff(told, gaps); diff != "" {
		t.Error(diff)
	}
}

// TestUnfitRules: rules that cannot be read are told, and not taken for none.
func TestUnfitRules(t *testing.T) {
	for _, text := range []string{`{`, `{"changes":[{"subject":"rule"}]}`} {
		if gaps, err := DecodeChangedRules(text); err == nil {
			t.Errorf("%s tells %v", text, gaps)
		}
	}
}
