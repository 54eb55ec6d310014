package config

import (
	"fmt"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v4"

	"jerem/calendar"
	"jerem/config/schema"
	"jerem/oncall"
	"jerem/oncall/plan"
)

var personTable = newEntryTable([]key{
	handleKey("handle"),
	timeZoneKey("zone"),
	regionKey("region"),
	hoursKey("hours"),
	daysOffKey("days_off"),
	schema.FilledKey("login", func(t *target) *string { return &t.oncall.person.Login }),
	schema.FilledKey("payroll", func(t *target) *string { return &t.oncall.person.Payroll }),
	{Name: "contacts", What: "a list"},
	schema.DateKey("from", func(t *target) *calendar.Date { return &t.oncall.person.From }),
	schema.DateKey("until", func(t *target) *calendar.Date { return &t.oncall.person.Until }),
})

const personExample = "write `- {handle: ada, login: ada@example.org}`"

// personEntry is an entry of oncall.people before it is known which zone the rotas give it.
type personEntry struct {
	OncallPerson
	rules Rules
	tree  *tree
}

// handleForm is what a handle may be: it stands in addresses, files and messages.
var handleForm = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$`)

func handleKey(name string) key {
	return key{Name: name, What: "text", Filled: true, Set: func(t *target, v schema.Value, bad schema.Report) {
		if !handleForm.MatchString(v.Text) {
			bad(v, schema.QuoteValue(v)+" is no handle",
				"write at most 40 letters, digits, dots, dashes and underscores: ada")
			return
		}
		t.oncall.person.Handle = v.Text
	}}
}

// readOncallPeople reads the entries of oncall.people, each with the calendar of the file where it has none of its own.
func readOncallPeople(l *schema.Loader, top *tree, c *Config, teamRules Rules) []*personEntry {
	var out []*personEntry
	handles, logins := map[string]int{}, map[string]int{}
	for i, n := range schema.ReadListNodes(l, top, "oncall.people", personExample) {
		named := fmt.Sprintf("oncall.people[%d]", i)
		p := &personEntry{rules: teamRules}
		p.rules.Calendar.TimeZone = ""
		to := &target{config: c, rules: &p.rules, oncall: &oncallEntry{person: &p.OncallPerson}}
		if p.tree = schema.ReadEntryKeys(l, personTable, named, n, to, personExample); p.tree == nil {
			continue
		}
		schema.RequireKeys(l, p.tree, "handle", "the name that the rotas know this person by")
		schema.CheckTwice(l, p.tree, "handle", p.Handle, handles, i)
		schema.CheckTwice(l, p.tree, "login", p.Login, logins, i)
		if p.From != (calendar.Date{}) && p.Until != (calendar.Date{}) && p.Until.Before(p.From) {
			l.AddError(p.tree.Given["until"], named+".until", "comes before from", "write the first day under from")
		}
		p.Contacts = readContacts(l, p.tree)
		p.CanBeMailed = slices.ContainsFunc(p.Contacts, OncallContact.TakesMessages)
		if p.Handle != "" {
			c.Oncall.noteFields(p.tree, "person", p.Handle)
			c.Oncall.Mentions[p.Handle] = append(c.Oncall.Mentions[p.Handle], p.tree.Given["handle"].Line)
			out = append(out, p)
		}
	}
	return out
}

// channels are the ways to reach somebody. Mail and webhook take messages; the others only pages.
var channels = []string{"mail", "webhook", "slack", "ntfy", "sms"}

// TakesMessages tells whether messages are sent by this contact.
func (c OncallContact) TakesMessages() bool { return c.Channel == "mail" || c.Channel == "webhook" }

const contactExample = "write `- {mail: ada@example.org}`"

// readContacts reads the contacts of a person: each is a channel with its address, which no message shows.
func readContacts(l *schema.Loader, t *tree) []OncallContact {
	var out []OncallContact
	for i, n := range schema.ReadListNodes(l, t, "contacts", contactExample) {
		named := fmt.Sprintf("%scontacts[%d]", t.Prefix, i)
		if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
			l.AddError(schema.PositionOf(n), named, "must hold one channel with its address", contactExample)
			continue
		}
		channel, address := n.Content[0], schema.FollowAliases(n.Content[1])
		if !slices.Contains(channels, channel.Value) {
			l.AddError(schema.PositionOf(channel), named+"."+schema.PresentableKey(channel.Value), "is no channel",
				"known are "+strings.Join(channels, ", "))
			continue
		}
		v, ok := l.ScalarValue(named+"."+channel.Value, "text", address)
		if !ok {
			continue
		}
		if hint := addressFault(channel.Value, v.Text); hint != "" {
			l.AddError(v.At, v.Key, "is no address of "+channel.Value, hint)
			continue
		}
		out = append(out, OncallContact{channel.Value, schema.NewSecret(v.Text)})
	}
	return out
}

// addressFault tells how the address of a channel is written, "" where it is; it never shows the address.
func addressFault(channel, text string) (hint string) {
	switch channel {
	case "mail":
		if a, err := mail.ParseAddress(text); err != nil || a.Address != text {
			return "write it like ada@example.org"
		}
	case "sms":
		if !phoneForm.MatchString(text) {
			return "write the number with its country: +33612345678"
		}
	default:
		u, err := url.Parse(text)
		isControl := strings.ContainsFunc(text, unicode.IsControl)
		if err != nil || isControl || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
			return "begin with https:// or http:// and a host"
		}
	}
	return ""
}

var phoneForm = regexp.MustCompile(`^\+[1-9]\d{6,14}$`)

// placePeople gives persons their zone, that of the first rota of the file that names them where they have none of
// their own, and with it the instants of their dates.
func placePeople(l *schema.Loader, c *Config, people []*personEntry) {
	for _, p := range people {
		zone := p.rules.Calendar.TimeZone
		for _, r := range c.Oncall.Rotas {
			if zone == "" && namesPerson(r, p.Handle) {
				zone = r.Versions[0].Zone.String()
			}
		}
		if zone == "" {
			zone = c.Oncall.TimeZone
		}
		if zone == "" {
			schema.ReportMissing(l, p.tree, "zone",
				"no rota names this person: name a zone such as Europe/Paris, or set "+
					"calendar.time_zone")
			continue
		}
		p.rules.Calendar.TimeZone = zone
		c.Oncall.People = append(c.Oncall.People, p.withCalendar())
	}
}

func namesPerson(r oncall.Rota, handle string) bool {
	return slices.ContainsFunc(r.Versions, func(v oncall.Version) bool { return slices.Contains(v.People, handle) })
}

// withCalendar fills in what follows from the calendar of the entry.
func (p *personEntry) withCalendar() OncallPerson {
	out, days := p.OncallPerson, p.rules.Calendar
	out.Zone, _ = time.LoadLocation(days.TimeZone) // the reader of the key refuses one that is not known
	out.Region = days.Region
	out.HoursFrom, out.HoursTo = int(days.Start/time.Second), int(days.End/time.Second)
	out.Holiday = plan.HolidaysOf(days.Region)
	out.DayOff = func(d calendar.Date) bool { return slices.Contains(days.DaysOff, d) }
	out.Joins, out.Leaves = oncall.Employment(out.From, out.Until, out.Zone)
	return out
}
