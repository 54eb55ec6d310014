// Package format writes figures, dates and texts, for people and for programs. Pages, files and API write the same
// thing in the same way because none of them writes it itself.
//
// [Words] are what depends on a team: the unit of its estimates and its time zone. WordsOf(team) of a team that
// estimates in seconds writes 27000 as "7.5" hours ([Words.Amount]), −3600 with the true minus sign, and a moment in
// the team's zone. What depends on no team is a function: [Percent] writes nil as "–", never as 0; [Plural] writes "1
// issue, 2 issues"; [OddsWord] stops at "over 95 %".
//
// For programs, [Cell] and [PlainNumber] write a number without unit, exponent or thousands, and an unknown one as
// nothing.
//
// [OneLine], [MarkupText] and [FileName] take out of a text what a terminal, a header, a drawing or a file name would
// take for a command: texts come out of Jira, and are cleaned where they leave. [IsolateMarkup] keeps a name in
// right-to-left letters apart from the figures beside it: "<td>فريق</td>" becomes "<td><bdi>فريق</bdi></td>".
package format
