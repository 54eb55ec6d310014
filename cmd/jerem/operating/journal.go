package operating

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"jerem/access"
	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	kept "jerem/store/access"
	"jerem/store/places"
)

// Access are the commands about who looks at the pages.
type Access struct {
	Log accessLog `cmd:"" help:"Show who logged in and out, and which tokens were made, the newest first."`
}

type accessLog struct {
	Last int    `help:"How many entries at most, 50 by default." default:"50" placeholder:"N"`
	Who  string `help:"Only of this login, or token." placeholder:"LOGIN"`
	JSON bool   `help:"Write JSON." name:"json"`
}

// shownEntry is an entry of the journal as it is told to programs.
type shownEntry struct {
	At   time.Time `json:"at"`
	Who  string    `json:"who"` // "" for whoever may write the file
	What string    `json:"what"`
	From string    `json:"from"` // an address, "" for a command of this machine
	Args string    `json:"args"`
}

// Run shows the journal of visitors; it may be asked while the pages are served.
func (c accessLog) Run(e *setup.Environment) error {
	if c.Last < 1 {
		return setup.UsageError{Err: fmt.Errorf("--last %d: write how many entries, 1 or more", c.Last)}
	}
	conf, err := e.LoadConfig()
	if err != nil {
		return err
	}
	s, err := readAccessStore(e, conf)
	switch {
	case err != nil:
		return err
	case s == nil:
		return fmt.Errorf("there is no journal of visitors yet in %s (jerem serve makes it where people log in)",
			places.Name(kept.PlaceFor(conf.Store.Path, conf.Store.URL.Reveal())))
	}
	defer s.Close()
	entries, err := s.Entries(e.Ctx, c.Who, c.Last)
	if err != nil {
		return err
	}
	if c.JSON {
		list := make([]shownEntry, len(entries))
		for i, one := range entries {
			list[i] = shownEntry(one)
		}
		return terminal.EncodeJSON(e.Stdout, list)
	}
	if len(entries) == 0 {
		_, err := fmt.Fprintln(e.Stdout, "The journal of visitors holds nothing of that.")
		return err
	}
	table := tabwriter.NewWriter(e.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "AT\tWHO\tWHAT\tFROM\t")
	for _, one := range entries {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t\n", one.At.Format(time.RFC3339), orDash(one.Who), entryText(one),
			orDash(one.From))
	}
	return table.Flush()
}

// entryText writes what was done, with what it was done to.
func entryText(one access.Entry) string {
	return strings.TrimSpace(terminal.Printable(one.What) + " " + terminal.Printable(one.Args))
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return terminal.Printable(text)
}
