package oncall

import (
	"context"
	"strconv"
	"time"

	duty "jerem/oncall"
	"jerem/oncall/roster"
)

// keepWrites keeps the rows of a decision.
func keepWrites(ctx context.Context, tx transaction, w roster.Writes) error {
	for _, keep := range []func(context.Context, transaction, roster.Writes) error{
		keepPast, keepClock, keepChanges, keepAbsences, keepAlerts, keepCallouts, keepDecisions, keepFrozen,
		keepNotices, keepEventResults, keepJournal,
	} {
		if err := keep(ctx, tx, w); err != nil {
			return err
		}
	}
	return nil
}

func keepPast(ctx context.Context, tx transaction, w roster.Writes) error {
	if w.Kept == nil {
		return nil
	}
	if err := tx.exec(ctx, `INSERT INTO meta (name, value) VALUES ('kept', $1)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, strconv.FormatInt(w.Kept.At.Unix(), 10)); err != nil {
		return err
	}
	for i, r := range w.Kept.Rotas {
		if err := keepRota(ctx, tx, i, r); err != nil {
			return err
		}
	}
	for _, r := range w.Kept.Read {
		if err := tx.exec(ctx, `INSERT INTO version_read (rota, first, at) VALUES ($1, $2, $3)
			ON CONFLICT (rota, first) DO NOTHING`, r.Rota, dateText(r.From), unixOf(r.At)); err != nil {
			return err
		}
	}
	for _, p := range w.Kept.People {
		if err := tx.exec(ctx, `INSERT INTO person (handle, zone, hours_from, hours_to, first, last, joins, leaves)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (handle) DO UPDATE SET zone = excluded.zone, hours_from = excluded.hours_from,
			hours_to = excluded.hours_to, first = excluded.first, last = excluded.last, joins = excluded.joins,
			leaves = excluded.leaves`, p.Handle, p.Zone.String(), p.HoursFrom, p.HoursTo, dateText(p.From),
			dateText(p.Until), unixOf(p.Joins), unixOf(p.Leaves)); err != nil {
			return err
		}
	}
	return nil
}

// keepRota keeps the versions of a rota that began. One that is kept never changes.
func keepRota(ctx context.Context, tx transaction, place int, r duty.Rota) error {
	if err := tx.exec(ctx, `INSERT INTO rota (name, place, until) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET place = excluded.place, until = excluded.until`, r.Name, place,
		dateText(r.Until)); err != nil {
		return err
	}
	for _, v := range r.Versions {
		if err := tx.exec(ctx, `INSERT INTO rota_version (rota, first, handover, every, people, coverage, zone, team,
			level, region) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (rota, first) DO NOTHING`,
			r.Name, dateText(v.From), v.Handover, v.Every.String(), list{v.People}.asJSON(), list{v.Coverage}.asJSON(),
			v.Zone.String(), v.Team, v.Level, v.Region); err != nil {
			return err
		}
	}
	return nil
}

// keepClock keeps what is known of a clock that is doubted, in whole seconds; 0 for nothing.
func keepClock(ctx context.Context, tx transaction, w roster.Writes) error {
	if w.Clock == nil {
		return nil
	}
	var last int64
	if w.Clock.IsDoubted() {
		last = w.Clock.Last.Unix()
	}
	for name, seconds := range map[string]int64{metaClockLast: last,
		metaClockTold: int64(w.Clock.Told / time.Second)} {
		if err := tx.exec(ctx, `INSERT INTO meta (name, value) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name,
			strconv.FormatInt(seconds, 10)); err != nil {
			return err
		}
	}
	return nil
}

// The names of what is known of a clock that is doubted.
const (
	metaClockLast = "clock_last"
	metaClockTold = "clock_told"
)

func keepChanges(ctx context.Context, tx transaction, w roster.Writes) error {
	for _, c := range w.Changes {
		if err := tx.exec(ctx, `INSERT INTO change (id, seq, exchange, kind, rota, begins, ends, giver, taker, state,
			asked, asked_by, answered, answered_by, cancelled, cancelled_from, reason)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
			ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, taker = excluded.taker, state = excluded.state,
			answered = excluded.answered, answered_by = excluded.answered_by, cancelled = excluded.cancelled,
			cancelled_from = excluded.cancelled_from`, c.ID, c.Seq, c.Group, string(c.Kind), c.Rota, unixOf(c.Start),
			unixOf(c.End), c.From, c.To, string(c.State), unixOf(c.Asked), c.AskedBy, unixOf(c.Answered), c.AnsweredBy,
			unixOf(c.CancelledAt), unixOf(c.CancelledFrom), string(c.Reason)); err != nil {
			return err
		}
	}
	return nil
}

