package memlimit

import "runtime/debug"

const (
	// leastOnce is the least limit of a command, in bytes: what most of them stay below.
	leastOnce = 64 << 20
	// oncePercent is how much garbage may stand beside what lives by Go's own rule, in percent: while little lives the
	// limit alone has it collected.
	oncePercent = 400
)

// Once has the soft limit follow what lives until stop is called, with so many percent of garbage beside it. It is for
// commands that end by themselves, run beside others on the same machine, and take about what lives for the most part
// of their time.
func Once(garbage int64) (stop func()) { return OnceAbove(leastOnce, garbage) }

// OnceAbove is [Once] with another least limit, in bytes: of a command whose memory grows beyond it for any large team,
// and which collects garbage for nothing while it is below.
func OnceAbove(least, garbage int64) (stop func()) {
	if !isOurs() {
		return func() {}
	}
	former, unfollow := debug.SetGCPercent(oncePercent), rule{least, garbage}.followLive()
	return func() {
		unfollow()
		debug.SetGCPercent(former)
	}
}
