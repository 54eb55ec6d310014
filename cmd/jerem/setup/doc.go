// Package setup puts a configuration to work: what all commands share between the command line and the rooms of the
// product. It alone reads the configuration's file and the variables of the environment.
//
// Its words:
//
//   - An [Environment] is what a command gets from outside: arguments are parsed already, everything else comes as a
//     value, so that a test gives its own.
//   - An [Instance] is a configuration put to work: the store, opened for writing, and the bot that fills it. A command
//     that reads beside a running one opens the store alone ([Environment.OpenRead]); one that works on what is kept
//     never makes a new store ([Environment.OpenKept]).
//   - A [UsageError] is trouble with how the program was called; it ends with another exit code than all else.
//   - A [MomentSpan] is --from and --to as they are written: each team reads them in its own time zone.
//
// The way of a command:
//
//	o, err := e.OpenInstance(e.Ctx) // flags and variables → configuration → store, client, bot
//	if err != nil {
//		return err // already with its place and what to do
//	}
//	defer o.Store.Close()
package setup