func keepAbsences(ctx context.Context, tx transaction, w roster.Writes) error {
	for _, a := range w.Absences {
		if err := tx.exec(ctx, `INSERT INTO absence (id, person, first, last, ended) VALUES ($1, $2, $3, $4, 0)`,
			a.ID, a.Person, dateText(a.From), dateText(a.To)); err != nil {
			return err
		}
	}
	for _, id := range w.AbsencesEnded {
		if err := tx.exec(ctx, `UPDATE absence SET ended = 1 WHERE id = $1`, id); err != nil {
			return err
		}
	}
	return nil
}

func keepAlerts(ctx context.Context, tx transaction, w roster.Writes) error {
	for _, a := range w.Alerts {
		if err := tx.exec(ctx, `INSERT INTO alert (id, source, pager_id, fingerprint, rule, service, severity, team,
			first, last, acknowledged, resolved, events)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
			ON CONFLICT (id) DO UPDATE SET last = excluded.last, acknowledged = excluded.acknowledged,
			resolved = excluded.resolved, events = excluded.events`, a.ID, a.Source, a.PagerID, a.Fingerprint, a.Rule,
			a.Service, a.Severity, a.Team, unixOf(a.First), unixOf(a.Last), unixOf(a.Acknowledged), unixOf(a.Resolved),
			list{a.Events}.asJSON()); err != nil {
			return err
		}
	}
	return nil
}

func keepCallouts(ctx context.Context, tx transaction, w roster.Writes) error {
	for _, c := range w.Callouts {
		if err := tx.exec(ctx, `INSERT INTO callout (id, team, rota, level, person, started, acknowledged, ended,
			touches, alerts, issue, verdict, reason, origin, confirmed)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
			ON CONFLICT (id) DO UPDATE SET rota = excluded.rota, level = excluded.level, started = excluded.started,
			acknowledged = excluded.acknowledged, ended = excluded.ended, touches = excluded.touches,
			alerts = excluded.alerts, issue = excluded.issue, verdict = excluded.verdict, reason = excluded.reason,
			confirmed = excluded.confirmed`, c.ID, c.Team, c.Rota, c.Level, c.Person, unixOf(c.Started),
			unixOf(c.Acknowledged), unixOf(c.Ended), list{c.Touches}.asJSON(), list{c.Alerts}.asJSON(), c.Issue,
			string(c.Verdict), string(c.Reason), string(c.Origin), boolInt(c.Confirmed)); err != nil {
			return err
		}
	}
	return nil
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func keepDecisions(ctx context.Context, tx transaction, w roster.Writes) error {
	for _, d := range w.Decisions {
		if err := tx.exec(ctx, `INSERT INTO decision (id, team, rule, kind, review, at, made_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, d.ID, d.Team, d.Rule, string(d.Kind), dateText(d.Review),
			unixOf(d.At), d.By); err != nil {
			return err
		}
	}
	return nil
}

// keepFrozen freezes a month. One that is frozen cannot be frozen again: its key stands.
func keepFrozen(ctx context.Context, tx transaction, w roster.Writes) error {
	if w.Frozen == nil {
		return nil
	}
	name := w.Frozen.Month.String()
	if err := tx.exec(ctx, `INSERT INTO frozen_month (month, at, frozen_by) VALUES ($1, $2, $3)`, name,
		unixOf(w.Frozen.At), w.Frozen.By); err != nil {
		return err
	}
	for i, f := range w.Frozen.Statements {
		if err := tx.exec(ctx, `INSERT INTO statement (month, place, person, currency, body)
			VALUES ($1, $2, $3, $4, $5)`, name, i, f.Person, f.Currency, string(f.Body)); err != nil {
			return err
		}
	}
	return nil
}

// keepNotices keeps messages that are due; the same one twice is kept once.
func keepNotices(ctx context.Context, tx transaction, w roster.Writes) error {
	for _, n := range w.Notices {
		if err := tx.exec(ctx, `INSERT INTO notice (id, person, kind, change_id, due)
			SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4 FROM notice WHERE true
			ON CONFLICT (person, kind, change_id, due) DO NOTHING`, n.Person, string(n.Kind), n.Change,
			unixOf(n.Due)); err != nil {
			return err
		}
	}
	return nil
}

func keepEventResults(ctx context.Context, tx transaction, w roster.Writes) error {
	for _, r := range w.EventsFinished {
		if err := tx.exec(ctx, `UPDATE event SET finished = $1, why = $2, cause = $3 WHERE id = $4`, unixOf(r.At),
			r.Why, string(r.Cause), r.ID); err != nil {
			return err
		}
	}
	return nil
}

func keepJournal(ctx context.Context, tx transaction, w roster.Writes) error {
	for _, e := range w.Journal {
		if err := tx.exec(ctx, `INSERT INTO journal (id, at, who, what, source, args)
			SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5 FROM journal`, unixOf(e.At), e.Who, e.What, e.Source,
			e.Args); err != nil {
			return err
		}
	}
	return nil
}
