package transport

import (
	"math"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// limit is what an answer says of a limit of the server: how long requests are to rest by it, and which.
type limit struct {
	rest     time.Duration // 0 for none
	endpoint bool          // requests of the same method and place alone, else all of them
	reason   string        // as the server names it, unnamed where it does not
}

// unnamed stands for a limit that the server does not name.
const unnamed = "unnamed"

// otherReason stands for names beyond those that are told apart.
const otherReason = "other"

// reasonForm is what a name of a limit looks like. Anything else is unnamed: it goes into logs and metrics.
var reasonForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,79}$`)

// reasonOf returns the name of the limit that an answer tells, also in the form of a limit that is announced first.
func reasonOf(h http.Header) string {
	for _, name := range []string{"RateLimit-Reason", "Beta-RateLimit-Reason"} {
		if reason := strings.ToLower(strings.TrimSpace(h.Get(name))); reasonForm.MatchString(reason) {
			return reason
		}
	}
	return unnamed
}

// limitOf reads what an answer says of limits, whatever its status. A limit of bursts is one of an endpoint; any other,
// and one that is not named, is of all requests. A quota that is used up holds all of them up until it is filled again.
// Where little is left of a limit, what is left is spread evenly until it is lifted. A limit that the server announces
// and does not enforce (Beta-RateLimit) holds nothing up.
func limitOf(res *http.Response, now time.Time) limit {
	h := res.Header
	if rest := quotaRest(h); rest > 0 {
		return limit{rest: rest, reason: quotaReason(h)}
	}
	out := limit{reason: reasonOf(h)}
	out.endpoint = strings.Contains(out.reason, "burst") || out.reason == unnamed && isCloudBurst(res)
	if res.StatusCode == http.StatusTooManyRequests {
		out.rest = max(0, leastWait(res))
	}
	left, err := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	reset := max(parseRetryAfter(h.Get("Retry-After"), now), parseRateLimitReset(h.Get("X-RateLimit-Reset"), now))
	switch {
	case err != nil || left < 0:
	case left == 0:
		out.rest = max(out.rest, reset)
	case strings.EqualFold(h.Get("X-RateLimit-NearLimit"), "true"):
		out.rest = max(out.rest, reset/time.Duration(left+1))
	}
	return out
}

// isCloudBurst tells whether an answer that is no refusal counts as Cloud does: by endpoint, with the moment at which
// the limit is lifted. Data Center counts by account, and tells the interval by which it fills up.
func isCloudBurst(res *http.Response) bool {
	h := res.Header
	return res.StatusCode != http.StatusTooManyRequests && h.Get("X-RateLimit-Reset") != "" &&
		h.Get("X-RateLimit-Interval-Seconds") == "" && h.Get("X-RateLimit-FillRate") == ""
}

// quota is what is left of a quota of points, and the seconds until it is filled again, as RateLimit tells them.
var quota = regexp.MustCompile(`"([^"]*)"\s*;\s*r=(\d+)\s*;\s*t=(\d+)`)

// usedUpQuota returns the quota that is used up the longest.
func usedUpQuota(text string) (name string, rest time.Duration) {
	for _, m := range quota.FindAllStringSubmatch(text, -1) {
		seconds, err := strconv.ParseFloat(m[3], 64)
		if err != nil || strings.Trim(m[2], "0") != "" {
			continue
		}
		if this := time.Duration(math.Min(seconds, 1e9) * float64(time.Second)); this > rest {
			name, rest = m[1], this
		}
	}
	return name, rest
}

func quotaRest(h http.Header) time.Duration {
	_, rest := usedUpQuota(h.Get("RateLimit"))
	return rest
}

// quotaReason names the limit by which a quota is used up: its reason, else the name of the quota.
func quotaReason(h http.Header) string {
	if reason := reasonOf(h); reason != unnamed {
		return reason
	}
	if name, _ := usedUpQuota(h.Get("RateLimit")); reasonForm.MatchString(name) {
		return name
	}
	return unnamed
}

// endpointOf names what a limit of bursts counts together: the method and the place, whatever its ids and keys.
func endpointOf(method, place string) string {
	for _, of := range []string{"/project/", "/issue/", "/board/", "/sprint/"} {
		before, after, found := strings.Cut(place, of)
		id, rest, _ := strings.Cut(after, "/")
		if found && id != "bulkfetch" && id != "search" {
			place = strings.TrimSuffix(before+of+"{}/"+rest, "/")
		}
	}
	return method + " " + place
}
