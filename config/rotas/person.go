package rotas

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"jerem/calendar"
	"jerem/config/schema"
	"jerem/oncall"
	"jerem/oncall/plan"
)

var personTable = schema.NewTable([]key{
	handleKey("handle"),
	schema.TimeZoneKey("zone", calendarOf),
	schema.RegionKey("region", calendarOf),
	schema.HoursKey("hours", calendarOf),
	schema.DaysOffKey("days_off", calendarOf),
	schema.FilledKey("login", func(t *target) *string { return &t.person.Login }),
	schema.FilledKey("payroll", func(t *target) *string { return &t.person.Payroll }),
	{Name: "contacts", What: "a list"},
	schema.DateKey("from", func(t *target) *calendar.Date { return &t.person.From }),
	schema.DateKey("until", func(t *target) *calendar.Date { return &t.person.Until }),
})

const personExample = "write `- {handle: ada, login: ada@example.org}`"

// personEntry is an entry of oncall.people before it is known which zone the rotas give it.
type personEntry struct {
	Person
	calendar calendar.Config
	tree     *tree
}

// handleForm is what a handle of at most longestHandle letters may be: it stands in addresses, files and messages. A
// bound of its own would have the expression hold every letter that there is forty times over.
var handleForm = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._-]*$`)

const longestHandle = 40

func isHandle(s string) bool {
	return utf8.RuneCountInString(s) <= longestHandle && handleForm.MatchString(s)
}

func handleKey(name string) key {
	return key{Name: name, What: "text", Filled: true, Set: func(t *target, v schema.Value, bad schema.Report) {
		if !isHandle(v.Text) {
			bad(v, schema.QuoteValue(v)+" is no handle",
				"write at most 40 letters, digits, dots, dashes and underscores: ada")
			return
		}
		t.person.Handle = v.Text
	}}
}

// readPeople reads the entries of oncall.people, each with the calendar of the file where it has none of its own.
func readPeople(l *schema.Loader, c *reader) []*personEntry {
	var out []*personEntry
	handles, logins := map[string]int{}, map[string]int{}
	for i, n := range c.file.Lists("oncall.people", personExample) {
		named := fmt.Sprintf("oncall.people[%d]", i)
		p := &personEntry{calendar: c.file.Calendar}
		p.calendar.TimeZone = ""
		to := &target{section: c.section, calendar: &p.calendar, person: &p.Person}
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
		p.CanBeMailed = slices.ContainsFunc(p.Contacts, Contact.TakesMessages)
		if p.Handle != "" {
			c.section.noteFields(p.tree, "person", p.Handle)
			c.section.Mentions[p.Handle] = append(c.section.Mentions[p.Handle], p.tree.Given["handle"].Line)
			out = append(out, p)
		}
	}
	return out
}

// channels are the ways to reach somebody. Mail and webhook take messages; the others only pages.
var channels = []string{"mail", "webhook", "slack", "ntfy", "sms"}

// TakesMessages tells whether messages are sent by this contact.
func (c Contact) TakesMessages() bool { return c.Channel == "mail" || c.Channel == "webhook" }

const contactExample = "write `- {mail: ada@example.org}`"

// readContacts reads the contacts of a person: each is a channel with its address, which no message shows.
func readContacts(l *schema.Loader, t *tree) []Contact {
	var out []Contact
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
		if hint := schema.AddressFault(channel.Value, v.Text); hint != "" {
			l.AddError(v.At, v.Key, "is no address of "+channel.Value, hint)
			continue
		}
		out = append(out, Contact{channel.Value, schema.NewSecret(v.Text)})
	}
	return out
}

// placePeople gives persons their zone, that of the first rota of the file that names them where they have none of
// their own, and with it the instants of their dates.
func placePeople(l *schema.Loader, c *reader, people []*personEntry) {
	for _, p := range people {
		zone := p.calendar.TimeZone
		for _, r := range c.section.Rotas {
			if zone == "" && namesPerson(r, p.Handle) {
				zone = r.Versions[0].Zone.String()
			}
		}
		if zone == "" {
			zone = c.section.TimeZone
		}
		if zone == "" {
			schema.ReportMissing(l, p.tree, "zone",
				"no rota names this person: name a zone such as Europe/Paris, or set "+
					"calendar.time_zone")
			continue
		}
		p.calendar.TimeZone = zone
		c.section.People = append(c.section.People, p.withCalendar())
	}
}

func namesPerson(r oncall.Rota, handle string) bool {
	return slices.ContainsFunc(r.Versions, func(v oncall.Version) bool { return slices.Contains(v.People, handle) })
}

// withCalendar fills in what follows from the calendar of the entry.
func (p *personEntry) withCalendar() Person {
	out, days := p.Person, p.calendar
	out.Zone, _ = time.LoadLocation(days.TimeZone) // the reader of the key refuses one that is not known
	out.Region = days.Region
	out.HoursFrom, out.HoursTo = int(days.Start/time.Second), int(days.End/time.Second)
	out.Holiday = plan.HolidaysOf(days.Region)
	out.DayOff = func(d calendar.Date) bool { return slices.Contains(days.DaysOff, d) }
	out.Joins, out.Leaves = oncall.Employment(out.From, out.Until, out.Zone)
	return out
}
