package grafana

// The types of this file are what is written of Grafana's JSON: a board of the classic form, schema version 39.

// Board is a dashboard.
type Board struct {
	UID           string     `json:"uid"`
	Title         string     `json:"title"`
	Description   string     `json:"description"`
	Tags          []string   `json:"tags"`
	Timezone      string     `json:"timezone"`
	Editable      bool       `json:"editable"`
	GraphTooltip  int        `json:"graphTooltip"` // 1: one cross-hair over all panels
	Refresh       string     `json:"refresh"`
	SchemaVersion int        `json:"schemaVersion"`
	Time          timeRange  `json:"time"`
	Templating    templating `json:"templating"`
	Annotations   struct{}   `json:"annotations"`
	Links         []link     `json:"links"`
	Panels        []Panel    `json:"panels"`
}

type timeRange struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// link leads from one board to the others, by their tag.
type link struct {
	Type        string   `json:"type"`
	Title       string   `json:"title"`
	Tags        []string `json:"tags"`
	Icon        string   `json:"icon"`
	Tooltip     string   `json:"tooltip"`
	AsDropdown  bool     `json:"asDropdown"`
	IncludeVars bool     `json:"includeVars"`
	KeepTime    bool     `json:"keepTime"`
	TargetBlank bool     `json:"targetBlank"`
}

type templating struct {
	List []Variable `json:"list"`
}

// Variable is what a visitor picks.
type Variable struct {
	Name       string      `json:"name"`
	Label      string      `json:"label"`
	Type       string      `json:"type"` // datasource or query
	Query      string      `json:"query"`
	Definition string      `json:"definition,omitempty"`
	Datasource *dataSource `json:"datasource,omitempty"`
	Refresh    int         `json:"refresh"` // 1: when the board is opened; 2: when the time range changes
	Regex      string      `json:"regex,omitempty"`
	Sort       int         `json:"sort"`
}

type dataSource struct {
	Type string `json:"type"`
	UID  string `json:"uid"`
}

// Panel is a rectangle of a board: a row's heading, or a picture of figures.
type Panel struct {
	ID              int              `json:"id"`
	Type            string           `json:"type"`
	Title           string           `json:"title"`
	Description     string           `json:"description,omitempty"`
	GridPos         gridPos          `json:"gridPos"`
	Datasource      *dataSource      `json:"datasource,omitempty"`
	Targets         []Target         `json:"targets,omitempty"`
	FieldConfig     *fieldConfig     `json:"fieldConfig,omitempty"`
	Options         map[string]any   `json:"options,omitempty"`
	Transformations []transformation `json:"transformations,omitempty"`

	// of rows, which hold no panels of their own: those below them are theirs until the next row
	Collapsed *bool    `json:"collapsed,omitempty"`
	Panels    *[]Panel `json:"panels,omitempty"`
}

type gridPos struct {
	H int `json:"h"`
	W int `json:"w"`
	X int `json:"x"`
	Y int `json:"y"`
}

// Target is a question of a panel.
type Target struct {
	RefID      string      `json:"refId"`
	Datasource *dataSource `json:"datasource"`
	Expr       string      `json:"expr"`

	// of Prometheus
	LegendFormat string `json:"legendFormat,omitempty"`
	Instant      *bool  `json:"instant,omitempty"`
	Range        *bool  `json:"range,omitempty"`
	Format       string `json:"format,omitempty"`

	// of Warp 10
	AdvancedMode   *bool `json:"advancedMode,omitempty"`
	HideAttributes *bool `json:"hideAttributes,omitempty"`
	HideLabels     *bool `json:"hideLabels,omitempty"`
}

type fieldConfig struct {
	Defaults  fieldDefaults `json:"defaults"`
	Overrides []override    `json:"overrides"`
}

type fieldDefaults struct {
	Unit     string         `json:"unit,omitempty"`
	Decimals *int           `json:"decimals,omitempty"`
	Min      *float64       `json:"min,omitempty"`
	Max      *float64       `json:"max,omitempty"`
	NoValue  string         `json:"noValue"`
	Color    colour         `json:"color"`
	Custom   map[string]any `json:"custom,omitempty"`
}

type colour struct {
	Mode       string `json:"mode"`
	FixedColor string `json:"fixedColor,omitempty"`
}

// override is what one field of a table or one line of a drawing has of its own.
type override struct {
	Matcher    matcher    `json:"matcher"`
	Properties []property `json:"properties"`
}

type matcher struct {
	ID      string `json:"id"`
	Options string `json:"options"`
}

type property struct {
	ID    string `json:"id"`
	Value any    `json:"value"`
}

type transformation struct {
	ID      string         `json:"id"`
	Options map[string]any `json:"options"`
}
