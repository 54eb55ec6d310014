package grafana

import "jerem/measure/catalogue"

// picture is how a panel shows its figures.
type picture string

// The pictures.
const (
	pictureStat  picture = "stat"       // one figure, large
	pictureLines picture = "timeseries" // figures over time
	pictureTable picture = "table"      // a row for each team or epic, a column for each figure
	pictureBars  picture = "bargauge"   // a bar for each nature
)

// view says what a panel shows; the rest follows from the catalogue.
type view struct {
	title   string // "" takes the title of its only figure
	picture picture
	of      catalogue.Subject
	figures []string // their names in the catalogue
	scope   scope
	by      []string // the labels that tell rows, bars or lines apart; of a figure alone those of the scope
	width   int
	height  int
}

// figureNamed returns a figure of a view. A name that the catalogue does not have is a mistake in this room, held by a
// test.
func (v view) figureNamed(name string) catalogue.Figure {
	f, ok := catalogue.Find(v.of, name)
	if f.Class == "" && f.OfADay.Class != "" {
		f.Class, f.Metric, f.Title = f.OfADay.Class, "", f.Title+" by day"
		f.Help += " A point counts its day alone."
	}
	if !ok || f.Class == "" {
		panic("no series of " + string(v.of) + " " + name)
	}
	return f
}

// panelOf makes the panel of a view.
func panelOf(store Store, v view) Panel {
	first := v.figureNamed(v.figures[0])
	p := Panel{Type: string(v.picture), Title: v.title, Datasource: store.dataSource(), Options: optionsOf(v.picture),
		GridPos: gridPos{H: v.height, W: v.width}, FieldConfig: &fieldConfig{Defaults: defaultsOf(v, first)}}
	if p.Title == "" {
		p.Title = first.Title
	}
	for n, name := range v.figures {
		f := v.figureNamed(name)
		p.Description += descriptionOf(f)
		target := targetOf(store, v, f)
		target.RefID = string(rune('A' + n))
		p.Targets = append(p.Targets, target)
		p.FieldConfig.Overrides = append(p.FieldConfig.Overrides, overrideOf(store, v, f, target.RefID))
	}
	switch {
	case store == Warp10 && v.picture == pictureTable:
		// the data source returns no table of several series
		p.Type, p.Options = string(pictureBars), optionsOf(pictureBars)
	case v.picture == pictureTable:
		p.Transformations = []transformation{{ID: "merge", Options: map[string]any{}},
			{ID: "organize", Options: map[string]any{"excludeByName": map[string]bool{"Time": true}}}}
	}
	return p
}

// descriptionOf says what a figure is, as the pages do.
func descriptionOf(f catalogue.Figure) string {
	text := "**" + f.Title + "** " + f.Help
	if f.Formula != "" {
		text += " *" + f.Formula + "*"
	}
	return text + "\n\n"
}

// targetOf asks a store for a figure.
func targetOf(store Store, v view, f catalogue.Figure) Target {
	yes, no := true, false
	t := Target{Datasource: store.dataSource()}
	lines := v.picture == pictureLines
	if store == Warp10 {
		t.Expr = warpQuery(f, v.scope, !lines)
		t.AdvancedMode, t.HideAttributes = &yes, &yes
		t.HideLabels = &no
		return t
	}
	by := v.by
	if by == nil {
		by = v.scope
	}
	t.Expr = promQuery(f, v.scope, by, !lines)
	t.Instant, t.Range = &yes, &no
	if lines {
		t.Instant, t.Range = &no, &yes
	}
	switch {
	case v.picture == pictureTable:
		t.Format = "table"
	case v.by != nil:
		t.LegendFormat = "{{" + v.by[0] + "}}"
	default:
		t.LegendFormat = f.Title
	}
	return t
}

// overrideOf gives the answer to a question the figure's name and unit: they differ within a table, and lines of a
// drawing bear the name of their series else.
func overrideOf(store Store, v view, f catalogue.Figure, refID string) override {
	o := override{Matcher: matcher{ID: "byFrameRefID", Options: refID}}
	if v.picture == pictureTable && store == Prometheus {
		o.Matcher = matcher{ID: "byName", Options: "Value #" + refID}
		o.Properties = append(o.Properties, property{"displayName", f.Title})
	}
	unit := unitOf(f.Unit)
	return override{o.Matcher, append(o.Properties, property{"unit", unit.name}, property{"decimals", unit.decimals})}
}

// grafanaUnit is how Grafana writes a unit of the catalogue.
type grafanaUnit struct {
	name     string
	decimals int
}

// unitOf returns how Grafana writes a unit.
func unitOf(unit string) grafanaUnit {
	switch unit {
	case catalogue.UnitShare:
		return grafanaUnit{"percentunit", 0}
	case catalogue.UnitSeconds:
		return grafanaUnit{"s", 1}
	case catalogue.UnitDate:
		return grafanaUnit{"time:ddd D MMM YYYY", 0}
	case catalogue.UnitDays:
		return grafanaUnit{"d", 1}
	case catalogue.UnitWorkingDays:
		return grafanaUnit{"suffix: working days", 1}
	case catalogue.UnitIssues, catalogue.UnitCallouts, catalogue.UnitNights:
		return grafanaUnit{"none", 0}
	}
	return grafanaUnit{"none", 1}
}

// defaultsOf is what all fields of a panel share. What is not known is a dash, never 0.
func defaultsOf(v view, first catalogue.Figure) fieldDefaults {
	unit := unitOf(first.Unit)
	d := fieldDefaults{Unit: unit.name, Decimals: &unit.decimals, NoValue: "–", Color: colour{Mode: "palette-classic"}}
	switch v.picture {
	case pictureStat:
		d.Color = colour{Mode: "fixed", FixedColor: "text"} // a figure is no verdict
	case pictureLines:
		zero, one := 0.0, 1.0
		if first.Unit != catalogue.UnitDate {
			d.Min = &zero
		}
		if first.Unit == catalogue.UnitShare {
			d.Max = &one
		}
		// A figure holds until it changes.
		d.Custom = map[string]any{"drawStyle": "line", "lineInterpolation": "stepAfter", "lineWidth": 2,
			"fillOpacity": 0, "showPoints": "never", "spanNulls": false}
	}
	return d
}

// optionsOf are the options of a picture.
func optionsOf(p picture) map[string]any {
	reduce := map[string]any{"calcs": []string{"lastNotNull"}, "fields": "", "values": false}
	switch p {
	case pictureStat:
		return map[string]any{"reduceOptions": reduce, "colorMode": "none", "graphMode": "none", "textMode": "value",
			"justifyMode": "auto", "orientation": "auto"}
	case pictureBars:
		return map[string]any{"reduceOptions": reduce, "displayMode": "basic", "orientation": "horizontal",
			"showUnfilled": true}
	case pictureTable:
		return map[string]any{"showHeader": true, "cellHeight": "sm"}
	}
	return map[string]any{"legend": map[string]any{"displayMode": "list", "placement": "bottom", "showLegend": true,
		"calcs": []string{}}, "tooltip": map[string]any{"mode": "multi", "sort": "none"}}
}
