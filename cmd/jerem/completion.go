package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"jerem/cmd/jerem/setup"
)

// helpCommand stands for itself in the list of commands: see [askForHelp].
type helpCommand struct {
	Command string `arg:"" optional:"" help:"The command."`
}

// Run does nothing: the help was shown.
func (helpCommand) Run() error { return nil }

type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// Run writes the script; `source <(jerem completion bash)` puts it to use.
func (c completionCommand) Run(e *setup.Environment, model *kong.Application) error {
	switch c.Shell {
	case "bash":
		return writeBash(e.Stdout, model)
	case "zsh":
		return writeZsh(e.Stdout, model)
	}
	return writeFish(e.Stdout, model)
}

// commandsOf lists the commands in order.
func commandsOf(model *kong.Application) (commands []*kong.Node) {
	for _, node := range model.Children {
		if node.Type == kong.CommandNode && !node.Hidden {
			commands = append(commands, node)
		}
	}
	return commands
}

func namesOf(model *kong.Application) (names []string) {
	for _, node := range commandsOf(model) {
		names = append(names, node.Name)
	}
	return names
}

// flagsOf lists the flags of a command, or of all, as they are written.
func flagsOf(node *kong.Node) (flags []string) {
	for _, flag := range node.Flags {
		if !flag.Hidden {
			flags = append(flags, "--"+flag.Name)
		}
	}
	return flags
}

// completed is a command with the words that may follow it.
type completed struct {
	path  string // as it is typed: oncall who
	names []string
	flags []string
}

// completedCommands lists all commands, those of a family before the family.
func completedCommands(model *kong.Application) (out []completed) {
	for _, node := range commandsOf(model) {
		one := completed{path: node.Name, flags: flagsOf(node)}
		for _, below := range node.Children {
			one.names = append(one.names, below.Name)
			out = append(out, completed{path: node.Name + " " + below.Name, flags: flagsOf(below)})
		}
		switch node.Name {
		case "help":
			one.names = namesOf(model)
		case "completion":
			one.names = []string{"bash", "zsh", "fish"}
		}
		out = append(out, one)
	}
	return out
}

// cases writes, for each command, what may follow it.
func cases(model *kong.Application, format string) string {
	var b strings.Builder
	for _, c := range completedCommands(model) {
		fmt.Fprintf(&b, format, c.path, strings.Join(append(c.names, c.flags...), " "))
	}
	return b.String()
}

// typedPath finds the commands that were typed, in bash and zsh alike but for how their words are named.
const typedPath = `    case ${%[1]s[i]} in
      --config | -c | --log-level) ((i++)) ;;
      -*) ;;
      *) typed="$typed ${%[1]s[i]}" ;;
    esac
`

func writeBash(w io.Writer, model *kong.Application) error {
	_, err := fmt.Fprintf(w, `# completion of jerem for bash
_jerem() {
  local word=${COMP_WORDS[COMP_CWORD]} typed= words i
  for ((i = 1; i < COMP_CWORD; i++)); do
%s  done
  case "$typed " in
%s    *) words=%q ;;
  esac
  COMPREPLY=($(compgen -W "$words %s" -- "$word"))
  if [[ ${#COMPREPLY[@]} -eq 0 ]]; then COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -F _jerem jerem
`, fmt.Sprintf(typedPath, "COMP_WORDS"), cases(model, "    \" %s \"*) words=%q ;;\n"),
		strings.Join(namesOf(model), " "), strings.Join(flagsOf(model.Node), " "))
	return err
}

// writeZsh writes a script that may be read by source, and as the file _jerem of a folder of functions, which zsh
// runs at the first completion.
func writeZsh(w io.Writer, model *kong.Application) error {
	var commands strings.Builder
	for _, node := range commandsOf(model) {
		fmt.Fprintf(&commands, "    %s\n", shellQuote(node.Name+":"+strings.ReplaceAll(node.Help, ":", ";")))
	}
	_, err := fmt.Fprintf(w, `#compdef jerem
# completion of jerem for zsh
_jerem() {
  local typed= i
  local -a commands
  commands=(
%s  )
  for ((i = 2; i < CURRENT; i++)); do
%s  done
  compadd -- %s
  case "$typed " in
    " ") _describe command commands; return ;;
%s  esac
  _files
}
if [[ $funcstack[1] == _jerem ]]; then _jerem "$@"; else compdef _jerem jerem; fi
`, commands.String(), fmt.Sprintf(typedPath, "words"), strings.Join(flagsOf(model.Node), " "),
		cases(model, "    \" %s \"*) compadd -- %s ;;\n"))
	return err
}

func writeFish(w io.Writer, model *kong.Application) error {
	var b strings.Builder
	b.WriteString(`# completion of jerem for fish
function __jerem_typed
  set -l typed
  set -l skip
  for word in (commandline -opc)[2..]
    if set -q skip[1]
      set skip
      continue
    end
    switch $word
      case --config -c --log-level
        set skip 1
      case '-*'
      case '*'
        set -a typed $word
    end
  end
  string match -q -- $argv "$typed"
end
`)
	for _, flag := range flagsOf(model.Node) {
		fmt.Fprintf(&b, "complete -c jerem -l %s\n", strings.TrimPrefix(flag, "--"))
	}
	for _, node := range commandsOf(model) {
		fmt.Fprintf(&b, "complete -c jerem -n '__jerem_typed \"\"' -f -a %s -d %s\n", node.Name, shellQuote(node.Help))
	}
	for _, c := range completedCommands(model) {
		where := "complete -c jerem -n '__jerem_typed \"" + c.path
		if len(c.names) > 0 {
			fmt.Fprintf(&b, "%s\"' -f -a '%s'\n", where, strings.Join(c.names, " "))
		}
		for _, flag := range c.flags {
			fmt.Fprintf(&b, "%s*\"' -l %s\n", where, strings.TrimPrefix(flag, "--"))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func shellQuote(text string) string { return "'" + strings.ReplaceAll(text, "'", "") + "'" }
