// Package digests keeps what became of the words of the week: to whom one was due, what it says, whether it was taken.
//
// Its words: a receiver is told by a text that shows no address. A [Note] is of one team, one receiver and the last
// moment at which a word was due; a later one takes its place. Its letter is the text as it is sent, kept until it was
// taken, so that it is sent again as it was.
//
// An example, a word that a receiver did not take at first:
//
//	n := digests.Note{Team: "K", Receiver: "slack 3f2a91c0", Due: monday, State: digests.Waiting, Letter: text}
//	err := s.Digests.Put(ctx, n) // before it is sent
//	n.Tries, n.Next = 1, monday.Add(time.Minute)
//	err = s.Digests.Put(ctx, n)
//	n.State, n.Letter = digests.Sent, ""
//	err = s.Digests.Put(ctx, n)
//
// Nothing of it concerns figures, so no generation rises.
package digests
