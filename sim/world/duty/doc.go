// Package duty simulates on-call in the company of sim/world: a rota of six made-up people for each team, swaps,
// absences, alerts that wake somebody, verdicts, decisions and frozen months, all drawn from the seed of the world. It
// comes as a section of a configuration and as acts in order of time, and with books: who is on duty, what it is paid,
// what alerts cost. The books are kept act by act by the letter of docs/oncall.md, in code of their own, so that a
// mistake of the product cannot be theirs too.
//
// # Words
//
// An [Act] is what somebody does or what a pager posts at a moment. A board is who has asked whom for what so far; from
// it the books tell hour by hour who is on duty, and minute by minute which rest is owed. All hand-overs and changes
// are at whole hours, all alerts at whole minutes, so that these steps lose nothing.
//
// The world's impediments that were worked on at night or on a day off become call-outs with that issue; the world
// itself is not changed by a letter. What is drawn besides draws from a source of its own.
//
// # From a seed to a figure and its book
//
//	w := world.New(world.DefaultSeed)
//	c := duty.New(w)
//	c.Section()                        // the section `oncall` of a configuration
//	for _, a := range c.Acts() { … }   // played against a program, each at its moment
//	books := c.Books(at)               // what the API and the pages have to tell at that moment
//	books.Statements("2026-10")        // by person, in cents
package duty
