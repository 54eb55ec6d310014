package main

import (
	"context"
	"fmt"
	"math"
	"time"
)

// cycleCost is what cycles took in the middle.
type cycleCost struct {
	cpu      time.Duration
	written  int64
	log      int64 // of the server of the store; 0 without one
	requests float64
}

// afterCycle is how long what follows a cycle beside it may take: posting, and the writes of it.
const afterCycle = 300 * time.Millisecond

// settlingRounds are not measured: what is done for the first time since a start makes parts that stand from then on.
const settlingRounds = 2

// costOf measures cycles one by one, before each of which something is done, once the first of them are over.
func costOf(ctx context.Context, p *process, cycles int, before func() error) (cycleCost, error) {
	var sum cycleCost
	for round := range settlingRounds + cycles {
		if _, err := p.skipCycles(ctx); err != nil {
			return sum, err
		}
		time.Sleep(afterCycle)
		if err := before(); err != nil {
			return sum, err
		}
		cost, err := costUntilCalm(ctx, p)
		if err != nil {
			return sum, err
		}
		if round < settlingRounds {
			continue
		}
		sum.cpu += cost.cpu
		sum.written += cost.written
		sum.log += cost.log
		sum.requests += cost.requests
	}
	sum.cpu /= time.Duration(cycles)
	sum.written /= int64(cycles)
	sum.log /= int64(cycles)
	sum.requests /= float64(cycles)
	return sum, nil
}

// costUntilCalm measures the next cycle and all that follows it beside others: what is posted of it may take longer
// than the pause to the next one. The quiet cycles meanwhile are taken off, each at the CPU of the cheapest.
func costUntilCalm(ctx context.Context, p *process) (cycleCost, error) {
	begin, err := p.readConsumption()
	if err != nil {
		return cycleCost{}, err
	}
	first, err := p.nextCycle(ctx)
	if err != nil {
		return cycleCost{}, err
	}
	last, err := p.readConsumption()
	if err != nil {
		return cycleCost{}, err
	}
	cycles, cheapest := 0, time.Duration(math.MaxInt64)
	for calm := 0; calm < calmCycles && cycles < mostSettling; cycles++ {
		if _, err := p.nextCycle(ctx); err != nil {
			return cycleCost{}, err
		}
		now, err := p.readConsumption()
		if err != nil {
			return cycleCost{}, err
		}
		calm++
		if now.cpu-last.cpu > calmCPU {
			calm = 0
		}
		cheapest, last = min(cheapest, now.cpu-last.cpu), now
	}
	quiet := time.Duration(cycles) * cheapest
	return cycleCost{cpu: last.cpu - begin.cpu - quiet,
		written: last.written - begin.written, log: last.log - begin.log,
		requests: float64(first.Requests)}, nil
}

const (
	// calmCycles is how many calm cycles in a row say that what was begun is done.
	calmCycles = 3
	// calmCPU is the most that a calm cycle takes, and calmWritten the most that it writes, each besides what each team
	// adds to them.
	calmCPU            = 60 * time.Millisecond
	calmCPUPerTeam     = 2 * time.Millisecond
	calmWritten        = 100_000
	calmWrittenPerTeam = 2_000
)

// costOfQuiet measures cycles in a row.
func costOfQuiet(ctx context.Context, p *process, cycles int) (cycleCost, error) {
	if _, err := p.skipCycles(ctx); err != nil {
		return cycleCost{}, err
	}
	time.Sleep(afterCycle)
	return costOfNext(ctx, p, cycles)
}

// costOfNext measures the next cycles, with what follows the last of them.
func costOfNext(ctx context.Context, p *process, cycles int) (cycleCost, error) {
	var cost cycleCost
	begin, err := p.readConsumption()
	if err != nil {
		return cost, err
	}
	for range cycles {
		c, err := p.nextCycle(ctx)
		if err != nil {
			return cost, err
		}
		cost.requests += float64(c.Requests) / float64(cycles)
	}
	time.Sleep(afterCycle)
	end, err := p.readConsumption()
	cost.cpu = (end.cpu - begin.cpu) / time.Duration(cycles)
	cost.written = (end.written - begin.written) / int64(cycles)
	cost.log = (end.log - begin.log) / int64(cycles)
	return cost, err
}

