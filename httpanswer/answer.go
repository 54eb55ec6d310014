package httpanswer

import (
	"bytes"
	"encoding/json"
	"strings"
)

// head is how many bytes of an answer are looked at for the beginning of a page.
const head = 4096

// IsPage tells whether a body is a page. The type that the header tells is not asked: Slack answers "ok" as text/html.
func IsPage(body []byte) bool {
	body = trimBody(body)
	if bytes.HasPrefix(body, []byte("<")) {
		return true
	}
	text := bytes.ToLower(body[:min(len(body), head)])
	return bytes.Contains(text, []byte("<html")) || bytes.Contains(text, []byte("<!doctype html"))
}

// IsBlank tells whether a body says nothing.
func IsBlank(body []byte) bool { return len(trimBody(body)) == 0 }

// IsObject tells whether a body is an object of JSON.
func IsObject(body []byte) bool { return parseObject(body) != nil }

// TellsFailure tells whether a body is JSON which says that what was asked was not done.
func TellsFailure(body []byte) bool {
	told := parseObject(body)
	for _, name := range []string{"error", "errors"} {
		switch value := told[name].(type) {
		case nil:
		case bool:
			return value
		case string:
			return value != ""
		case []any:
			return len(value) > 0
		default:
			return true
		}
	}
	for _, name := range []string{"ok", "success"} {
		if done, told := told[name].(bool); told && !done {
			return true
		}
	}
	status, _ := told["status"].(string)
	switch strings.ToLower(status) {
	case "error", "fail", "failed", "failure", "unauthorized", "forbidden":
		return true
	}
	return false
}

// parseObject reads an object of JSON; nil where the body is none.
func parseObject(body []byte) (told map[string]any) {
	if json.Unmarshal(trimBody(body), &told) != nil {
		return nil
	}
	return told
}

// trimBody takes off what says nothing: blanks, and the mark of the byte order.
func trimBody(body []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(body), []byte("\xef\xbb\xbf")))
}
