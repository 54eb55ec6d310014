package serving

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"jerem/access"
	"jerem/bot"
	"jerem/cmd/jerem/build"
	"jerem/cmd/jerem/setup"
	"jerem/config"
	"jerem/memlimit"
	"jerem/priority"
	"jerem/problem"
	"jerem/store"
	"jerem/web"
	"jerem/web/guard"
	"jerem/web/source"
)

// Serve is the command that reads, posts and shows pages until it is stopped.
type Serve struct {
	Listen string `help:"{serve_listen}" placeholder:"ADDR"`
	Clock  string `help:"The moment at which this clock stands, for tests." hidden:"" placeholder:"TIME"`
	// Ahead plays a machine whose clock is wrong. What is on call goes by --clock, or by the store.
	Ahead time.Duration `help:"How far ahead the clock of this machine is, for tests." hidden:"" placeholder:"D"`
}

// Run reads, posts and serves until it is stopped.
func (s Serve) Run(e *setup.Environment) error {
	if s.Listen != "" {
		if err := checkListenFlag(s.Listen); err != nil {
			return err
		}
	}
	o, err := e.OpenServing(e.Ctx)
	if err != nil {
		return err
	}
	defer o.Store.Close()
	if s.Listen != "" {
		o.Config.Server.Listen, o.Config.Server.ListenKey = s.Listen, "--listen"
	}
	if err := CheckListenAddress(o); err != nil {
		return err
	}
	if s.Ahead != 0 {
		o.Bot.Now = func() time.Time { return time.Now().Add(s.Ahead) }
		o.Reader.Now = o.Bot.Now
	}
	now, err := standingClock(s.Clock, o.Config.Server.Listen, o.Store.Sharing.Clock(time.Now))
	if err != nil {
		return err
	}
	return servePages(e, o, onCallPlan{now: now}, nil)
}

// checkListenFlag refuses what is no address to listen on.
func checkListenFlag(text string) error {
	if config.IsHostPort(text) {
		return nil
	}
	return setup.UsageError{Err: fmt.Errorf("--listen %q is not host:port: write 127.0.0.1:8080, or :8080 for all "+
		"interfaces", text)}
}

// ServePages opens the pages and runs the loop beside them. ready is told the address once it is open.
func ServePages(e *setup.Environment, o *setup.Instance, ready func(address string)) error {
	return servePages(e, o, onCallPlan{now: time.Now}, ready)
}

// servePages opens the pages and runs the loop beside them. The plan's clock is that of digests too, which go by our
// time and not by Jira's.
func servePages(e *setup.Environment, o *setup.Instance, plan onCallPlan, ready func(address string)) error {
	listener, err := setup.OpenListener(e.Ctx, o.Config.Server.Listen,
		orDefault(o.Config.Server.ListenKey, "server.listen"))
	if err != nil {
		return err
	}
	visitors, closeVisitors, err := openAccess(e.Ctx, o)
	if err != nil {
		_ = listener.Close()
		return err
	}
	defer closeVisitors()
	secured, err := openCertificate(o)
	if err != nil {
		_ = listener.Close()
		return err
	}
	scheme := "http"
	if secured != nil {
		scheme = "https"
	}
	address := scheme + "://" + listener.Addr().String() + "/"
	o.Log.Info("pages are open", "address", address)
	settle, unfollow := memlimit.Follow()
	defer unfollow()
	ctx, stop := context.WithCancel(e.Ctx)
	defer stop()
	duty, err := openOnCall(ctx, o, plan)
	if err != nil {
		_ = listener.Close()
		return err
	}
	defer duty.close()
	defer stop()
	digestsEnded, err := startDigests(ctx, o, plan.now)
	if err != nil {
		_ = listener.Close()
		return err
	}
	defer func() { stop(); digestsEnded() }()
	o.Reader.Progress = o.Bot.Live.Progressed
	viewers := &priority.Viewers{}
	o.Bot.Computed.GiveWay = viewers.GiveWay
	var loop sync.WaitGroup
	checked := make(chan struct{})
	loop.Go(func() {
		o.WarnIfMoved()
		close(checked)
		err := viewers.GiveWayAtStart(ctx)
		settle()
		if err == nil {
			err = o.Bot.Run(ctx, o.Config.Runner.Period)
		}
		if err != nil && ctx.Err() == nil {
			o.Log.Error("the loop ended", "error", err)
		}
	})
	if ready != nil {
		ready(address)
	}
	options := webOptions(o, visitors)
	options.Ended, options.OnCall, options.OnCallLinks = ctx.Done(), duty.api, duty.links
	options.Live = func() source.Live { return liveState(o, duty.health) }
	options.Collectors = append(options.Collectors, duty.collectors...)
	options.OnCallCalendars, options.Answering = duty.calendars, viewers.Enter
	proxy := access.Proxy{Trusted: o.Config.Access.Trusted}
	served := withHooks(o, web.New(options), proxy.ClientAddress)
	loop.Go(func() { loadAhead(ctx, o, checked) })
	err = setup.ServeTLS(ctx, listener, served, secured, o.Log)
	if ctx.Err() != nil {
		o.Log.Info("told to end: what is read or posted stops where nothing of it is lost")
	}
	stop()
	loop.Wait()
	return err
}

