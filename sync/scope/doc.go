// Package scope finds what of a Jira is a team's: its board, the sprints that are its own, the fields that its board
// and configuration name, and the questions for its issues. A reading and a check share it, so that a check tells what
// a reading will do.
//
// A team whose configuration names no board has the project's only Scrum board, else its only board. A board lists the
// sprints of other teams too, as soon as one of its issues stands in them; a team's own are those that began on its
// board, or on one that exists no more:
//
//	board, err := scope.FindBoard(ctx, client, fields, conf.Board, project.Key)
//	own, err := scope.NewBoardCache(client).OwnSprints(ctx, board.ID, listed)
//	fields = fields.Plan(scope.NamedFields(fields, conf, board)) // what they name has room in a request before all
//
// else
//
//	jql := scope.Clause([]jira.Project{project}, own)            // project = "K8S" OR sprint in (21, 22)
package scope
