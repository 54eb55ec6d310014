// Package transfer copies all that one database holds into another one, of the same kind or not: tables, columns and
// values are the same in all of them.
//
// The way of a copy, out of a file into a server:
//
//	rows, err := transfer.Copy(ctx, file, server, func(ctx context.Context) error {
//		// read the server by ctx and compare it with the file
//	})
//
// One transaction reads the source, so that all comes from one state of it, and one writes the target: all of it or
// nothing. What does not match its checksum is refused before, for the target would take it for sound. A target that
// holds anything is refused. The proof runs before the write is made final, and sees what was written; where it fails,
// or the process ends, the target holds nothing.
package transfer
