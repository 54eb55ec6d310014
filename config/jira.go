package config

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jerem/config/schema"
)

// jiraAddressKey is the address of a Jira. The address of one of its pages, as a browser shows it, is refused with the
// address of the site.
func jiraAddressKey(name string, at func(*target) *string) key {
	k := schema.AddressKey(name, at)
	set := k.Set
	k.Set = func(t *target, v schema.Value, bad schema.Report) {
		site, isPage := siteOfPage(v.Text)
		switch {
		case !isPage:
			set(t, v, bad)
		case v.Shown != v.Text: // what a variable holds is not shown
			bad(v, "is the address of a page of Jira", "give the address of the site, without the path of the page")
		default:
			bad(v, schema.QuoteValue(v)+" is the address of a page of Jira", "give the address of the site: "+site)
		}
	}
	return k
}

// pageSegments begin the paths of Jira's pages, and of its interface, behind the address of the site.
var pageSegments = []string{
	"browse", "projects", "issues", "secure", "plugins", "servicedesk", "rest", "login", "login.jsp", "dashboards",
}

// cloudPages follow /jira/ in the paths of the pages of Jira Cloud.
var cloudPages = []string{"software", "core", "people", "your-work", "for-you", "discovery", "plans", "settings"}

// siteOfPage returns the address of the site of which an address is a page. isPage is false for what may be the
// address of a site itself: of Jira Cloud that has no path, of Data Center it may have one.
func siteOfPage(text string) (site string, isPage bool) {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.User != nil {
		return "", false
	}
	root := u.Scheme + "://" + u.Host
	segments := strings.Split(strings.Trim(u.EscapedPath(), "/"), "/")
	if strings.HasSuffix(strings.ToLower(u.Hostname()), ".atlassian.net") {
		if segments[0] == "" {
			return "", false
		}
		return root, true
	}
	for n, segment := range segments {
		isCloudPage := segment == "jira" && n+1 < len(segments) && slices.Contains(cloudPages, segments[n+1])
		if isCloudPage || slices.Contains(pageSegments, segment) {
			return strings.TrimRight(root+"/"+strings.Join(segments[:n], "/"), "/"), true
		}
	}
	return "", false
}

// loginNameKey is the name of a basic login, in which a colon ends the name and begins the password.
func loginNameKey(name string, at func(*target) *string) key {
	k := schema.FilledKey(name, at)
	set := k.Set
	k.Set = func(t *target, v schema.Value, bad schema.Report) {
		if strings.Contains(v.Text, ":") {
			bad(v, "holds a colon, which no name of a login can",
				"write the name alone (on Jira Cloud the e-mail address) and the rest as jira.password")
			return
		}
		set(t, v, bad)
	}
	return k
}

// highestRate is more than any server takes.
const highestRate = 10_000

// rateKey is how many requests a second are sent at most. 0 sets no limit of our own.
func rateKey(name string, at func(*target) *float64) key {
	return key{Name: name, What: "a number", Set: func(t *target, v schema.Value, bad schema.Report) {
		rate, err := strconv.ParseFloat(strings.TrimSpace(v.Text), 64)
		if err != nil || !(rate >= 0 && rate <= highestRate) {
			bad(v, schema.QuoteValue(v)+" is not a number of requests a second",
				"write one from 0 to 10000, as in 10 or 0.5; 0 is as fast as Jira's own limits allow")
			return
		}
		*at(t) = rate
	}}
}
