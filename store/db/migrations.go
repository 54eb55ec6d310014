package db

import "io/fs"

// ReadMigrations returns the statements of a folder named migrations, in the order of its files. They are part of the
// program: it panics where they cannot be read.
func ReadMigrations(files fs.FS) (texts []string) {
	names, err := fs.Glob(files, "migrations/*.sql")
	for _, name := range names {
		var text []byte
		if text, err = fs.ReadFile(files, name); err != nil {
			break
		}
		texts = append(texts, string(text))
	}
	if err != nil {
		panic(err)
	}
	return texts
}
