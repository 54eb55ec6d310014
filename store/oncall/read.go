package oncall

import (
	"context"
	"time"

	duty "jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/intake"
	"jerem/oncall/risk"
	"jerem/oncall/roster"
)

// readState reads all that is kept.
func readState(ctx context.Context, tx transaction) (roster.State, error) {
	var s roster.State
	for _, read := range []func(context.Context, transaction, *roster.State) error{
		readRotas, readPeople, readClock, readChanges, readAbsences, readAlerts, readCallouts, readDecisions,
		readFrozen, readForgotten,
	} {
		if err := read(ctx, tx, &s); err != nil {
			return roster.State{}, err
		}
	}
	return s, nil
}

func readRotas(ctx context.Context, tx transaction, s *roster.State) error {
	place := map[string]int{}
	err := tx.eachRow(ctx, `SELECT name, until FROM rota ORDER BY place`, func(scan func(...any) error) error {
		var r duty.Rota
		err := scan(&r.Name, date{&r.Until})
		place[r.Name] = len(s.Kept.Rotas)
		s.Kept.Rotas = append(s.Kept.Rotas, r)
		return err
	})
	if err != nil {
		return err
	}
	err = tx.eachRow(ctx, `SELECT rota, first, handover, every, people, coverage, zone, team, level, region
		FROM rota_version ORDER BY rota, first`, func(scan func(...any) error) error {
		var rota, every string
		var v duty.Version
		if err := scan(&rota, date{&v.From}, &v.Handover, &every, list{&v.People}, list{&v.Coverage}, zone{&v.Zone},
			&v.Team, &v.Level, &v.Region); err != nil {
			return err
		}
		period, err := civil.ParsePeriod(every)
		v.Every = period
		of := &s.Kept.Rotas[place[rota]]
		of.Versions = append(of.Versions, v)
		return err
	})
	if err != nil {
		return err
	}
	return tx.eachRow(ctx, `SELECT rota, first, at FROM version_read ORDER BY rota, first`,
		func(scan func(...any) error) error {
			var r duty.VersionRead
			err := scan(&r.Rota, date{&r.From}, moment{&r.At})
			s.Kept.Read = append(s.Kept.Read, r)
			return err
		})
}

func readPeople(ctx context.Context, tx transaction, s *roster.State) error {
	err := tx.eachRow(ctx, `SELECT handle, zone, hours_from, hours_to, first, last, joins, leaves FROM person
		ORDER BY handle`, func(scan func(...any) error) error {
		var p duty.Person
		err := scan(&p.Handle, zone{&p.Zone}, &p.HoursFrom, &p.HoursTo, date{&p.From}, date{&p.Until},
			moment{&p.Joins}, moment{&p.Leaves})
		s.Kept.People = append(s.Kept.People, p)
		return err
	})
	if err != nil {
		return err
	}
	return tx.eachRow(ctx, `SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'kept'`,
		func(scan func(...any) error) error { return scan(moment{&s.Kept.At}) })
}

func readClock(ctx context.Context, tx transaction, s *roster.State) error {
	return tx.eachRow(ctx, `SELECT name, CAST(value AS BIGINT) FROM meta WHERE name IN ($1, $2) AND value <> '0'`,
		func(scan func(...any) error) error {
			var name string
			var seconds int64
			err := scan(&name, &seconds)
			if name == metaClockLast {
				s.Clock.Last = time.Unix(seconds, 0).UTC()
			} else {
				s.Clock.Told = time.Duration(seconds) * time.Second
			}
			return err
		}, metaClockLast, metaClockTold)
}

func readChanges(ctx context.Context, tx transaction, s *roster.State) error {
	return tx.eachRow(ctx, `SELECT id, seq, exchange, kind, rota, begins, ends, giver, taker, state, asked, asked_by,
		answered, answered_by, cancelled, cancelled_from, reason FROM change ORDER BY id`,
		func(scan func(...any) error) error {
			var c duty.Change
			err := scan(&c.ID, &c.Seq, &c.Group, &c.Kind, &c.Rota, moment{&c.Start}, moment{&c.End}, &c.From, &c.To,
				&c.State, moment{&c.Asked}, &c.AskedBy, moment{&c.Answered}, &c.AnsweredBy, moment{&c.CancelledAt},
				moment{&c.CancelledFrom}, &c.Reason)
			s.Changes = append(s.Changes, c)
			return err
		})
}

