package config

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v4"

	"jerem/config/schema"
)

// Sink is an entry of sinks: a database of series besides the Warp 10 of metrics.
type Sink struct {
	Name     string
	Type     string // SinkWarp10 or SinkRemoteWrite
	URL      string
	Token    schema.Secret
	User     string // of remote write: a basic login, in place of the token
	Password schema.Secret
	Interval time.Duration // step of the grid points, that of metrics where it is not set
	Backfill string        // of remote write: BackfillAll or BackfillNone
	Version  int64         // of remote write: 1 or 2
}

// The types of sinks.
const (
	SinkWarp10      = "warp10"
	SinkRemoteWrite = "remotewrite"
)

// What of the past a sink gets by remote write.
const (
	BackfillAll  = "all"
	BackfillNone = "none"
)

var sinkTable = newEntryTable([]key{
	schema.FilledKey("name", func(t *target) *string { return &t.sink.Name }),
	schema.OneOfKey("type", []string{SinkWarp10, SinkRemoteWrite}, func(t *target) *string { return &t.sink.Type }),
	schema.AddressKey("url", func(t *target) *string { return &t.sink.URL }),
	secretKey("token", func(t *target) *schema.Secret { return &t.sink.Token }),
	schema.FilledKey("user", func(t *target) *string { return &t.sink.User }),
	secretKey("password", func(t *target) *schema.Secret { return &t.sink.Password }),
	schema.SecondsKey("interval", time.Second, func(t *target) *time.Duration { return &t.sink.Interval }),
	schema.OneOfKey("backfill", []string{BackfillAll,
		BackfillNone}, func(t *target) *string { return &t.sink.Backfill }),
	schema.WholeKey("version", 1, 2, func(t *target) *int64 { return &t.sink.Version }),
})

const sinkExample = "write `- {name: victoria, type: remotewrite, url: http://…, backfill: all}`"

// readSinks reads the entries of sinks.
func readSinks(l *schema.Loader, top *tree, c *Config) {
	first := map[string]int{}
	for i, n := range schema.ReadListNodes(l, top, "sinks", sinkExample) {
		entry := fmt.Sprintf("sinks[%d]", i)
		sink, ok := readSink(l, entry, n, c)
		if !ok {
			continue
		}
		if j, taken := first[sink.Name]; taken {
			l.AddError(schema.PositionOf(n), entry, fmt.Sprintf("has the name of sinks[%d]", j),
				"give it a name of its own")
			continue
		}
		first[sink.Name] = i
		c.Sinks = append(c.Sinks, sink)
	}
}

// readSink reads an entry of sinks; not ok without a name.
func readSink(l *schema.Loader, entry string, n *yaml.Node, c *Config) (Sink, bool) {
	sink := Sink{Interval: c.Metrics.Interval, Backfill: BackfillNone, Version: 1}
	t := schema.ReadEntryKeys(l, sinkTable, entry, n, &target{config: c, sink: &sink}, sinkExample)
	if t == nil {
		return sink, false
	}
	checkSink(l, t, &sink)
	return sink, sink.Name != ""
}

// checkSink reports what a sink lacks, and what means nothing for its type.
func checkSink(l *schema.Loader, t *tree, sink *Sink) {
	has := func(key string) bool { _, ok := t.Given[key]; return ok }
	for _, need := range [][2]string{
		{"name", "a word by which the log, /metrics and --sink name it"},
		{"type", "warp10 or remotewrite"},
		{"url", "its address, as in http://victoria.example:8428/api/v1/write"},
	} {
		if !has(need[0]) {
			schema.ReportMissing(l, t, need[0], need[1])
		}
	}
	if strings.ContainsFunc(sink.Name, unicode.IsControl) {
		l.AddError(t.Given["name"], t.Prefix+"name", "holds a line break or another control character", "remove it")
	}
	checkSinkLogin(l, t)
	if sink.Type != SinkWarp10 {
		return
	}
	if !has("token") {
		schema.ReportMissing(l, t, "token", "the write token of Warp 10, best by ${NAME} of a variable")
	}
	for _, key := range []string{"backfill", "version", "user", "password"} {
		if has(key) {
			l.AddError(t.Given[key], t.Prefix+key, "means nothing for a sink of type warp10", "remove it")
		}
	}
}

// checkSinkLogin reports half of a basic login, one beside a token, and a name that no basic login can hold.
func checkSinkLogin(l *schema.Loader, t *tree) {
	user, hasUser := t.Given["user"]
	_, hasPassword := t.Given["password"]
	_, hasToken := t.Given["token"]
	switch {
	case hasUser && !hasPassword:
		schema.ReportMissing(l, t, "password", "the password of user, best by ${NAME} of a variable")
	case hasPassword && !hasUser:
		schema.ReportMissing(l, t, "user", "the login whose password it is")
	case hasUser && hasToken:
		l.AddError(user, t.Prefix+"user", "stands beside a token, and one of them is sent", "keep one of them")
	}
}
