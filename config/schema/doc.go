// Package schema reads a file of YAML by tables of keys: it finds the value of each key, checks its type, puts in
// variables of the environment, and tells all faults at once, each with its place and what to do. It knows no key of
// its own.
//
// Its words:
//
//   - a [Key] is a dotted name such as sprint.budget, with its type and what it sets;
//   - a [Table] is the keys of one part of the file: of the whole file, or of the entries of a list. T is what its keys
//     set;
//   - a [Tree] is such a part, flattened: `runner: {period: 5m}` and `runner.period: 5m` are one entry;
//   - a [Value] is the text of a key with its [Position] in the file, or with the variable that it came from;
//   - a [Secret] is a value that no way of printing shows.
//
// The way through, for
//
//	var table = NewTable([]Key[settings]{DurationKey("sprint.budget", 0, func(s *settings) *time.Duration { … })})
//
// and the file `sprint.budget: 30h`: [NewLoader] names the file, [Loader.ParseFile] parses it, [Flatten] sorts it into
// a tree by the table (a key that the table does not hold, and one that is set twice, are faults), and [ApplyKeys] sets
// each key: a variable such as JEREM_SPRINT_BUDGET wins, else ${NAME} in the text is put in, and the key parses and
// checks it. [Loader.Faults] are all that was found wrong. No fault holds the value of a secret or of a variable.
package schema
