// Package calendar says what a team's week is: dates without a zone, moments and durations as people write them,
// working time, and the public holidays of a region. It is the lowest room: it imports none of ours and knows no clock.
//
// Its words:
//
//   - A [Date] is a day on the wall, without a zone. Its first moment depends on the zone ([Date.Midnight]), and so
//     does a time of day ([Date.In]); both are right on the days on which the clocks change.
//   - A [Moment] is what a person wrote: a date, a time without a zone, or a time with one ([ParseMoment]).
//     [ParseDuration] reads 90s, 11h or 2w.
//   - A [Calendar] is a zone, working hours and days off. Working time is counted in working days: a working date
//     counts 1 however long its hours are, a part of it by the share of its working hours.
//   - A [Config] is a calendar as configured: the name of a zone, the code of a region whose public holidays are days
//     off ([Holidays], [Regions]), days off besides.
//
// The way through it, for a team in Paris:
//
//	config := calendar.Config{TimeZone: "Europe/Paris", Region: "FR", Start: 9 * time.Hour, End: 18 * time.Hour}
//	paris, err := config.Calendar()
//	friday := calendar.Date{Year: 2026, Month: time.July, Day: 10}
//	wednesday := friday.Add(5) // 15 July
//	paris.Dates(friday, wednesday) // 3: Friday, Monday and Wednesday; Tuesday the 14th is a public holiday
//	paris.Days(friday.In(paris.Zone, 13*time.Hour+30*time.Minute), wednesday.Midnight(paris.Zone)) // 1.5
package calendar
