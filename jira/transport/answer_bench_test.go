package transport

import (
	"strings"
	"testing"
)

// BenchmarkScan counts the bounds of an answer that looks like issues with their histories.
func BenchmarkScan(b *testing.B) {
	const issue = `{"id":"10007","key":"K8S-7",` +
		`"self":"https://example.atlassian.net/rest/api/3/issue/10007","fields":` +
		`{"summary":"Certificates \"expire\" at night","customfield_10016":5.0,"labels":["a","b"],"status":{"id":"3",` +
		`"name":"In Progress","iconUrl":"https://example.atlassian.net/images/icons/statuses/inprogress.png"},` +
		`"customfield_10020":[{"id":21,"name":"Sprint 21","state":"closed","boardId":1}],"parent":null,"flag":false}},`
	text := []byte("[" + strings.Repeat(issue, 1000) + "{}]")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		var s scanner
		for part := text; len(part) > 0; {
			n := min(len(part), 64<<10)
			if err := s.readBytes(part[:n]); err != nil {
				b.Fatal(err)
			}
			part = part[n:]
		}
	}
}
