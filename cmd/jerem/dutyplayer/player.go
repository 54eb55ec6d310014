package dutyplayer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jerem/oncall"
	"jerem/oncall/roster"
	"jerem/sim/world/duty"
)

// Player plays acts in order of time, each once.
type Player struct {
	roster  *roster.Roster
	events  roster.Events
	teams   []string
	acts    []duty.Act
	changes map[int]int64    // the change that an act asked for
	alerts  map[int]duty.Act // how an alert fired, by the number of the act
}

// New makes a player. The teams are those of the configuration: the company's people see them all.
func New(acts []duty.Act, r *roster.Roster, events roster.Events, teams []string) *Player {
	return &Player{roster: r, events: events, teams: teams, acts: acts, changes: map[int]int64{},
		alerts: map[int]duty.Act{}}
}

// PlayUntil plays the acts up to a moment, that moment included, and returns what was refused. The error is that of the
// store.
func (p *Player) PlayUntil(ctx context.Context, at time.Time) (refused []error, err error) {
	for len(p.acts) > 0 && !p.acts[0].At.After(at) {
		act := p.acts[0]
		err := p.playAct(ctx, act)
		switch {
		case err == nil:
		case roster.RefusalOf(err) != nil || errors.Is(err, errNotThere):
			refused = append(refused, fmt.Errorf("act %d at %s, %s by %q: %w", act.N, act.At.Format(time.RFC3339),
				act.Kind, act.By, err))
		default:
			return refused, err
		}
		p.acts = p.acts[1:]
	}
	return refused, nil
}

// errNotThere says that what an act is about was refused before.
var errNotThere = errors.New("what it is about is not there")

// playAct plays one act.
func (p *Player) playAct(ctx context.Context, a duty.Act) error {
	switch a.Kind {
	case duty.Fire:
		p.alerts[a.N] = a
		return p.postAlert(ctx, a, a, "firing")
	case duty.Resolve:
		return p.postAlert(ctx, p.alerts[a.Of], a, "resolved")
	case duty.Confirm:
		if fired := p.alerts[a.Of]; fired.Person != "" {
			return p.postAlert(ctx, fired, a, "acknowledged")
		}
	}
	return p.roster.Decide(ctx, a.At.UTC(), func(v *roster.View) (roster.Writes, error) { return p.decideAct(v, a) })
}

// actorOf is who acts: a person of a rota, or one of those who act for others.
func (p *Player) actorOf(v *roster.View, by string) roster.Actor {
	actor := roster.Actor{Login: by, Teams: p.teams, Source: "played", Operator: by == duty.Operator,
		Pay: by == duty.Treasurer}
	if !actor.Operator && !actor.Pay {
		actor.Handle = by
	}
	for login, handle := range v.File.Logins {
		if handle == actor.Handle {
			actor.Login = login
		}
	}
	return actor
}

// answers are the answers to a request, by the act.
var answers = map[duty.Kind]roster.AnswerChange{duty.Accept: roster.AcceptChange, duty.Decline: roster.DeclineChange,
	duty.Withdraw: roster.WithdrawChange, duty.CancelRest: roster.CancelChange}

func (p *Player) decideAct(v *roster.View, a duty.Act) (roster.Writes, error) {
	actor := p.actorOf(v, a.By)
	switch a.Kind {
	case duty.Ask:
		rows, writes, err := roster.AskChange(v, actor, requestOf(a))
		if err == nil {
			p.changes[a.N] = rows[0].ID
		}
		return writes, err
	case duty.Accept, duty.Decline, duty.Withdraw, duty.CancelRest:
		id, ok := p.changes[a.Of]
		if !ok {
			return roster.Writes{}, errNotThere
		}
		_, writes, err := roster.Answer(v, actor, answers[a.Kind], id, a.Kind == duty.CancelRest)
		return writes, err
	case duty.Absent:
		return addAbsence(v, actor, a)
	case duty.DecideRule:
		_, writes, err := roster.Decide(v, actor, roster.Decision{Team: a.Team, Rule: a.Rule,
			Kind: roster.DecisionKind(a.Decision), Review: dateOf(a.Review)})
		return writes, err
	case duty.Freeze:
		month, err := roster.ParseMonth(a.Month)
		if err != nil {
			return roster.Writes{}, err
		}
		_, writes, err := roster.Freeze(v, actor, month)
		return writes, err
	}
	return p.decideCallout(v, actor, a)
}

// requestOf is what somebody asks for. A take from now on is left its default end.
func requestOf(a duty.Act) oncall.Request {
	q := oncall.Request{Kind: oncall.Kind(a.Change), Rota: a.Rota, To: a.To, From: a.Giver,
		Reason: oncall.Reason(a.Reason)}
	if q.Kind != oncall.Take || a.Start.After(a.At) {
		q.Start, q.End = a.Start, a.End
	}
	if a.Against != nil {
		side := oncall.Side{Rota: a.Against.Rota}
		side.Start, side.End = a.Against.Start, a.Against.End
		q.Against = &side
	}
	return q
}
