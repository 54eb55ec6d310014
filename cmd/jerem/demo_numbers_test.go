package main

import (
	"fmt"
	"maps"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// opening says where a number of an answer opens.
type opening struct {
	figure    string   // its name under explain, with %X for field X of what it stands in; "" for its own path
	row       []string // the parameters that name its row, each a field of what it stands in
	among     bool     // it is one of the inputs of the figure
	running   bool     // it is the sum of the inputs up to one of them
	attribute string   // it is no figure: why
}

// openings are where the numbers of each kind of answer open that do not open by their own path.
var openings = map[string]map[string]opening{
	"teams":   {"board": {attribute: "names a board of Jira"}},
	"sprints": {"id": {attribute: "names a sprint of Jira"}},
	"sprint": {
		"id":                             {attribute: "names a sprint of Jira"},
		"others_active.id":               {attribute: "names a sprint of Jira"},
		"impediments.budget_seconds":     {attribute: "stands in the configuration: sprint.budget"},
		"ledger.entries.delta":           {figure: "ledger.remaining", among: true},
		"ledger.entries.remaining":       {figure: "ledger.remaining", running: true},
		"reconciliation.estimate":        {figure: "completed", among: true},
		"reconciliation.issues.from":     {figure: "completed", among: true},
		"reconciliation.issues.to":       {figure: "completed", among: true},
		"impediments.by_nature.count":    {figure: "impediments.by_nature.count.%nature"},
		"impediments.by_nature.seconds":  {figure: "impediments.by_nature.seconds.%nature"},
		"impediments.logged_seconds":     {figure: "impediments.unplanned", among: true},
		"impediments.daily.seconds":      {figure: "impediments.seconds", among: true},
		"impediments.issues.seconds":     {figure: "impediments.seconds", among: true},
		"issues.estimate":                {figure: "%state.estimate", among: true},
		"oncall.daily.callouts":          {figure: "oncall.callouts", among: true},
		"oncall.daily.beside":            {figure: "oncall.beside", among: true},
		"oncall.daily.seconds":           {figure: "oncall.seconds", among: true},
		"oncall.daily.counted_seconds":   {figure: "oncall.counted_seconds", among: true},
		"oncall.by_rule.callouts":        {figure: "oncall.by_rule.callouts.%rule"},
		"oncall.by_rule.nights":          {figure: "oncall.by_rule.nights.%rule"},
		"oncall.by_rule.counted_seconds": {figure: "oncall.by_rule.counted_seconds.%rule"},
		"oncall.by_rule.rest_seconds":    {figure: "oncall.by_rule.rest_seconds.%rule"},
		"unexpected.budget_used_seconds": {figure: "unexpected.seconds", among: true},
	},
	"quarter": {},
	"flow": {
		"cycle_time.issues.days": {figure: "cycle_time.measured", among: true},
		"wip.issues.age":         {figure: "wip.count", among: true},
		"throughput.issues":      {figure: "throughput", among: true},
		"throughput.estimate":    {row: []string{"date"}},
		"cfd.days.reached":       {figure: "cfd.reached", row: []string{"date", "column"}},
		"cfd.days.backward":      {figure: "cfd.backward", row: []string{"date"}},
		"column_pace.p85":        {figure: "column_pace.p85.%column"},
		"lifecycle.count":        {figure: "lifecycle.%rule"},
		"lifecycle.of":           {figure: "lifecycle.%rule", among: true},
	},
	"late": {
		"age":            {figure: "late", among: true},
		"pace_p85":       {figure: "late", among: true},
		"untouched_days": {figure: "late", among: true},
	},
	"mix": {
		"rows.estimate": {figure: "mix.estimate.%kind", among: true},
		"rows.seconds":  {figure: "mix.seconds.%kind", among: true},
		"rows.share":    {figure: "mix.seconds.%kind", among: true},
	},
	"differences": {
		"report.completed.initial":         {figure: "sums.completed.initial", among: true},
		"report.completed.final":           {figure: "sums.completed.final", among: true},
		"report.not_completed.initial":     {figure: "sums.not_completed.initial", among: true},
		"report.not_completed.final":       {figure: "sums.not_completed.final", among: true},
		"report.completed_outside.initial": {figure: "sums.completed_outside.initial", among: true},
		"report.completed_outside.final":   {figure: "sums.completed_outside.final", among: true},
		"report.removed.initial":           {figure: "sums.removed.initial", among: true},
		"report.removed.final":             {figure: "sums.removed.final", among: true},
		"differences.estimate":             {figure: "differences", among: true},
	},
	"forecast": {
		"trials":                            {attribute: "is the same for all forecasts"},
		"seed":                              {attribute: "is the same for all forecasts"},
		"calibration.horizon":               {attribute: "names one of four lengths"},
		"calibration.by_horizon.horizon":    {attribute: "names one of four lengths"},
		"calibration.at.p":                  {attribute: "names one of four odds"},
		"calibration.by_horizon.at.p":       {attribute: "names one of four odds"},
		"calibration.pinball.p":             {attribute: "names one of four odds"},
		"calibration.at.held":               {row: []string{"p"}},
		"calibration.at.of":                 {row: []string{"p"}},
		"calibration.at.share":              {row: []string{"p"}},
		"calibration.at.low":                {row: []string{"p"}},
		"calibration.at.high":               {row: []string{"p"}},
		"calibration.by_horizon.at.held":    {figure: "calibration.by_horizon.held", row: []string{"horizon", "p"}},
		"calibration.by_horizon.at.of":      {figure: "calibration.by_horizon.of", row: []string{"horizon", "p"}},
		"calibration.by_horizon.at.share":   {figure: "calibration.by_horizon.share", row: []string{"horizon", "p"}},
		"calibration.by_horizon.at.low":     {figure: "calibration.by_horizon.low", row: []string{"horizon", "p"}},
		"calibration.by_horizon.at.high":    {figure: "calibration.by_horizon.high", row: []string{"horizon", "p"}},
		"calibration.pinball.loss":          {row: []string{"p"}},
		"calibration.dots.work":             {row: []string{"date"}},
		"calibration.dots.p50":              {row: []string{"date"}},
		"calibration.dots.p85":              {row: []string{"date"}},
		"calibration.dots.took":             {row: []string{"date"}},
		"bulk_closings.amount":              {row: []string{"date"}},
		"bulk_closings.capped_to":           {row: []string{"date"}},
		"fan.p05":                           {row: []string{"date"}},
		"fan.p15":                           {row: []string{"date"}},
		"fan.p30":                           {row: []string{"date"}},
		"fan.p50":                           {row: []string{"date"}},
		"fan.p70":                           {row: []string{"date"}},
		"fan.p85":                           {row: []string{"date"}},
		"fan.p95":                           {row: []string{"date"}},
		"moved.by.days":                     {figure: "moved.%part", among: true},
		"price.by_nature.days":              {row: []string{"nature"}},
		"price.issues.days":                 {row: []string{"issue"}},
		"price.oncall.by_rule.callouts":     {figure: "price.oncall.by_rule.callouts.%rule"},
		"price.oncall.by_rule.nights":       {figure: "price.oncall.by_rule.nights.%rule"},
		"price.oncall.by_rule.seconds":      {figure: "price.oncall.by_rule.seconds.%rule"},
		"price.oncall.by_rule.rest_seconds": {figure: "price.oncall.by_rule.rest_seconds.%rule"},
		"price.oncall.by_rule.days":         {figure: "price.oncall.by_rule.days.%rule"},
	},
	"forecasts": {},
	"portfolio": {},
	"initiative": {
		"issues":    {figure: "progression", among: true},
		"remaining": {figure: "progression", among: true},
	},
	"issue": {
		"id":               {attribute: "names an issue of Jira"},
		"estimate.value":   {attribute: "is what Jira holds, with since when"},
		"sprints.value":    {attribute: "names sprints of Jira"},
		"worklogs.seconds": {attribute: "is what Jira holds, with when"},
		"broken":           {attribute: "counts what of the history that stands beside it does not join"},
	},
}

// numbers holds the numbers of the demo's answers to what they open to.
type numbers struct {
	t       *testing.T
	address string
	opened  map[string]map[string]any // explanations, by address
	seen    map[string]int            // numbers by kind of answer and path
}

// checkNumbers: each number of each kind of answer that docs/api.md tells of opens to an explanation of the same value,
// or is one of the inputs of one; any other is an attribute, which is listed with the reason.
func (d standingDemo) checkNumbers(t *testing.T) {
	n := &numbers{t, d.address, map[string]map[string]any{}, map[string]int{}}
	n.check("teams", "/api/v1/teams", "")
	for _, team := range d.company.Teams() {
		api := "/api/v1/teams/" + url.PathEscape(team.Name)
		n.check("sprints", api+"/sprints", team.Name)
		var sprints []struct {
			ID    int64
			State string
		}
		ask(t, d.address+api+"/sprints", &sprints)
		sprints = slices.DeleteFunc(sprints, func(s struct {
			ID    int64
			State string
		}) bool {
			return s.State == "future"
		})
		for _, s := range sprints[max(0, len(sprints)-2):] {
			n.check("sprint", fmt.Sprintf("%s/sprints/%d", api, s.ID), team.Name)
			n.check("differences", fmt.Sprintf("%s/sprints/%d/differences", api, s.ID), team.Name)
			n.check("forecast", fmt.Sprintf("%s/forecast?sprint=%d", api, s.ID), team.Name)
		}
		for _, quarter := range []string{"Q4-26", "Q3-26"} {
			n.check("quarter", api+"/quarters/"+quarter, team.Name)
			n.check("forecasts", api+"/forecasts?quarter="+quarter, team.Name)
		}
		n.check("forecast", api+"/forecast?quarter=Q4-26&scope=3", team.Name)
		n.check("forecast", api+"/forecast?quarter=Q4-26&unit=issues", team.Name)
		n.check("forecast", api+"/forecast?remaining=20&by=2027-01-29", team.Name)
		n.check("flow", api+"/flow", team.Name)
		n.check("late", api+"/late", team.Name)
		n.check("mix", api+"/mix?quarters=2", team.Name)
	}
	kubernetes := "/api/v1/teams/Kubernetes"
	epic := n.firstKey(kubernetes+"/quarters/Q4-26", "epics", "key")
	n.check("forecast", kubernetes+"/forecast?epic="+epic, "Kubernetes")
	issue := n.firstKey(kubernetes+"/flow", "cycle_time", "issues", "issue")
	n.check("issue", kubernetes+"/issues/"+issue, "Kubernetes")
	for _, quarter := range []string{"Q4-26", "Q3-26"} {
		n.check("portfolio", "/api/v1/portfolio?quarter="+quarter, "")
	}
	initiative := n.firstKey("/api/v1/portfolio?quarter=Q4-26", "initiatives", "name")
	n.check("initiative", "/api/v1/forecast?initiative="+url.QueryEscape(initiative), "")
	for kind, paths := range openings {
		for path := range paths {
			if n.seen[kind+" "+path] == 0 {
				t.Logf("%s of %s was not seen", path, kind)
			}
		}
	}
	if sum := len(n.seen); sum < 200 || len(n.opened) < 1000 {
		t.Errorf("%d kinds of numbers were seen, %d explanations opened", sum, len(n.opened))
	}
}

// firstKey is the text at a path of an answer, of lists that of the first element.
func (n *numbers) firstKey(address string, path ...string) string {
	n.t.Helper()
	var answer any
	ask(n.t, n.address+address, &answer)
	for _, name := range path {
		if list, isList := answer.([]any); isList {
			answer = list[0]
		}
		answer = answer.(map[string]any)[name]
	}
	return answer.(string)
}

// check walks an answer.
func (n *numbers) check(kind, address, team string) {
	n.t.Helper()
	var answer any
	ask(n.t, n.address+address, &answer)
	w := walk{numbers: n, kind: kind, address: address,
		late:  "/api/v1/explain?figure=late&team=" + url.QueryEscape(team),
		times: map[string]int{}}
	w.value("", answer, nil)
}

// walk goes through the numbers of an answer.
type walk struct {
	*numbers
	kind, address string
	late          string         // what opens the rows of a list that names no explanation
	times         map[string]int // by path
}

// fewOfAPath is how many numbers of a path of an answer are opened; that they can be is checked of all.
const fewOfAPath = 4

// part is what a number stands in: objects from the outermost on, each with its path.
type part struct {
	path   string
	fields map[string]any
}

func (w *walk) value(path string, value any, within []part) {
	switch value := value.(type) {
	case map[string]any:
		for name, one := range value {
			if name != "explain" && name != "quality" {
				w.value(strings.TrimPrefix(path+"."+name, "."), one, append(slices.Clone(within), part{path, value}))
			}
		}
	case []any:
		for i, one := range value {
			inner := within
			if path == "cfd.days.reached" { // a number for each column
				columns := within[0].fields["cfd"].(map[string]any)["columns"].([]any)
				inner = append(slices.Clone(within), part{path, map[string]any{"column": columns[i]}})
			}
			w.value(path, one, inner)
		}
	case float64:
		w.number(path, value, within)
	}
}

// number holds a number to what it opens to.
func (w *walk) number(path string, value float64, within []part) {
	w.seen[w.kind+" "+path]++
	o, listed := openings[w.kind][path]
	if o.attribute != "" {
		return
	}
	address, ok := w.addressOf(path, o, within)
	if !ok {
		if !listed || w.times[path] == 0 {
			w.t.Errorf("%s of %s opens to nothing", path, w.address)
		}
		w.times[path]++
		return
	}
	w.times[path]++
	if w.times[path] > fewOfAPath {
		return
	}
	if w.opened[address] == nil {
		var explained map[string]any
		ask(w.t, w.numbers.address+address, &explained)
		w.opened[address] = explained
	}
	if !w.opens(o, value, w.opened[address]) {
		w.t.Errorf("%s of %s is %v; %s tells %v, with %d inputs", path, w.address, value, address,
			w.opened[address]["value"], len(w.opened[address]["inputs"].([]any)))
	}
}

// addressOf is that of the explanation of a number, by the next part around it that names explanations.
func (w *walk) addressOf(path string, o opening, within []part) (string, bool) {
	field := func(name string) string {
		for _, p := range slices.Backward(within) {
			switch value := p.fields[name].(type) {
			case string:
				return value
			case float64:
				return strconv.FormatFloat(value, 'f', -1, 64)
			}
		}
		return ""
	}
	address, ok := "", false
	for _, p := range slices.Backward(within) {
		if explain, names := p.fields["explain"].(map[string]any); names {
			figure := o.figure
			if figure == "" {
				figure = strings.TrimPrefix(strings.TrimPrefix(path, p.path), ".")
			}
			if before, of, has := strings.Cut(figure, "%"); has {
				of, after, _ := strings.Cut(of, ".")
				figure = before + field(of)
				if after != "" {
					figure += "." + after
				}
			}
			address, ok = explain[figure].(string)
			break
		}
	}
	if w.kind == "late" {
		address, ok = w.late, true
	}
	for _, parameter := range o.row {
		address += "&" + parameter + "=" + url.QueryEscape(field(parameter))
	}
	return address, ok
}

// opens tells whether an explanation tells a number where it should.
func (w *walk) opens(o opening, value float64, explained map[string]any) bool {
	same := func(x any) bool {
		other, isNumber := x.(float64)
		return isNumber && math.Abs(other-value) <= 1e-6*max(1, math.Abs(value))
	}
	if !o.among && !o.running {
		return same(explained["value"])
	}
	sum, terms := 0.0, map[string]float64{}
	for _, one := range slices.Concat(explained["inputs"].([]any), explained["beside"].([]any)) {
		input := one.(map[string]any)
		x, isNumber := input["value"].(float64)
		if o.among && same(input["value"]) {
			return true
		}
		if term, counts := input["term"].(string); isNumber && counts {
			sum += x
			terms[term] += x
		}
		if o.running && same(sum) {
			return true
		}
	}
	if w.kind == "initiative" { // of several teams the sums of the inputs
		return slices.ContainsFunc(slices.Collect(maps.Values(terms)), func(x float64) bool { return same(x) }) ||
			same(terms["total"]-terms["done"])
	}
	return same(explained["value"])
}
