package plan

import (
	"cmp"
	"crypto/sha256"
	"crypto/subtle"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/pay"
)

// File is the section `oncall`, with defaults in place of what is not set.
type File struct {
	Rotas    []oncall.Rota     // in the order of the file
	People   []oncall.Person   // in the order of the file
	Logins   map[string]string // login → handle
	Policies []pay.Policy
	Rest     time.Duration
	Notice   civil.Period
	Keep     Keep
	Sources  []Source
	Teams    []Team         // those of `projects`, in their order
	Zone     *time.Location // of what belongs to no rota and no team
}

// Keep is how long what grows is kept; 0 is for ever.
type Keep struct {
	Events     time.Duration // raw events, after they were understood or set aside
	Statements time.Duration // frozen months
}

// Team is a team of `projects`, as on-call knows it.
type Team struct {
	Name string
	Zone *time.Location
}

// Kind is the form in which a source sends alerts.
type Kind string

// The kinds of sources.
const (
	Alertmanager Kind = "alertmanager"
	Generic      Kind = "generic"
)

// Source is what sends alerts to /hooks/{name}.
type Source struct {
	Name    string
	Kind    Kind
	Secrets []SecretHash // more than one while it is being changed
	Team    string       // whose alerts they are; "" where Label says
	Label   string       // the label that names the team
}

// SecretHash is what is held of a secret: it cannot be shown by mistake.
type SecretHash [sha256.Size]byte

// NewSecretHash makes the hash of a secret.
func NewSecretHash(secret string) SecretHash { return sha256.Sum256([]byte(secret)) }

// Accepts tells whether a secret is one of the source, in a time that does not depend on where it differs.
func (s Source) Accepts(secret string) bool {
	told := NewSecretHash(secret)
	accepted := 0
	for _, own := range s.Secrets {
		accepted |= subtle.ConstantTimeCompare(own[:], told[:])
	}
	return accepted == 1
}

// HandleOf returns the handle of who is logged in, "" for nobody of on-call.
func (f File) HandleOf(login string) string {
	if login == "" {
		return ""
	}
	return f.Logins[login]
}

// TeamsWith lists the teams of the rotas that a person stands in, in any version of them.
func (f File) TeamsWith(handle string) []string {
	var teams []string
	for _, r := range f.Rotas {
		for _, v := range r.Versions {
			if slices.Contains(v.People, handle) && !slices.Contains(teams, v.Team) {
				teams = append(teams, v.Team)
			}
		}
	}
	return teams
}

// TeamNamed returns a team; false where there is none of that name.
func (f File) TeamNamed(name string) (Team, bool) {
	for _, t := range f.Teams {
		if t.Name == name {
			return t, true
		}
	}
	return Team{}, false
}

// ZoneOfTeam returns the zone on whose clock a team's days begin: the file's for a team without one, UTC where neither
// says any.
func (f File) ZoneOfTeam(name string) *time.Location {
	if t, isKnown := f.TeamNamed(name); isKnown && t.Zone != nil {
		return t.Zone
	}
	return cmp.Or(f.Zone, time.UTC)
}

// SourceNamed returns a source; false where there is none of that name.
func (f File) SourceNamed(name string) (Source, bool) {
	for _, s := range f.Sources {
		if s.Name == name {
			return s, true
		}
	}
	return Source{}, false
}

// HolidaysOf returns the holidays of a region, nil for none. A region that no table knows has none.
func HolidaysOf(region string) func(calendar.Date) bool {
	isHoliday, err := calendar.Holidays(region)
	if region == "" || err != nil {
		return nil
	}
	return func(d calendar.Date) bool { return isHoliday(d.Year, d.Month, d.Day) }
}
