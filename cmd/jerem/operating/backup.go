package operating

import (
	"errors"
	"fmt"

	"jerem/cmd/jerem/setup"
	"jerem/store"
	"jerem/store/places"
)

// Backup is the command that copies the store into a file while it is written.
type Backup struct {
	File string `arg:"" help:"Where to: a file that is not there yet." placeholder:"FILE"`
}

// Run copies the store as it is at one moment, and checks the copy.
func (b Backup) Run(e *setup.Environment) error {
	c, err := e.LoadConfig()
	if err != nil {
		return err
	}
	if c.Store.URL.IsSet() {
		return errors.New("the store is in a PostgreSQL server: back it up by pg_dump, as in pg_dump --format=custom " +
			"--file=" + b.File + " " + places.Name(c.Store.Place()))
	}
	copied, err := store.Backup(e.Ctx, c.Store.Path, b.File)
	if err != nil {
		return err
	}
	sound := "all of it matches its checksums"
	if !copied.Present {
		sound = fmt.Sprintf("its pages are sound; it is in form %d, that of another version of Jerem", copied.Version)
	}
	fmt.Fprintf(e.Stdout, "%s holds %s as it is now: %d bytes, and %s\n", b.File, c.Store.Path, copied.Size, sound)
	files, err := backUpBeside(e.Ctx, c.Store.Path, b.File)
	for _, file := range files {
		fmt.Fprintf(e.Stdout, "%s holds what is kept beside it\n", file)
	}
	return err
}
