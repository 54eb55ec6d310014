// Package sidefile opens the SQLite files that stand beside the store and hold what no figure is made of: logins and
// tokens in one, what on-call keeps in another.
//
// Words. A form is what a file looks like: the number by which SQLite knows whose it is, and the migrations that make
// each version of it out of the one before. One that ran on somebody's file is never edited.
//
// An example. The file of logins beside /var/lib/jerem/jerem.db is opened, made where there is none, by
//
//	path := sidefile.Path("/var/lib/jerem/jerem.db", "access") // /var/lib/jerem/jerem.access.db
//	db, err := sidefile.Open(ctx, path, sidefile.Form{ApplicationID: 0x4a657241, Migrations: migrations})
package sidefile
