package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"

	"jerem/agile"
	"jerem/config/schema"
)

// IsHostPort tells whether a text is an address to listen on.
func IsHostPort(text string) bool {
	_, port, err := net.SplitHostPort(text)
	_, notNumber := strconv.ParseUint(port, 10, 16)
	return err == nil && notNumber == nil
}

func listenKey(name string) key {
	return key{Name: name, What: "text", Set: func(t *target, v schema.Value, bad schema.Report) {
		if !IsHostPort(v.Text) {
			bad(v, schema.QuoteValue(v)+" is not host:port", "write 127.0.0.1:8080, or :8080 for all interfaces")
			return
		}
		t.config.Server.Listen, t.config.Server.ListenKey = v.Text, v.Named
	}}
}

// hostsKey is a list of names that a Host header may have, without a port.
func hostsKey(name string) key {
	return key{Name: name, What: "a list of texts", List: true,
		Set: func(t *target, v schema.Value, bad schema.Report) {
			hosts := []string{}
			for _, i := range v.Items {
				if i.Text == "" || strings.ContainsAny(i.Text, "/@*, \t") {
					bad(i, schema.QuoteValue(i)+" is not the name of a host",
						"write a name or an address alone: jerem.example")
					continue
				}
				hosts = append(hosts, i.Text)
			}
			t.config.Server.Hosts = hosts
		}}
}

var logLevels = map[string]slog.Level{
	"trace": slog.LevelDebug - 4, "debug": slog.LevelDebug, "info": slog.LevelInfo,
	"warn": slog.LevelWarn, "warning": slog.LevelWarn, "error": slog.LevelError,
	// the seed's bot: panic, fatal, error, warn, info, debug, trace
	"0": slog.LevelError, "1": slog.LevelError, "2": slog.LevelError, "3": slog.LevelWarn,
	"4": slog.LevelInfo, "5": slog.LevelDebug, "6": slog.LevelDebug - 4,
}

// ParseLevel reads a log level: trace, debug, info, warn, error in any case, or the seed's 0 to 6.
func ParseLevel(s string) (slog.Level, error) {
	level, ok := logLevels[strings.ToLower(strings.TrimSpace(s))]
	if !ok {
		return slog.LevelInfo, errors.New("a log level is trace, debug, info, warn, error, or 0 to 6")
	}
	return level, nil
}

func logLevelKey(name string) key {
	return key{Name: name, What: "text", Set: func(t *target, v schema.Value, bad schema.Report) {
		level, err := ParseLevel(v.Text)
		if err != nil {
			bad(
				v,
				schema.QuoteValue(v)+" is not a log level",
				"write trace, debug, info, warn, error, or 0 (panic) to 6 (trace)",
			)
			return
		}
		t.config.Log.Level = level
	}}
}

func natureKey(name string) key {
	return key{Name: name, What: "text", Set: func(t *target, v schema.Value, bad schema.Report) {
		if v.Text == "label:" {
			bad(v, "the prefix of the labels is missing", "write label:PREFIX")
			return
		}
		t.rules.Impediment.Nature = v.Text
	}}
}

func quarterByKey(name string) key {
	return key{Name: name, What: "text", Set: func(t *target, v schema.Value, bad schema.Report) {
		switch by := agile.QuarterBy(v.Text); by {
		case agile.ByLabel, agile.ByFixVersion, agile.ByDueDate:
			t.rules.Quarter.By = by
		default:
			bad(
				v,
				schema.QuoteValue(v)+" is not one of label, fix_version, due_date",
				"label: by labels such as Q4-26; fix_version: by the names of the epics' fix versions, such as Q4-26; "+
					"due_date: by the day on which the epic is due",
			)
		}
	}}
}

func quarterLabelKey(name string) key {
	return key{Name: name, What: "text", Set: func(t *target, v schema.Value, bad schema.Report) {
		re, ok := schema.ParseExpression(v, bad)
		if !ok {
			return
		}
		if n := re.NumSubexp(); n != 2 {
			bad(
				v,
				fmt.Sprintf("%s must have two groups, has %d", schema.QuoteValue(v), n),
				`the quarter and the year in two digits: '^Q([1-4])-(\d{2})$'`,
			)
			return
		}
		t.rules.Quarter.Label = re
	}}
}

// initiativeLabelKey is an expression whose group is the name of an initiative; an empty one means that there are none.
func initiativeLabelKey(name string) key {
	return key{Name: name, What: "text", Set: func(t *target, v schema.Value, bad schema.Report) {
		if v.Text == "" {
			t.rules.Initiative.Label = nil
			return
		}
		re, ok := schema.ParseExpression(v, bad)
		if !ok {
			return
		}
		if n := re.NumSubexp(); n != 1 {
			bad(
				v,
				fmt.Sprintf("%s must have one group, has %d", schema.QuoteValue(v), n),
				`the name of the initiative: '^Project_(.+)$'`,
			)
			return
		}
		t.rules.Initiative.Label = re
	}}
}
