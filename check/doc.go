// Package check tells what would be read of a Jira, what is wrong, and what to do next. It asks what a reading would
// ask first, looks at a sample of each team's issues and keeps nothing: counts, names of fields, labels and statuses,
// never a text or a person.
//
// Each thing that was checked is a Finding: what it is, whether it is well, what was found, a hint, and lines of the
// configuration that would mend it. First the site (server, login, fields), then each team: project, board, estimate,
// done, statuses, sprints, quarters, impediments, nature, worklogs, time zone, and what teams of one project share.
//
// What a reading and a check must do alike stands in sync/scope. Projects and boards of all teams are learnt first, for
// a request takes a bounded number of fields and what boards and configuration name must be among them; then each
// team's issues are sampled, as its filter and the Team field say: those changed last, its epics, its impediments.
//
//	for _, f := range check.Run(ctx, client, teams, now) {
//		fmt.Println(f.What, f.OK, f.Found, f.Hint)
//	}
//	// team K8S: estimate true Story Points (customfield_10036), in points, …; 3 of 3 issues hold one
package check