func readAbsences(ctx context.Context, tx transaction, s *roster.State) error {
	return tx.eachRow(ctx, `SELECT id, person, first, last, ended FROM absence ORDER BY id`,
		func(scan func(...any) error) error {
			var a risk.Absence
			var hasEnded int
			err := scan(&a.ID, &a.Person, date{&a.From}, date{&a.To}, &hasEnded)
			s.LastAbsence = a.ID
			if hasEnded == 0 {
				s.Absences = append(s.Absences, a)
			}
			return err
		})
}

func readAlerts(ctx context.Context, tx transaction, s *roster.State) error {
	return tx.eachRow(ctx, `SELECT id, source, pager_id, fingerprint, rule, service, severity, team, first, last,
		acknowledged, resolved, events FROM alert ORDER BY id`, func(scan func(...any) error) error {
		var a intake.Alert
		err := scan(&a.ID, &a.Source, &a.PagerID, &a.Fingerprint, &a.Rule, &a.Service, &a.Severity, &a.Team,
			moment{&a.First}, moment{&a.Last}, moment{&a.Acknowledged}, moment{&a.Resolved}, list{&a.Events})
		s.Alerts = append(s.Alerts, a)
		return err
	})
}

func readCallouts(ctx context.Context, tx transaction, s *roster.State) error {
	return tx.eachRow(ctx, `SELECT id, team, rota, level, person, started, acknowledged, ended, touches, alerts, issue,
		verdict, reason, origin, confirmed FROM callout ORDER BY id`, func(scan func(...any) error) error {
		var c intake.Callout
		err := scan(&c.ID, &c.Team, &c.Rota, &c.Level, &c.Person, moment{&c.Started}, moment{&c.Acknowledged},
			moment{&c.Ended}, list{&c.Touches}, list{&c.Alerts}, &c.Issue, &c.Verdict, &c.Reason, &c.Origin,
			&c.Confirmed)
		s.Callouts = append(s.Callouts, c)
		return err
	})
}

func readDecisions(ctx context.Context, tx transaction, s *roster.State) error {
	return tx.eachRow(ctx, `SELECT id, team, rule, kind, review, at, made_by FROM decision ORDER BY id`,
		func(scan func(...any) error) error {
			var d roster.Decision
			err := scan(&d.ID, &d.Team, &d.Rule, &d.Kind, date{&d.Review}, moment{&d.At}, &d.By)
			s.Decisions = append(s.Decisions, d)
			return err
		})
}

func readFrozen(ctx context.Context, tx transaction, s *roster.State) error {
	place := map[civil.Month]int{}
	err := tx.eachRow(ctx, `SELECT month, at, frozen_by FROM frozen_month ORDER BY month`,
		func(scan func(...any) error) error {
			var f roster.FrozenMonth
			err := scan(month{&f.Month}, moment{&f.At}, &f.By)
			place[f.Month] = len(s.Frozen)
			s.Frozen = append(s.Frozen, f)
			return err
		})
	if err != nil {
		return err
	}
	return tx.eachRow(ctx, `SELECT month, person, currency, body FROM statement ORDER BY month, place`,
		func(scan func(...any) error) error {
			var m civil.Month
			var f roster.FrozenStatement
			var body string
			if err := scan(month{&m}, &f.Person, &f.Currency, &body); err != nil {
				return err
			}
			f.Body = []byte(body)
			of := &s.Frozen[place[m]]
			of.Statements = append(of.Statements, f)
			return nil
		})
}

func readForgotten(ctx context.Context, tx transaction, s *roster.State) error {
	s.NotAdjusted = map[string]civil.Month{}
	if err := tx.eachRow(ctx, `SELECT value FROM meta WHERE name = 'statements_from'`,
		func(scan func(...any) error) error {
			return scan(month{&s.Dropped})
		}); err != nil {
		return err
	}
	return tx.eachRow(ctx, `SELECT handle, month FROM forgotten`, func(scan func(...any) error) error {
		var handle string
		var m civil.Month
		err := scan(&handle, month{&m})
		s.NotAdjusted[handle] = m
		return err
	})
}
