package dutypages

import (
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// newAddress makes a new address of somebody's calendar and returns its path.
func (d *desk) newAddress(who string) string {
	d.t.Helper()
	status, body, header := d.post(who, "/oncall/me/calendar", url.Values{"act": {"make"}})
	found := regexp.MustCompile(`<code>https://jerem\.example(/oncall/calendar/[0-9a-f]{32}\.ics)</code>`).
		FindStringSubmatch(body)
	if status != 200 || found == nil || header.Get("Cache-Control") != "no-store" {
		d.t.Fatalf("no address was made: %d, %v\n%s", status, header, body)
	}
	return found[1]
}

// TestCalendar: a secret opens the duties of its person, and of the rotas that they stand in, without a login.
func TestCalendar(t *testing.T) {
	d := newDesk(t, nil).withChanges()
	address := d.newAddress("ben")
	status, body, header := d.get("", address)
	if status != 200 || header.Get("Cache-Control") != "private" || header.Get("Referrer-Policy") != "no-referrer" ||
		header.Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Fatalf("%d, %v", status, header)
	}
	// ben's turn of 12 January at 09:00 in Paris, and the night of ada's turn that he covers
	for _, want := range []string{"DTSTART:20260112T080000Z\r\nDTEND:20260119T080000Z\r\nSUMMARY:On call: k8s\r\n",
		"DTSTART:20260218T170000Z\r\nDTEND:20260219T080000Z\r\nSUMMARY:On call: k8s\r\n", "END:VCALENDAR\r\n"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is missing in\n%s", want, body)
		}
	}
	if strings.Contains(body, "DTSTART:20260105T080000Z") {
		t.Error("ada's turn stands in ben's calendar")
	}
	if _, body, _ = d.get("", address+"?rota=k8s"); !strings.Contains(body,
		"DTSTART:20260105T080000Z\r\nDTEND:20260112T080000Z\r\nSUMMARY:On call: ada (k8s)\r\n") {
		t.Errorf("the rota's calendar lacks ada's turn:\n%s", body)
	}
	for refused, want := range map[string]int{address + "?rota=net": 404, address + "?x=1": 400,
		address + "?rota=k8s&rota=k8s": 400, strings.TrimSuffix(address, ".ics"): 404, CalendarPrefix + ".ics": 404,
		CalendarPrefix + strings.Repeat("0", 32) + ".ics": 404} {
		status, body, _ := d.get("", refused)
		secret := strings.TrimSuffix(strings.TrimPrefix(address, CalendarPrefix), ".ics")
		if status != want || strings.Contains(body, secret) {
			t.Errorf("%s: %d, not %d: %s", refused, status, want, body)
		}
	}
}

// TestCalendarIsRenewedAndRevoked: a new address closes the one before, and revoking closes it.
func TestCalendarIsRenewedAndRevoked(t *testing.T) {
	d := newDesk(t, nil)
	first, other := d.newAddress("ben"), d.newAddress("ada")
	second := d.newAddress("ben")
	for address, want := range map[string]int{first: 404, second: 200, other: 200} {
		if status, _, _ := d.get("", address); status != want {
			t.Errorf("after a new address: %d, not %d", status, want)
		}
	}
	status, _, header := d.post("ben", "/oncall/me/calendar", url.Values{"act": {"revoke"}})
	if status != 303 || header.Get("Location") != "/oncall/me?done=revoked" {
		t.Errorf("revoking: %d, %v", status, header)
	}
	if status, _, _ := d.get("", second); status != 404 {
		t.Errorf("a revoked address opens: %d", status)
	}
	if status, _, _ := d.get("", other); status != 200 {
		t.Errorf("ben revoked ada's: %d", status)
	}
	lines, err := d.store.Journal(t.Context(), 10)
	if err != nil || len(lines) < 4 || lines[0].What != "calendar address revoked" || lines[0].Who != "ben" {
		t.Errorf("the journal: %v, %v", lines, err)
	}
	for _, line := range lines {
		if strings.Contains(line.Args+line.What,
			strings.TrimSuffix(strings.TrimPrefix(first, CalendarPrefix), ".ics")) {
			t.Errorf("the journal holds a secret: %v", line)
		}
	}
}

// TestCalendarRefused: who has no handle has no calendar, and no page of another server makes one.
func TestCalendarRefused(t *testing.T) {
	d := newDesk(t, nil)
	make := url.Values{"act": {"make"}}
	for who, want := range map[string]int{"eve": 403, "pat": 403, "vic": 403, "stranger": 403} {
		if status, _, _ := d.post(who, "/oncall/me/calendar", make); status != want {
			t.Errorf("%s: %d, not %d", who, status, want)
		}
	}
	if status, _, _ := d.post("ben", "/oncall/me/calendar", url.Values{"act": {"burn"}}); status != 400 {
		t.Errorf("an act that is none: %d", status)
	}
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/oncall/me/calendar", strings.NewReader("act=make"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if status, _, _ := d.send("ben", r); status != 403 {
		t.Errorf("a page of another server: %d", status)
	}
}

// TestCalendarGuesses: an address that tries secrets that open nothing waits after ten.
func TestCalendarGuesses(t *testing.T) {
	d := newDesk(t, nil)
	address := d.newAddress("ben")
	var statuses []int
	for range 12 {
		status, _, _ := d.get("", CalendarPrefix+strings.Repeat("0", 32)+".ics")
		statuses = append(statuses, status)
	}
	if statuses[9] != 404 || statuses[10] != 429 {
		t.Errorf("guesses are answered with %v", statuses)
	}
	if status, _, _ := d.get("", address); status != 429 {
		t.Errorf("a right one from that address: %d", status)
	}
	d.now = d.now.Add(time.Minute)
	if status, _, _ := d.get("", address); status != 200 {
		t.Errorf("after a minute: %d", status)
	}
}
