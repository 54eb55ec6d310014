// Package places opens the store wherever it is: a place is the path of a file, or the address of a PostgreSQL server.
// The store itself knows no server, so what only uses one, or a file, is not linked with PostgreSQL's driver.
//
//	s, err := places.Open(ctx, "/var/lib/jerem/jerem.db")
//	s, err = places.Open(ctx, "postgres://jerem@db.example.org/jerem")
//	places.Name("postgres://jerem:secret@db.example.org/jerem") // without the password
package places
