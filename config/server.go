package config

import (
	"net/url"
	"regexp"
	"strings"
)

// Server is what the keys of the section server say.
type Server struct {
	Listen string
	// How the key of Listen was spelled, "" for the default: a file of the older bot says api.listen.
	ListenKey string
	URL       string   // the address that people use, with its path, "" for none
	Base      string   // the path below which a proxy leads here, as in "/jerem"; "" for the root
	Hosts     []string // further names that are answered
	Frame     []string // origins whose pages may frame the card of a team; empty for any
	TLS       struct {
		Cert, Key string // files of PEM; "" for plain HTTP
	}
}

// basePath is a path of plain segments.
var basePath = regexp.MustCompile(`^(?:/[A-Za-z0-9_.~-]+)+$`)

func baseKey(name string) key {
	return key{name: name, what: "text", filled: true, set: func(t *target, v value, bad say) {
		path := strings.TrimRight(v.text, "/")
		if !basePath.MatchString(path) || strings.Contains(path+"/", "/./") || strings.Contains(path+"/", "/../") {
			bad(v, quoteValue(v)+" is not a path below which pages can stand",
				"write it like /jerem, of letters, digits and - _ . ~")
			return
		}
		t.config.Server.Base = path
	}}
}

// originsKey is a list of schemes with a host, as a browser names the site of a page.
func originsKey(name string, at func(*target) *[]string) key {
	return key{name: name, what: "a list of texts", list: true, set: func(t *target, v value, bad say) {
		for _, i := range v.items {
			u, err := url.Parse(i.text)
			plain := err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil &&
				i.text == u.Scheme+"://"+u.Host
			if !plain || strings.ContainsAny(i.text, " ;,'\"*") {
				bad(i, quoteValue(i)+" is not the origin of a page",
					"write it like https://wiki.example, without a path")
				continue
			}
			*at(t) = append(*at(t), i.text)
		}
	}}
}

// joinBase makes the address that people use and the base one: what only one of them says holds for both. Where they
// contradict each other it is reported.
func joinBase(l *loader, t *tree, c *Config) {
	s := &c.Server
	if s.URL == "" {
		return
	}
	u, err := url.Parse(s.URL)
	if err != nil {
		return // reported by its key
	}
	switch path := strings.TrimRight(u.EscapedPath(), "/"); {
	case path == s.Base:
	case path == "":
		s.URL += s.Base
	case s.Base == "" && basePath.MatchString(path):
		s.Base = path
	case s.Base == "":
		l.addError(t.given["server.url"], "server.url", "goes on with a path below which pages cannot stand",
			"use letters, digits and - _ . ~ in it")
	default:
		l.addError(t.given["server.url"], "server.url", "goes on with another path than server.base says",
			"end it with "+s.Base)
	}
}
