package config

import "testing"

// TestSiteOfPage: what a browser shows of a page is told from the address of a site, and the site is named.
func TestSiteOfPage(t *testing.T) {
	for text, want := range map[string]string{
		"https://jira.example/browse/K8S-1":                                   "https://jira.example",
		"https://jira.example/jira/browse/K8S-1":                              "https://jira.example/jira",
		"https://jira.example:8443/secure/RapidBoard.jspa?rapidView=8":        "https://jira.example:8443",
		"https://jira.example/projects/K8S/issues":                            "https://jira.example",
		"http://jira.example/rest/api/2":                                      "http://jira.example",
		"https://jira.example/jira/software/c/projects/K8S/boards/1":          "https://jira.example",
		"https://example.atlassian.net/browse/K8S-1":                          "https://example.atlassian.net",
		"https://example.atlassian.net/jira/projects":                         "https://example.atlassian.net",
		"https://Example.Atlassian.net/jira/software/projects/K8S/boards/1?a": "https://Example.Atlassian.net",

		"https://jira.example":                               "",
		"https://jira.example/":                              "",
		"https://jira.example/jira":                          "",
		"https://jira.example/tools/jira/":                   "",
		"https://example.atlassian.net/":                     "",
		"https://api.atlassian.com/ex/jira/11223344-a1b2-3b": "",
		"https://me:secret@jira.example/browse/K8S-1":        "", // refused for another reason
		"browse/K8S-1":                                       "",
	} {
		site, isPage := siteOfPage(text)
		if site != want || isPage != (want != "") {
			t.Errorf("%s: the site %q, a page %v; want %q", text, site, isPage, want)
		}
	}
}
