// Package wire reads and writes values of JSON as Jira has them: ids as numbers or texts, moments in several forms,
// durations in working weeks. What a site is recorded with and what a query compares goes through here, so that both
// take the same for the same.
//
//	wire.Number(json.Number("10001"))             // 10001, as of "10001"; what is no number is 0
//	wire.At(issue, "fields", "status", "id")      // walks into nested objects, nil where one is missing
//	wire.FormatDuration(104400)                   // "3d 5h": days of eight hours, weeks of five days
//	wire.FormatTime(moment, paris)                // "2026-11-02T10:00:00.000+0100", of the platform API
//	wire.AgileTime(moment)                        // "2026-11-02T09:00:00.000Z", of the Agile API
//
// It shares no code with the client (jira/wire), which must read all of this by its own means.
package wire
