// Package world makes a simulated company: four teams of a cloud provider that plan, work, are interrupted and
// change their minds for a year and a half, all drawn from a seed. It comes as a story that sim/jira plays, and with
// books: what each sprint and quarter came to, kept action by action while the company works, in code of its own.
// Whoever reads the played Jira can be judged by them.
//
// # Words
//
// A ticket is an issue while the company is made; a crew is a team at work. The generator goes through the days and
// lets crews plan, work, log time, change their minds and be interrupted; each thing that happens is an act: a moment,
// a ticket and its operations. The acts in order of time are the World.
//
// The bookkeeper reads the same acts a second time and keeps books: a card is an issue as the books know it, an account
// a sprint. They hold no history: each act changes what stands, so that no timeline is rewound in them, and a mistake
// of the measures cannot be theirs too.
//
// # From a seed to a figure and its book
//
//	w := world.New(world.DefaultSeed)
//	site, err := jirasim.LoadScenario("company", w.Story())   // the story, played
//	… a client reads it, and computes the active sprint of team NET …
//	books := w.Books("NET", read, at)                          // what its sprints came to at that moment
//
// Two moments count: the one that is asked about, and the one of the reading, since who reads later knows of deletions
// and corrected worklogs that were not known then.
//
// A word of the story draws from a source of its own, so that new titles or a new kind of team leave the days of those
// that were there as they are.
//
// The texts are a room of their own, sim/world/wording. Generator and books stay in this one: all files of the
// generator write to one state, and a wall between them would have to export the whole of it.
package world
