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

func writeBash(w io.Writer, model *kong.Application) error {
	var cases strings.Builder
	for _, node := range commandsOf(model) {
		fmt.Fprintf(&cases, "    %s) words=%q ;;\n", node.Name, strings.Join(flagsOf(node), " "))
	}
	_, err := fmt.Fprintf(w, `# completion of jerem for bash
_jerem() {
  local word=${COMP_WORDS[COMP_CWORD]} command words i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in -*) ;; *) command=${COMP_WORDS[i]}; break ;; esac
  done
  case $command in
%s    *) words=%q ;;
  esac
  words="$words %s"
  if [[ ${COMP_WORDS[COMP_CWORD-1]} == completion ]]; then words="bash zsh fish"; fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  if [[ ${#COMPREPLY[@]} -eq 0 ]]; then COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -F _jerem jerem
`, cases.String(), strings.Join(namesOf(model), " "), strings.Join(flagsOf(model.Node), " "))
	return err
}

func writeZsh(w io.Writer, model *kong.Application) error {
	var commands, cases strings.Builder
	for _, node := range commandsOf(model) {
		fmt.Fprintf(&commands, "    %s\n", shellQuote(node.Name+":"+strings.ReplaceAll(node.Help, ":", ";")))
		fmt.Fprintf(&cases, "    %s) compadd -- %s ;;\n", node.Name, strings.Join(flagsOf(node), " "))
	}
	_, err := fmt.Fprintf(w, `#compdef jerem
# completion of jerem for zsh
_jerem() {
  local -a commands
  commands=(
%s  )
  if (( CURRENT == 2 )); then
    _describe command commands
    compadd -- %s
    return
  fi
  case $words[2] in
    completion) compadd -- bash zsh fish ;;
%s  esac
  _files
}
compdef _jerem jerem
`, commands.String(), strings.Join(flagsOf(model.Node), " "), cases.String())
	return err
}

func writeFish(w io.Writer, model *kong.Application) error {
	var b strings.Builder
	b.WriteString("# completion of jerem for fish\n")
	for _, flag := range flagsOf(model.Node) {
		fmt.Fprintf(&b, "complete -c jerem -l %s\n", strings.TrimPrefix(flag, "--"))
	}
	for _, node := range commandsOf(model) {
		fmt.Fprintf(&b, "complete -c jerem -n __fish_use_subcommand -f -a %s -d %s\n", node.Name, shellQuote(node.Help))
		for _, flag := range flagsOf(node) {
			fmt.Fprintf(
				&b,
				"complete -c jerem -n '__fish_seen_subcommand_from %s' -l %s\n",
				node.Name,
				strings.TrimPrefix(flag, "--"),
			)
		}
	}
	b.WriteString("complete -c jerem -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func shellQuote(text string) string { return "'" + strings.ReplaceAll(text, "'", "") + "'" }
