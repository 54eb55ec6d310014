// Package operating holds the commands that work on the store and the sinks by hand: collect, publish, rebuild; move,
// backup and forget; and access and token, for those who let people in.
//
// Each command is a struct whose fields are its flags and arguments, with a method Run that gets the environment
// ([jerem/cmd/jerem/setup]). What a command did is written on the standard output, what it is about to do and how far
// it is on the standard error. Its words:
//
//   - What is kept: [setup.Environment.OpenKept] opens a store that is there and makes none; collect alone may make
//     one, and alone asks a Jira. A command that writes needs the store for itself: where serve runs on a file, it is
//     refused with who holds it. backup reads beside a running process.
//   - Beside the store stand on-call, and tokens with the journal of visitors. move and backup take both along
//     (beside.go); forget leaves on-call as it is, for duties and pay are records of people.
//   - Standing is what a sink has of a team by its own account, as far as it can tell, else by the sink ledger.
//
// A worked example, a team that is given up:
//
//	jerem forget --team K8S --sinks
//
// tells what would go out of the store and out of each sink, and what stays; asks, unless --yes was said; waits until
// nothing arrives at a sink any more that an instance sent before it was killed; deletes the series, and only then the
// rows, for the sink ledger among them knows which series there are. Where a sink refuses, the store stays as it is and
// the command can be given again. publish --replace and move keep the same order: told, asked where something is
// deleted, done, and at no step is something lost that the next try would need. move proves its copy before it is made
// final: the series of all teams must be the same there, byte for byte.
package operating
