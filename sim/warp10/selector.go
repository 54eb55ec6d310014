package warp10sim

import (
	"regexp"
	"strings"
)

// selector chooses series by class and labels, each exactly or by a pattern.
type selector struct {
	class  func(string) bool
	labels map[string]func(text string, there bool) bool
}

// badSelector is what the platform says of most selectors that it cannot read.
const badSelector = "Bad Request"

// parseSelector reads "class{label=value,label~pattern}"; wrong is what the platform says of one that
// it cannot read.
func parseSelector(text string) (s selector, wrong string) {
	open := strings.IndexByte(text, '{')
	if open < 0 || !strings.HasSuffix(text, "}") || strings.Contains(text, " ") {
		return selector{}, badSelector
	}
	class, ok := compileMatcher(text[:open], strings.HasPrefix(text, "~"))
	if !ok {
		return selector{}, badSelector
	}
	s = selector{class: class, labels: map[string]func(string, bool) bool{}}
	for part := range strings.SplitSeq(text[open+1:len(text)-1], ",") {
		if part == "" {
			continue
		}
		at := strings.IndexAny(part, "=~")
		if at < 0 {
			return selector{}, part
		}
		name, _ := percentDecode(part[:at])
		match, ok := compileMatcher(part[at+1:], part[at] == '~')
		if !ok {
			return selector{}, badSelector
		}
		empty := part[at] == '=' && part[at+1:] == ""
		s.labels[name] = func(text string, there bool) bool {
			if empty {
				return !there
			}
			return there && match(text)
		}
	}
	return s, ""
}

// compileMatcher matches a whole text, exactly or by a pattern.
func compileMatcher(text string, pattern bool) (func(string) bool, bool) {
	if pattern {
		text = strings.TrimPrefix(text, "~")
	}
	text, wrong := percentDecode(text)
	if wrong != "" {
		return nil, false
	}
	if !pattern {
		return func(s string) bool { return s == text }, true
	}
	re, err := regexp.Compile("^(?:" + text + ")$")
	if err != nil {
		return nil, false
	}
	return re.MatchString, true
}

func (s selector) matchesSeries(g *gts) bool {
	if !s.class(g.class) {
		return false
	}
	for name, match := range s.labels {
		text, there := g.labels[name]
		if !match(text, there) {
			return false
		}
	}
	return true
}

// selectSeries returns the series that a selector chooses.
func (s *Server) selectSeries(sel selector) []*gts {
	var out []*gts
	for _, key := range s.order {
		if g := s.series[key]; g != nil && sel.matchesSeries(g) {
			out = append(out, g)
		}
	}
	return out
}
