// Package forecast tells when work will be done, with odds that keep their word. It is pure: what was finished
// on each working day goes in, working days come out; dates, calendars and Jira are known to its callers only.
//
// # Words
//
//   - A throughput is what a team finished on each of its working days, oldest day first, from the day of its first
//     finish on. What was finished on a day off stands on the next working day.
//   - The base is a simulation: blocks of ten consecutive working days are drawn from the last 120, each day capped so
//     that a bulk closing is not taken for a pace, and all scaled by the momentum of the last weeks. Its median is
//     called P50 here, in whole working days.
//   - The record is the same procedure replayed over the team's own past: for each past forecast the ratio of the
//     working days that it really took to the P50 that was told.
//   - The prior stands for the record that a young team does not have: the ratios of 39 public Jira projects.
//   - The corrected distribution is P50 times the ratios of record and prior. All that is shown comes from it.
//
// # A worked example
//
// A team finished 2 points a day for two years, and 60 points remain. The base says that about 30 working days are
// needed: P50 is 30. In the past, work that was told to take 30 days took 31 in half of the cases and up to 44 in 85
// of 100. So the record tells ratios of 1.03 and 1.47, and the dates that are shown lie 31 and 45 working days ahead:
//
// base := forecast.Simulate(forecast.Question{Teams: []forecast.Work{{Throughput: days, Remaining: 60}}, Trials:
// 10_000})
//
//	shown := forecast.Correct(forecast.Replay(days), len(days), forecast.Shipped())
//	days85 := shown.Days(0.85, base.Median()) // 45
//
// The contract is docs/measures.md, section 4b.
package forecast