// serving is a stage whose program serves, after its first cycles.
type serving struct {
	stage   *stage
	process *process
}

// startServing reads everything, then serves until pages and sinks have settled.
func (b *bench) startServing(ctx context.Context, issues, projects int, sink bool) (*serving, error) {
	s, err := b.newStage(ctx, issues, projects)
	if err != nil {
		return nil, err
	}
	if sink {
		err = s.addSink(ctx)
	}
	if err == nil {
		err = s.collectFirst(ctx)
	}
	if err != nil {
		s.stopAll()
		return nil, err
	}
	p, err := s.startServer(ctx)
	if err != nil {
		s.stopAll()
		return nil, err
	}
	running := &serving{s, p}
	if err := running.waitForCalm(ctx); err != nil {
		running.stopServing()
		return nil, err
	}
	return running, nil
}

// mostSettling is after how many cycles no more calm is waited for: where a start makes the rows of views of a hundred
// teams, with the forecasts of their past, it takes minutes.
const mostSettling = 600

// waitForCalm waits for three calm cycles in a row: what is posted for the first time is posted then.
func (s *serving) waitForCalm(ctx context.Context) error {
	var last consumption
	teams := s.stage.projects
	perTeam, perTeamWritten := calmCPUPerTeam*time.Duration(teams), int64(calmWrittenPerTeam*teams)
	for calm, cycles := 0, 0; calm < calmCycles && cycles < mostSettling; cycles++ {
		if _, err := s.process.nextCycle(ctx); err != nil {
			return err
		}
		time.Sleep(afterCycle)
		now, err := s.process.readConsumption()
		if err != nil {
			return err
		}
		calm++
		if now.cpu-last.cpu > calmCPU+perTeam || now.written-last.written > calmWritten+perTeamWritten {
			calm = 0
		}
		last = now
	}
	return nil
}

func (s *serving) stopServing() {
	s.process.stopProcess()
	s.stage.stopAll()
}

// measureQuiet measures cycles in which nothing happened, of two sizes, with a sink and without.
func measureQuiet(ctx context.Context, b *bench) (rows []row, err error) {
	for _, sink := range []bool{false, true} {
		var small cycleCost
		for n, issues := range []int{b.sizes.team, b.sizes.large} {
			cost, err := b.quietCost(ctx, issues, 1, sink)
			if err != nil {
				return rows, err
			}
			rows = append(rows, quietRows(fmt.Sprintf("quiet cycle of %d issues, %s", issues, sinkWord(sink)), cost)...)
			if n == 0 {
				small = cost
				continue
			}
			rows = append(rows, row{what: fmt.Sprintf("quiet cycle, %s, CPU of %d beside %d issues", sinkWord(sink),
				issues,
				b.sizes.team), figure: writeDuration(cost.cpu), limit: writeDuration(small.cpu), goal: "≤ 1.2 ×",
				ratio: cost.cpu.Seconds() / small.cpu.Seconds()})
		}
	}
	teams := 10
	cost, err := b.quietCost(ctx, b.sizes.team, teams, true)
	if err != nil {
		return rows, err
	}
	what := fmt.Sprintf("quiet cycle of %d teams of %d issues, with a sink", teams, b.sizes.team/teams)
	return append(rows, quietRows(what, cost)...), nil
}

func sinkWord(sink bool) string {
	if sink {
		return "with a sink"
	}
	return "without a sink"
}

func (b *bench) quietCost(ctx context.Context, issues, projects int, sink bool) (cycleCost, error) {
	s, err := b.startServing(ctx, issues, projects, sink)
	if err != nil {
		return cycleCost{}, err
	}
	defer s.stopServing()
	return costOfQuiet(ctx, s.process, b.sizes.samples)
}

func quietRows(what string, cost cycleCost) []row {
	return []row{
		{what: what + ", CPU", figure: writeDuration(cost.cpu), goal: "≤ 20 ms"},
		{what: what + ", written", figure: writeBytes(cost.written), goal: "≤ 25 kB"},
		{what: what + ", requests", figure: fmt.Sprintf("%.1f", cost.requests), goal: "3"},
	}
}

