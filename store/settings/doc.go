// Package settings keeps what a team is counted by and that may change under its figures: its days off and its rules.
//
// Its words: days off are what the configuration says of holidays and absences, as one text; a version of them is the
// text and the moment of Jira's clock at the reading that first saw it, so that it can be told which days off were
// known when. Rules are what a reading counts by, from the configuration and from Jira (which status is done, which
// field holds the estimate). Of a rule that was another one once a gap tells since when it is what it is, for figures
// before that moment are by a rule that did not hold then. Both stand as JSON in the table meta, a row of each team.
//
// The way through it, by the example of the team K, whose configuration takes one more day off:
//
//	now := agile.DaysOffVersion{Seen: reading, Text: text}
//	err := settings.PutDaysOff(ctx, tx, "K", before, now)
//
// writes a version beside those that were seen before, and raises the generation of K, so that its figures are computed
// again. With a text that is the last one nothing is written. [PutRules] does so with rules, and notes each that
// differs with the reading that found it; [DecodeChangedRules] tells them. Who forgets a team takes the rows away by
// their names, which begin with [DaysOffPrefix] and [RulesPrefix].
package settings
