// Package content writes the pieces of a series as the sink ledger keeps them, and reads them back. They are what
// stands at a sink, so that a later posting knows which points it still needs.
//
// Its words:
//
//   - A part is a run of points that is kept by its digest. Pieces are cut into parts by the ticks of their points
//     alone, so a series that goes on, or that is corrected at one place, has all other parts as before: they are not
//     written again.
//   - A fragment is a piece, or as much of it as stands in one part: its kind, its ends, its points packed.
//   - Former versions kept all pieces of a series as one text of JSON. [Parse] reads both forms.
//
// The way through it, for a series of 2,000 points to which one comes:
//
//	before := content.Of(extent)        // ledger.Content: former parts with digests, and the last one
//	after := content.Of(extentWithOne)  // the former parts are the same but for one at most
//	cut = cut.GoOn(piecesWithOne)       // [Cut]: the same content, and the points that stand are not read again
//	pieces, err := content.Parse(parts) // the pieces again, without class and labels
package content
