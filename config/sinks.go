package config

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v4"
)

// Sink is an entry of sinks: a database of series besides the Warp 10 of metrics.
type Sink struct {
	Name     string
	Type     string // SinkWarp10 or SinkRemoteWrite
	URL      string
	Token    Secret
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

var sinkTable = newTable([]key{
	filledKey("name", func(t *target) *string { return &t.sink.Name }),
	oneOfKey("type", []string{SinkWarp10, SinkRemoteWrite}, func(t *target) *string { return &t.sink.Type }),
	addressKey("url", func(t *target) *string { return &t.sink.URL }),
	secretKey("token", func(t *target) *Secret { return &t.sink.Token }),
	secondsKey("interval", time.Second, func(t *target) *time.Duration { return &t.sink.Interval }),
	oneOfKey("backfill", []string{BackfillAll, BackfillNone}, func(t *target) *string { return &t.sink.Backfill }),
	wholeKey("version", 1, 2, func(t *target) *int64 { return &t.sink.Version }),
})

const sinkExample = "write `- {name: victoria, type: remotewrite, url: http://…, backfill: all}`"

// readSinks reads the entries of sinks.
func (l *loader) readSinks(top *tree, c *Config) {
	e, ok := top.entries["sinks"]
	if !ok || isNull(e.value) {
		return
	}
	if e.value.Kind != yaml.SequenceNode {
		l.addError(placeOf(e.value), "sinks", "must be a list, is "+kindOf(e.value), sinkExample)
		return
	}
	first := map[string]int{}
	for i, n := range e.value.Content {
		entry := fmt.Sprintf("sinks[%d]", i)
		sink, ok := l.readSink(entry, followAliases(n), c)
		if !ok {
			continue
		}
		if j, taken := first[sink.Name]; taken {
			l.addError(placeOf(n), entry, fmt.Sprintf("has the name of sinks[%d]", j), "give it a name of its own")
			continue
		}
		first[sink.Name] = i
		c.Sinks = append(c.Sinks, sink)
	}
}

// readSink reads an entry of sinks; not ok without a name.
func (l *loader) readSink(entry string, n *yaml.Node, c *Config) (Sink, bool) {
	if n.Kind != yaml.MappingNode {
		l.addError(placeOf(n), entry, "must hold keys, is "+kindOf(n), sinkExample)
		return Sink{}, false
	}
	t := newTree(sinkTable, entry+".", n)
	l.flattenInto(t, n, "")
	sink := Sink{Interval: c.Metrics.Interval, Backfill: BackfillNone, Version: 1}
	l.applyKeys(t, &target{config: c, sink: &sink}, false)
	checkSink(l, t, &sink)
	return sink, sink.Name != ""
}

// checkSink reports what a sink lacks, and what means nothing for its type.
func checkSink(l *loader, t *tree, sink *Sink) {
	has := func(key string) bool { _, ok := t.given[key]; return ok }
	for _, need := range [][2]string{
		{"name", "a word by which the log, /metrics and --sink name it"},
		{"type", "warp10 or remotewrite"},
		{"url", "its address, as in http://victoria.example:8428/api/v1/write"},
	} {
		if !has(need[0]) {
			l.reportMissing(t, need[0], need[1])
		}
	}
	if strings.ContainsFunc(sink.Name, unicode.IsControl) {
		l.addError(t.given["name"], t.prefix+"name", "holds a line break or another control character", "remove it")
	}
	if sink.Type != SinkWarp10 {
		return
	}
	if !has("token") {
		l.reportMissing(t, "token", "the write token of Warp 10, best by ${NAME} of a variable")
	}
	for _, key := range []string{"backfill", "version"} {
		if has(key) {
			l.addError(t.given[key], t.prefix+key, "means nothing for a sink of type warp10", "remove it")
		}
	}
}
