package warp10

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"jerem/series"
)

// page is an error page of a platform.
func page(text string) string {
	return "<html>\n<title>Error 400 Bad " +
		"Request</title>\n<tr><th>STATUS:</th><td>400</td></tr>\n<tr><th>MESSAGE:</th><td>" + text +
		"</td></tr>\n</html>"
}

func TestMessage(t *testing.T) {
	f := func(page, want string) {
		t.Helper()
		if got := messageOf([]byte(page)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	f(page("Error when updating data: Invalid token."), "Invalid token.")
	f(page("Parse error at index 0 in &apos;a &lt;b&gt;&apos; (x)"), "Parse error at index 0 in 'a <b>' (x)")
	f(page("arr\xeat\xe9"), "arrêté") // Latin-1, as the page says
	f(page("arrêté"), "arrêté")
	f("<title>\n502 Bad Gateway </title>", "502 Bad Gateway")
	f("", "no reason told")
	f("<title>", "no reason told")
	f(page(strings.Repeat("x", 5000)), strings.Repeat("x", longest)+"…")
}

func TestBadLine(t *testing.T) {
	f := func(text, line, reason string) {
		t.Helper()
		bad := parseBadLine(text)
		if bad == nil {
			bad = &badLine{}
		}
		if bad.line != line || bad.reason != reason {
			t.Errorf("%q (%q), want %q (%q)", bad.line, bad.reason, line, reason)
		}
	}
	f("Parse error at index 0 in 'garbage' (Missing timestamp separator.)", "garbage", "Missing timestamp separator.")
	f("Parse error at index 7 in '1// a{} 'b'' (Value too large for GTS )", "1// a{} 'b'", "Value too large for GTS ")
	f("Parse error at index 7 in '1// a{} b' (Cannot parse value. (For input string: \"b\"))", "1// a{} b",
		"Cannot parse value. (For input string: \"b\")")
	f("Parse error at index 7 in '1// a{b=cc...cc", "1// a{b=cc...", "the line cannot be read")
	f("Invalid token.", "", "")
	f("", "", "")
}

func TestBadLineIs(t *testing.T) {
	f := func(quoted, line string, want bool) {
		t.Helper()
		if got := (&badLine{line: quoted}).matchesLine(line); got != want {
			t.Errorf("%q for %q: %v", quoted, line, got)
		}
	}
	f("1// a{} 1", "1// a{} 1", true)
	f("1// a{} 1", "1// a{} 12", false)
	f("1// a{b=c...c} 1", "1// a{b=cccccccc} 1", true)
	f("1// a{b=c...c} 1", "1// a{b=cccccccc} 2", false)
	f("1// a{b=c...c} 1", "2// a{b=cccccccc} 1", false)
	f("1// a{b=x...y...z} 1", "1// a{b=x...ysomethingz} 1", true) // the first dots are its own
	f("ab...ba", "aba", false)                                    // both ends at once are too much
	f("1// a...", "1// a{} 1", true)
	f("", "1// a{} 1", false)
}

// TestTokenAtTheCut: a token that a long message quotes is taken out before the message is cut.
func TestTokenAtTheCut(t *testing.T) {
	const token = "0123456789abcdef"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprint(w, page(strings.Repeat("x", longest-8)+token))
	}))
	defer server.Close()
	w := &Sink{URL: server.URL, Token: token, Tries: 1}
	list := []series.Series{{Class: "a", Points: []series.Point{{Tick: 1}}}}
	for name, err := range map[string]error{"push": w.Push(t.Context(), list),
		"clear": w.Clear(t.Context(), []string{"P"}),
		"delete": w.Delete(t.Context(), []series.Range{{Key: "a{}",
			Stretch: series.Stretch{First: 1, Last: 1}}}), "read": second(w.readBack(t.Context(), token, list[0]))} {
		if err == nil || !strings.Contains(err.Error(), "xxx") || strings.Contains(err.Error(), token[:4]) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// FuzzMessage: any page gives a short valid text, and a line that is told is found again.
func FuzzMessage(f *testing.F) {
	for _, seed := range []string{"", page("x"),
		page("Error when updating data: Parse error at index 0 in &apos;1// a{} 1&apos; (x)"),
		page("Parse error at index 1 in '...' (...)"), "<title>\xff</title>", page("Parse error at index 9 in 'a"),
		"<th>MESSAGE:</th><td>&#0;&#xD800;</td>"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		text := messageOf(raw)
		if !utf8.ValidString(text) || utf8.RuneCountInString(text) > longest+1 || text == "" && len(raw) == 0 {
			t.Fatalf("message %q", text)
		}
		bad := parseBadLine(text)
		if bad == nil {
			return
		}
		if bad.reason == "" && !strings.HasSuffix(text, "()") || bad.Error() != text {
			t.Fatalf("line %q, reason %q of %q", bad.line, bad.reason, text)
		}
		if !strings.Contains(bad.line, "\n") && !bad.standsIn("a first line\n"+bad.line+"\nanother\n") {
			t.Fatalf("line %q is not found", bad.line)
		}
	})
}

// FuzzBadLine: a line is found in a message that tells it as a platform does, cut in its middle.
func FuzzBadLine(f *testing.F) {
	f.Add("1// a{b=c} 1", 40)
	f.Add("1// a{b=...} '...'", 12)
	f.Add(strings.Repeat("x...", 30), 50)
	f.Fuzz(func(t *testing.T, line string, room int) {
		if strings.Contains(line, "\n") || !utf8.ValidString(line) || room < 8 {
			return
		}
		quoted := line
		if len(line) > room {
			half := (room - len(gap)) / 2
			quoted = line[:half] + gap + line[len(line)-half:]
		}
		bad := parseBadLine("Parse error at index 3 in '" + quoted + "' (Some reason.)")
		if bad == nil || bad.reason != "Some reason." || !bad.standsIn("0// z{} 1\n"+line+"\n") {
			t.Fatalf("%q is not found as %q: %+v", line, quoted, bad)
		}
	})
}
