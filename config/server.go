package config

import (
	"net/url"
	"regexp"
	"strings"

	"jerem/config/schema"
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
	return key{Name: name, What: "text", Filled: true, Set: func(t *target, v schema.Value, bad schema.Report) {
		path := strings.TrimRight(v.Text, "/")
		if !basePath.MatchString(path) || strings.Contains(path+"/", "/./") || strings.Contains(path+"/", "/../") {
			bad(v, schema.QuoteValue(v)+" is not a path below which pages can stand",
				"write it like /jerem, of letters, digits and - _ . ~")
			return
		}
		t.config.Server.Base = path
	}}
}

// originsKey is a list of schemes with a host, as a browser names the site of a page.
func originsKey(name string, at func(*target) *[]string) key {
	return key{Name: name, What: "a list of texts", List: true,
		Set: func(t *target, v schema.Value, bad schema.Report) {
			for _, i := range v.Items {
				u, err := url.Parse(i.Text)
				plain := err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" &&
					u.User == nil && schema.HasValidPort(u) &&
					i.Text == u.Scheme+"://"+u.Host
				if !plain || strings.ContainsAny(i.Text, " ;,'\"*") {
					bad(i, schema.QuoteValue(i)+" is not the origin of a page",
						"write it like https://wiki.example, without a path")
					continue
				}
				*at(t) = append(*at(t), i.Text)
			}
		}}
}

// joinBase makes the address that people use and the base one: what only one of them says holds for both. Where they
// contradict each other it is reported.
func joinBase(l *schema.Loader, t *tree, c *Config) {
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
		l.AddError(t.Given["server.url"], "server.url", "goes on with a path below which pages cannot stand",
			"use letters, digits and - _ . ~ in it")
	default:
		l.AddError(t.Given["server.url"], "server.url", "goes on with another path than server.base says",
			"end it with "+s.Base)
	}
}
