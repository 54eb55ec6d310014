package main

import (
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"jerem/problem"
)

// askForHelp turns the word help, as it stands for a command or after one, into the flag of the same meaning: `help
// export` and `export help` are `export --help`. After a command that takes a word of its own, as in `backup help`, it
// is that word.
func askForHelp(model *kong.Application, args []string) []string {
	at := commandAt(model, args)
	if at < 0 {
		return args
	}
	if args[at] != "help" {
		last := len(args) - 1
		node := commandNamed(model.Node, args[at:last])
		if args[last] != "help" || node == nil || len(node.Positional) > 0 {
			return args
		}
		at = last
	}
	return append(slices.Delete(slices.Clone(args), at, at+1), "--help")
}

// commandNamed finds the command that words name, one below the other; nil where any of them names none.
func commandNamed(node *kong.Node, words []string) *kong.Node {
	for _, word := range words {
		i := slices.IndexFunc(node.Children, func(child *kong.Node) bool { return child.Name == word })
		if i < 0 {
			return nil
		}
		node = node.Children[i]
	}
	return node
}

// commandAt returns where the word stands that is to name a command: the first one that is neither a flag nor the value
// of one; -1 for none.
func commandAt(model *kong.Application, args []string) int {
	for i := 0; i < len(args); i++ {
		switch {
		case args[i] == "--":
			return -1
		case !strings.HasPrefix(args[i], "-"):
			return i
		case takesNext(model, args[i]):
			i++
		}
	}
	return -1
}

// takesNext tells whether a flag, of all commands or of the default one, has its value in the next argument.
func takesNext(model *kong.Application, arg string) bool {
	flags := model.Flags
	if model.DefaultCmd != nil {
		flags = append(slices.Clone(flags), model.DefaultCmd.Flags...)
	}
	return slices.ContainsFunc(flags, func(flag *kong.Flag) bool {
		named := arg == "--"+flag.Name || flag.Short != 0 && arg == "-"+string(flag.Short)
		return named && !flag.IsBool()
	})
}

// meantCommand tells which command an unknown first word was likely meant to be, "" for none.
func meantCommand(model *kong.Application, args []string) string {
	at := commandAt(model, args)
	if at < 0 || slices.Contains(namesOf(model), args[at]) {
		return ""
	}
	best := problem.Nearest(strings.ToLower(args[at]), namesOf(model), min(3, 1+len(args[at])/3))
	if best == "" {
		return ""
	}
	return "did you mean jerem " + best + "? "
}
