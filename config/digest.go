package config

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"jerem/config/schema"
)

// Digest is an entry of digest: the word of the week about a team, when it is sent and to whom.
type Digest struct {
	Team    string
	Day     time.Weekday
	Time    time.Duration // since midnight, in the time zone of the team
	Channel string        // DigestSlack, DigestMail or DigestWebhook
	Address schema.Secret
}

// The channels of digests.
const (
	DigestSlack   = "slack"
	DigestMail    = "mail"
	DigestWebhook = "webhook"
)

var digestTable = newEntryTable([]key{
	schema.FilledKey("team", func(t *target) *string { return &t.digest.Team }),
	weeklyKey("at"),
	digestAddressKey(DigestSlack),
	digestAddressKey(DigestMail),
	digestAddressKey(DigestWebhook),
})

const digestExample = "write `- {team: K8S, at: Mon 09:00, to: {mail: team@example.org}}`"

var weeklyForm = regexp.MustCompile(`^([A-Za-z]+)\s+(\d{1,2}):(\d{2})$`)

// weeklyKey is a moment of each week.
func weeklyKey(name string) key {
	return key{Name: name, What: "text", Filled: true, Set: func(t *target, v schema.Value, bad schema.Report) {
		m := weeklyForm.FindStringSubmatch(strings.TrimSpace(v.Text))
		if m == nil {
			bad(v, schema.QuoteValue(v)+" is not a moment of a week", "write a day and a time: Mon 09:00")
			return
		}
		day, known := parseWeekday(m[1])
		if !known {
			bad(v, schema.QuoteText(m[1])+" is not a day of the week", "write Mon, Tue, Wed, Thu, Fri, Sat or Sun")
			return
		}
		at := schema.TimeOfDay(m[2], m[3])
		if at < 0 || at >= 24*time.Hour {
			bad(v, schema.QuoteValue(v)+" holds a time that no day has", "from 00:00 to 23:59")
			return
		}
		t.digest.Day, t.digest.Time = day, at
	}}
}

// parseWeekday reads a day by its English name or the first three letters of it, in any case.
func parseWeekday(text string) (time.Weekday, bool) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if strings.EqualFold(text, day.String()) || strings.EqualFold(text, day.String()[:3]) {
			return day, true
		}
	}
	return 0, false
}

// digestAddressKey is the address of a channel. That of a webhook holds a secret, so no message shows it.
func digestAddressKey(channel string) key {
	name := "to." + channel
	return key{Name: name, What: "text", Filled: true, Set: func(t *target, v schema.Value, bad schema.Report) {
		if hint := schema.AddressFault(channel, v.Text); hint != "" {
			bad(v, "is no address of "+channel, hint)
			return
		}
		if channel != DigestMail && v.At.Variable == "" && v.Text == v.Shown {
			t.config.SecretInFile = true
		}
		t.digest.Channel, t.digest.Address = channel, schema.NewSecret(v.Text)
	}}
}

// readDigests reads the entries of digest.
func readDigests(l *schema.Loader, top *tree, c *Config) {
	for i, n := range schema.ReadListNodes(l, top, "digest", digestExample) {
		named := fmt.Sprintf("digest[%d]", i)
		var d Digest
		t := schema.ReadEntryKeys(l, digestTable, named, n, &target{config: c, digest: &d}, digestExample)
		if t == nil {
			continue
		}
		before := len(l.Faults())
		checkDigest(l, top, t, d, c)
		if len(l.Faults()) > before {
			continue
		}
		for j, other := range c.Digests {
			isSame := other.Team == d.Team && other.Channel == d.Channel && other.Address.Equal(d.Address)
			if isSame && d.Address.IsSet() {
				l.AddError(schema.PositionOf(n), named,
					fmt.Sprintf("tells the same team to the same address as digest[%d]", j),
					"keep one of them")
			}
		}
		c.Digests = append(c.Digests, d)
	}
}

// checkDigest reports what an entry of digest lacks.
func checkDigest(l *schema.Loader, top, t *tree, d Digest, c *Config) {
	schema.RequireKeys(l, t, "team", "the label of an entry of projects, else its name as written", "at",
		"a day and a time, in the team's time zone: Mon 09:00")
	if d.Team != "" {
		schema.CheckTeamKnown(l, t.Given["team"], t.Prefix+"team", d.Team, c.teamNames())
	}
	var given []string
	for _, channel := range []string{DigestSlack, DigestMail, DigestWebhook} {
		if _, ok := t.Given["to."+channel]; ok {
			given = append(given, channel)
		}
	}
	switch {
	case len(given) == 0:
		schema.ReportMissing(l, t, "to", "to whom it goes: {mail: team@example.org}, {slack: ADDRESS} of an incoming "+
			"webhook, or {webhook: ADDRESS}")
	case len(given) > 1:
		l.AddError(t.Given["to."+given[1]], t.Prefix+"to", "names "+strings.Join(given, " and "),
			"keep one of them, and write another entry for the other")
	case given[0] == DigestMail:
		if _, ok := top.Given["mail.url"]; !ok {
			schema.ReportMissing(l, top, "mail.url", "the server that takes mail, as digest names an address of mail: "+
				"smtp://mail.example:25, with mail.from")
		}
	}
}