// loadAhead loads teams while the store is checked, which all answers wait for: pages that were open ask at once.
func loadAhead(ctx context.Context, o *setup.Instance, checked <-chan struct{}) {
	for _, team := range o.Teams {
		select {
		case <-checked:
			return
		default:
			_, _ = o.Bot.Computed.Team(ctx, team) // who asks for it is told what is wrong
		}
	}
}

// CheckListenAddress refuses an address that other machines reach unless people log in, or everybody may look. A file
// of the older bot, which knows no such key, goes on working and is warned at each start.
func CheckListenAddress(o *setup.Instance) error {
	server := o.Config.Server
	if o.Config.Access.Mode != config.AccessOff || o.Config.Access.Open || !guard.ListensToAll(server.Listen) {
		return nil
	}
	if server.ListenKey == "api.listen" {
		o.Log.Warn(
			"other machines can reach the pages, and nobody has to log in: write access.open: true into the "+
				"configuration if that is meant, or server.listen: 127.0.0.1:8080",
			"api.listen",
			server.Listen,
		)
		return nil
	}
	return setup.UsageError{
		Err: fmt.Errorf(
			"%s %s: other machines can reach it, and nobody has to log in; add this line to the configuration if "+
				"everybody may look: access.open: true, or have people log in by access.mode: proxy or oidc",
			orDefault(server.ListenKey, "server.listen"),
			server.Listen,
		),
	}
}

// openCertificate opens what the pages are served with, nil for plain HTTP.
func openCertificate(o *setup.Instance) (*setup.Certificate, error) {
	if o.Config.Server.TLS.Cert == "" {
		return nil, nil
	}
	return setup.OpenCertificate(o.Config.Server.TLS.Cert, o.Config.Server.TLS.Key, o.Log)
}

func orDefault(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// webOptions is what the pages are made of.
func webOptions(o *setup.Instance, a web.Access) web.Options {
	return web.Options{Access: a, Version: build.VersionText(), Store: o.Store, Teams: o.Teams,
		Jira: o.Config.Jira.URL, Log: o.Log,
		Collectors: processCollectors(o),
		Base:       o.Config.Server.Base,
		Frame:      o.Config.Server.Frame,
		URL:        o.Config.Server.URL, Listen: o.Config.Server.Listen, Hosts: o.Config.Server.Hosts,
		NextState: o.Bot.Live.Changed, Computed: o.Bot.Computed}
}

// liveState tells the pages what the loop knows and the store may not.
func liveState(o *setup.Instance, duty *onCallHealth) source.Live {
	var out source.Live
	for _, t := range o.Bot.Live.Troubles() {
		out.Troubles = append(out.Troubles, shownTrouble(t))
	}
	out.Troubles = append(out.Troubles, duty.troubles()...)
	if r := o.Bot.Live.Reading(); r != nil {
		out.Reading = &source.Reading{What: "issues", Done: r.Done, Total: r.Total, Since: r.Since}
		if r.Total == 0 {
			out.Reading.What = "fields, boards and sprints, then the list of issues"
		}
	}
	return out
}

func shownTrouble(t bot.Trouble) source.Trouble {
	shown := source.Trouble{
		Team:  t.Team,
		Part:  source.PartReading,
		Since: t.Since,
		Why:   strings.TrimPrefix(t.Err.Error(), "team "+t.Team+": "),
	}
	switch kept := problem.Of(t.Err, "store"); {
	case kept != nil && kept.Code != store.NotRead:
		shown.Part = source.PartStore
	case t.Posting:
		shown.Part = source.PartPosting
		shown.Why = "sink " + t.Sink + ": " + shown.Why
	}
	shown.Next = "Each cycle tries again by itself; nothing will be lost or counted twice."
	if t.Person {
		shown.Next = "Somebody has to mend what is named here; until then each cycle fails by it; nothing will be " +
			"lost or counted twice."
	}
	return shown
}
