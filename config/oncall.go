package config

import (
	"time"

	"go.yaml.in/yaml/v4"

	"jerem/config/rotas"
	"jerem/config/schema"
	"jerem/oncall"
	"jerem/oncall/plan"
)

// readOncall reads the section on call, whose teams were read before.
func readOncall(l *schema.Loader, top *tree, c *Config, teamRules Rules) {
	rotas.Read(l, rotas.File{
		Lists: func(name, example string) []*yaml.Node { return schema.ReadListNodes(l, top, name, example) },
		Teams: c.teamNames(), Calendar: teamRules.Calendar,
	}, &c.Oncall)
	c.SecretInFile = c.SecretInFile || c.Oncall.SecretInFile
}

// HasOncall tells whether the file holds a rota: without one there is no on-call.
func (c *Config) HasOncall() bool { return len(c.Oncall.Rotas) > 0 }

// OncallFile returns the section on call as those who decide take it: without contacts, and with hashes in place of
// secrets. What belongs to no rota is in the zone of calendar.time_zone, else in UTC.
func (c *Config) OncallFile() plan.File {
	o := &c.Oncall
	f := plan.File{Rotas: o.Rotas, Policies: o.Policies, Rest: o.Rest, Notice: o.Notice,
		Keep:   plan.Keep{Events: o.KeepEvents, Statements: o.KeepStatements},
		Logins: map[string]string{}, Zone: zoneOrUTC(o.TimeZone)}
	f.People = make([]oncall.Person, len(o.People))
	for i, p := range o.People {
		f.People[i] = p.Person
		if p.Login != "" {
			f.Logins[p.Login] = p.Handle
		}
	}
	for _, s := range o.Sources {
		f.Sources = append(f.Sources, withoutSecrets(s))
	}
	for _, t := range c.Teams {
		f.Teams = append(f.Teams, plan.Team{Name: t.Name, Zone: zoneOrUTC(t.Calendar.TimeZone)})
	}
	return f
}

func withoutSecrets(s rotas.Source) plan.Source {
	out := plan.Source{Name: s.Name, Kind: plan.Kind(s.Kind), Team: s.Team, Label: s.Label}
	for _, secret := range s.Secrets {
		out.Secrets = append(out.Secrets, plan.NewSecretHash(secret.Reveal()))
	}
	return out
}

// zoneOrUTC returns a zone that the reader of its key knew, and UTC where none is named.
func zoneOrUTC(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return zone
}
