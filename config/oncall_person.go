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
	"jerem/oncall"
	"jerem/oncall/plan"
)

var personTable = newTable([]key{
	handleKey("handle"),
	timeZoneKey("zone"),
	regionKey("region"),
	hoursKey("hours"),
	daysOffKey("days_off"),
	filledKey("login", func(t *target) *string { return &t.oncall.person.Login }),
	filledKey("payroll", func(t *target) *string { return &t.oncall.person.Payroll }),
	{name: "contacts", what: "a list"},
	dateKey("from", func(t *target) *calendar.Date { return &t.oncall.person.From }),
	dateKey("until", func(t *target) *calendar.Date { return &t.oncall.person.Until }),
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
	return key{name: name, what: "text", filled: true, set: func(t *target, v value, bad say) {
		if !handleForm.MatchString(v.text) {
			bad(v, quoteValue(v)+" is no handle", "write at most 40 letters, digits, dots, dashes and underscores: ada")
			return
		}
		t.oncall.person.Handle = v.text
	}}
}

func dateKey(name string, at func(*target) *calendar.Date) key {
	return key{name: name, what: "a date", filled: true, set: func(t *target, v value, bad say) {
		day, err := time.Parse(time.DateOnly, v.text)
		if err != nil {
			bad(v, quoteValue(v)+" is not a date", "write year-month-day: 2026-12-24")
			return
		}
		*at(t) = calendar.DateOf(day, time.UTC)
	}}
}

// readOncallPeople reads the entries of oncall.people, each with the calendar of the file where it has none of its own.
func readOncallPeople(l *loader, top *tree, c *Config, teamRules Rules) []*personEntry {
	var out []*personEntry
	handles, logins := map[string]int{}, map[string]int{}
	for i, n := range readListNodes(l, top, "oncall.people", personExample) {
		named := fmt.Sprintf("oncall.people[%d]", i)
		p := &personEntry{rules: teamRules}
		p.rules.Calendar.TimeZone = ""
		to := &target{config: c, rules: &p.rules, oncall: &oncallEntry{person: &p.OncallPerson}}
		if p.tree = readEntryKeys(l, personTable, named, n, to, personExample); p.tree == nil {
			continue
		}
		requireKeys(l, p.tree, "handle", "the name that the rotas know this person by")
		checkTwice(l, p.tree, "handle", p.Handle, handles, i)
		checkTwice(l, p.tree, "login", p.Login, logins, i)
		if p.From != (calendar.Date{}) && p.Until != (calendar.Date{}) && p.Until.Before(p.From) {
			l.addError(p.tree.given["until"], named+".until", "comes before from", "write the first day under from")
		}
		p.Contacts = readContacts(l, p.tree)
		p.CanBeMailed = slices.ContainsFunc(p.Contacts, OncallContact.TakesMessages)
		if p.Handle != "" {
			c.Oncall.noteFields(p.tree, "person", p.Handle)
			c.Oncall.Mentions[p.Handle] = append(c.Oncall.Mentions[p.Handle], p.tree.given["handle"].line)
			out = append(out, p)
		}
	}
	return out
}

// checkTwice reports a value that another entry of the list has already.
func checkTwice(l *loader, t *tree, field, text string, seen map[string]int, i int) {
	if text == "" {
		return
	}
	if j, taken := seen[text]; taken {
		list := t.prefix[:strings.LastIndexByte(t.prefix, '[')]
		l.addError(t.given[field], t.prefix+field, fmt.Sprintf("is that of %s[%d] too", list, j), "give each its own")
		return
	}
	seen[text] = i
}

// channels are the ways to reach somebody. Mail and webhook take messages; the others only pages.
var channels = []string{"mail", "webhook", "slack", "ntfy", "sms"}

// TakesMessages tells whether messages are sent by this contact.
func (c OncallContact) TakesMessages() bool { return c.Channel == "mail" || c.Channel == "webhook" }

const contactExample = "write `- {mail: ada@example.org}`"

// readContacts reads the contacts of a person: each is a channel with its address, which no message shows.
func readContacts(l *loader, t *tree) []OncallContact {
	var out []OncallContact
	for i, n := range readListNodes(l, t, "contacts", contactExample) {
		named := fmt.Sprintf("%scontacts[%d]", t.prefix, i)
		if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
			l.addError(placeOf(n), named, "must hold one channel with its address", contactExample)
			continue
		}
		channel, address := n.Content[0], followAliases(n.Content[1])
		if !slices.Contains(channels, channel.Value) {
			l.addError(placeOf(channel), named+"."+presentableKey(channel.Value), "is no channel",
				"known are "+strings.Join(channels, ", "))
			continue
		}
		v, ok := l.scalarValue(named+"."+channel.Value, "text", address)
		if !ok {
			continue
		}
		if hint := addressFault(channel.Value, v.text); hint != "" {
			l.addError(v.place, v.key, "is no address of "+channel.Value, hint)
			continue
		}
		out = append(out, OncallContact{channel.Value, NewSecret(v.text)})
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
func placePeople(l *loader, c *Config, people []*personEntry) {
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
			l.reportMissing(p.tree, "zone", "no rota names this person: name a zone such as Europe/Paris, or set "+
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
