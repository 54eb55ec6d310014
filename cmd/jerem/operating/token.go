package operating

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"jerem/access"
	"jerem/access/rules"
	"jerem/calendar"
	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/config"
	kept "jerem/store/access"
)

// Token is the command that makes, lists and revokes the tokens of programs.
type Token struct {
	Create tokenCreate `cmd:"" help:"Make a token for a program, and print it: it is shown once."`
	List   tokenList   `cmd:"" help:"List the tokens: what they are for, not what they are."`
	Revoke tokenRevoke `cmd:"" help:"Take a token away."`
}

type tokenCreate struct {
	Name    string `help:"What it is for: the list and the journal show it." required:"" placeholder:"NAME"`
	Role    string `help:"What it may: viewer (the default), operator, pay, badge." default:"viewer" placeholder:"ROLE"`
	Team    string `help:"The only team that it sees. Without it all." placeholder:"NAME"`
	Expires string `help:"How long it holds, as in 90d. Without it until it is revoked." placeholder:"DURATION"`
}

type tokenList struct {
	JSON bool `help:"Write JSON." name:"json"`
}

type tokenRevoke struct {
	ID string `arg:"" help:"Its id in the list."`
}

// Run makes a token. Nothing but the token is written to standard output.
func (c tokenCreate) Run(e *setup.Environment) error {
	conf, err := e.LoadConfig()
	if err != nil {
		return err
	}
	now := time.Now().UTC().Truncate(time.Microsecond)
	role, expires, err := c.parseFlags(conf, now)
	if err != nil {
		return setup.UsageError{Err: err}
	}
	s, err := openAccessStore(e, conf)
	if err != nil {
		return err
	}
	defer s.Close()
	text, token := access.NewToken(c.Name, role, c.Team, now, expires)
	if err := s.AddToken(e.Ctx, token); err != nil {
		return err
	}
	if err := s.Record(e.Ctx, access.Entry{At: now, What: "token created", Args: token.ID + " " + c.Name}); err != nil {
		return err
	}
	fmt.Fprintf(e.Stderr, "Token %s for %s. It is shown this once; send it as `Authorization: Bearer TOKEN`.\n",
		token.ID, terminal.Printable(c.Name))
	_, err = fmt.Fprintln(e.Stdout, text)
	return err
}

// parseFlags reads the flags; the error is of all that is wrong with them.
func (c tokenCreate) parseFlags(conf *config.Config, now time.Time) (rules.Role, time.Time, error) {
	role, err := rules.ParseTokenRole(c.Role)
	wrong := []error{err}
	if name := strings.TrimSpace(c.Name); name == "" || len(c.Name) > 100 || terminal.Printable(c.Name) != c.Name {
		wrong = append(wrong, errors.New("--name is one line of at most 100 bytes: what the token is for"))
	}
	named := func(t config.Team) bool { return t.Name == c.Team }
	switch {
	case c.Team != "" && !slices.ContainsFunc(conf.Teams, named):
		wrong = append(wrong, fmt.Errorf("--team %q is not a team of the configuration", c.Team))
	case c.Team == "" && role == rules.Badge:
		wrong = append(wrong, errors.New("a badge is of one team: name it by --team"))
	}
	var expires time.Time
	if c.Expires != "" {
		holds, err := calendar.ParseDuration(c.Expires)
		if err != nil || holds <= 0 {
			wrong = append(wrong, fmt.Errorf("--expires %q is not a duration: write it like 12h, 90d or 1y", c.Expires))
		}
		expires = now.Add(holds)
	}
	return role, expires, errors.Join(wrong...)
}

// shownToken is a token as the list tells it to programs.
type shownToken struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	Role    rules.Role `json:"role"`
	Team    *string    `json:"team"` // null for all
	Created time.Time  `json:"created"`
	Expires *time.Time `json:"expires"` // null for never
	Expired bool       `json:"expired"`
}

func newShownToken(t access.Token, now time.Time) shownToken {
	shown := shownToken{ID: t.ID, Name: t.Name, Role: t.Role, Created: t.Created, Expired: t.Expired(now)}
	if t.Team != "" {
		shown.Team = &t.Team
	}
	if !t.Expires.IsZero() {
		shown.Expires = &t.Expires
	}
	return shown
}

// Run lists the tokens.
func (c tokenList) Run(e *setup.Environment) error {
	tokens, err := c.tokensKept(e)
	if err != nil {
		return err
	}
	list := make([]shownToken, len(tokens))
	for i, t := range tokens {
		list[i] = newShownToken(t, time.Now())
	}
	if c.JSON {
		return terminal.EncodeJSON(e.Stdout, list)
	}
	if len(list) == 0 {
		_, err := fmt.Fprintln(e.Stdout, "There are no tokens; `jerem token create --name NAME` makes one.")
		return err
	}
	table := tabwriter.NewWriter(e.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tNAME\tROLE\tTEAM\tCREATED\tEXPIRES")
	for _, t := range list {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, terminal.Printable(t.Name), t.Role, t.teamWord(),
			t.Created.Format(time.DateOnly), t.endWord())
	}
	return table.Flush()
}

// tokensKept reads the tokens; there are none where nothing was ever kept.
func (tokenList) tokensKept(e *setup.Environment) ([]access.Token, error) {
	conf, err := e.LoadConfig()
	if err != nil {
		return nil, err
	}
	s, err := readAccessStore(e, conf)
	if err != nil || s == nil {
		return nil, err
	}
	defer s.Close()
	return s.Tokens(e.Ctx)
}

func (t shownToken) teamWord() string {
	if t.Team == nil {
		return "all"
	}
	return terminal.Printable(*t.Team)
}

func (t shownToken) endWord() string {
	switch {
	case t.Expires == nil:
		return "never"
	case t.Expired:
		return t.Expires.Format(time.DateOnly) + ", over"
	}
	return t.Expires.Format(time.DateOnly)
}

// Run takes a token away.
func (c tokenRevoke) Run(e *setup.Environment) error {
	s, err := openTokens(e)
	if err != nil {
		return err
	}
	defer s.Close()
	revoked, err := s.RevokeToken(e.Ctx, c.ID)
	if err != nil {
		return err
	}
	if !revoked {
		return setup.UsageError{Err: fmt.Errorf("there is no token %q; `jerem token list` names them",
			terminal.Printable(c.ID))}
	}
	return s.Record(e.Ctx, access.Entry{At: time.Now(), What: "token revoked", Args: c.ID})
}

// openTokens opens what is kept of tokens by the configuration.
func openTokens(e *setup.Environment) (*kept.Store, error) {
	conf, err := e.LoadConfig()
	if err != nil {
		return nil, err
	}
	return openAccessStore(e, conf)
}

// openAccessStore opens what is kept of tokens, sessions and visitors, in the database of the store or beside
// its file.
func openAccessStore(e *setup.Environment, c *config.Config) (*kept.Store, error) {
	return kept.Open(e.Ctx, kept.PlaceFor(c.Store.Path, c.Store.URL.Reveal()),
		kept.Options{Now: time.Now, Keep: c.Access.Keep})
}

// readAccessStore opens it to be read, also where this user may not write it; nil where nothing was ever kept.
func readAccessStore(e *setup.Environment, c *config.Config) (*kept.Store, error) {
	place := kept.PlaceFor(c.Store.Path, c.Store.URL.Reveal())
	if exists, err := kept.Exists(e.Ctx, place); err != nil || !exists {
		return nil, err
	}
	return kept.OpenRead(e.Ctx, place, kept.Options{Now: time.Now})
}
