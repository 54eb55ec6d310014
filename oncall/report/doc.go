// Package report writes schedules and statements for people, programs and spreadsheets. It is pure.
//
// The way through it: ScheduleText, ScheduleJSON and ScheduleCSV write duties as feed picks them; as a calendar
// feed.Write does. StatementText, StatementJSON and StatementCSV write statements as the API answers them.
//
// No cell of a CSV is a formula to a spreadsheet, whatever a rota or a person is called. Amounts are cents in JSON and
// have two digits in text and CSV.
//
// An example, the statement of ada for January 2026 as text:
//
//	2026-01 ada EUR, payroll 10042, draft
//	DATE        WHAT  ROTA  LEVEL  HOURS   AMOUNT  POLICY      ORIGIN
//	2026-01-05  flat  k8s   1      168:00  150.00  2026-01-01
//	            sum                        150.00
package report