// measureGrid measures cycles in each of which a step of the grid passed by Jira's clock.
func measureGrid(ctx context.Context, b *bench) ([]row, error) {
	const teams = 10
	s, err := b.startServing(ctx, b.sizes.team, teams, true)
	if err != nil {
		return nil, err
	}
	defer s.stopServing()
	cost, err := costOf(ctx, s.process, 5, func() error { return s.stage.postJira(ctx, "/bench/advance?by=20m", nil) })
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("cycle at a grid step, %d teams of %d issues", teams, b.sizes.team/teams)
	return []row{
		{what: what + ", CPU", figure: writeDuration(cost.cpu), goal: "≤ 50 ms"},
		{what: what + ", written", figure: writeBytes(cost.written), goal: "–"},
	}, nil
}

// changedAtOnce is how many issues change between two cycles.
const changedAtOnce = 100

// whatChanges are the issues that change between two cycles: which the played Jira is asked to change, and how rows
// name them.
type whatChanges struct{ of, word string }

var (
	anyIssues = whatChanges{"", ""}
	inWork    = whatChanges{"work", " of what is worked on"}
)

// measureChanges measures cycles before each of which a hundred issues changed, of two sizes, with a sink; and quiet
// cycles after them, while the overlap lists the changed issues again. First the issues lie anywhere in the past of the
// team, then they are those that it works on.
func measureChanges(ctx context.Context, b *bench) (rows []row, err error) {
	for _, what := range []whatChanges{anyIssues, inWork} {
		part, err := b.measureChangesOf(ctx, what)
		rows = append(rows, part...)
		if err != nil {
			return rows, err
		}
	}
	return rows, nil
}

func (b *bench) measureChangesOf(ctx context.Context, what whatChanges) (rows []row, err error) {
	var small cycleCost
	for n, issues := range []int{b.sizes.team, b.sizes.large} {
		cost, each, after, err := b.changesCost(ctx, issues, what)
		if err != nil {
			return rows, err
		}
		name := fmt.Sprintf("cycle with %d changes%s of %d issues, with a sink", changedAtOnce, what.word, issues)
		rows = append(rows,
			row{what: name + ", CPU a changed issue", goal: "≤ 1 ms",
				figure: writeDuration(cost.cpu / time.Duration(max(1, each.Changed)))},
			row{name + ", written", writeBytes(cost.written), "documents " + writeBytes(each.Bytes), "≤ 20 ×",
				float64(cost.written) / float64(each.Bytes)},
			row{what: fmt.Sprintf("quiet cycle after changes%s, of %d issues, with a sink, CPU", what.word, issues),
				figure: writeDuration(after.cpu), goal: "≤ 20 ms"})
		if n == 0 {
			small = cost
			continue
		}
		rows = append(rows, row{fmt.Sprintf("cycle with %d changes%s, CPU of %d beside %d issues", changedAtOnce,
			what.word, issues, b.sizes.team), writeDuration(cost.cpu), writeDuration(small.cpu), "≤ 1.3 ×",
			cost.cpu.Seconds() / small.cpu.Seconds()})
	}
	return rows, nil
}

// changesCost measures cycles with changes, with what changed in one of them, and quiet cycles after them.
func (b *bench) changesCost(ctx context.Context, issues int, what whatChanges) (cost cycleCost, each changed,
	after cycleCost, err error) {
	s, err := b.startServing(ctx, issues, 1, true)
	if err != nil {
		return cost, each, after, err
	}
	defer s.stopServing()
	cycles := min(8, b.sizes.samples)
	cost, err = costOf(ctx, s.process, cycles, func() error {
		done, err := s.stage.changeIssues(ctx, changedAtOnce, what)
		each.Changed, each.Bytes = each.Changed+done.Changed, each.Bytes+done.Bytes
		return err
	})
	rounds := settlingRounds + cycles
	each.Changed, each.Bytes = each.Changed/rounds, each.Bytes/int64(rounds)
	if err != nil {
		return cost, each, after, err
	}
	after, err = costOfQuiet(ctx, s.process, cycles)
	return cost, each, after, err
}
