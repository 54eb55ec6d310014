// Package digest sends the word of the week: for those who open no page, a few sentences about a team, once a week, to
// a chat, an address of mail or a webhook.
//
// Its words: a [Word] is what is told of a team, in sentences of measure/summary, with links. An [Entry] says to which
// receiver a word goes and at which moment of each week, in the team's time zone; the last such moment is when one was
// due. What became of it is a note in the store (store/digests).
//
// The way through it, each minute, for each entry ([Sender.Run]): the note of the entry's receiver tells which moment
// was dealt with last. Where a later one was due, it is noted as waiting; with more than [LateAtMost] since, as nobody
// could send it meanwhile, as skipped. A receiver that is named for the first time gets no word of a moment before. The
// word waits for a reading of the team that ended after the moment, an hour at most. Then its letter is written into
// the note, and then it is sent: whatever ends the program in between, it is sent again as it was, under the same ID.
// What is not taken is tried again, after a minute, two, four, up to an hour, until LateAtMost is over.
//
// Example: a team is told on Mondays at nine. The program is stopped from Sunday to Monday, eleven o'clock:
//
//	e := digest.Entry{Team: "K8S", Day: time.Monday, Time: 9 * time.Hour, To: receiver}
//	sent, err := sender.Run(ctx, eleven) // noted as waiting; the reading that begins now is waited for
//	sent, err = sender.Run(ctx, eleven.Add(time.Minute)) // the word of the week to now, two hours late, once
//
// With several instances each note is written by the transaction of who leads: who lost that cannot note, and what is
// not noted is not sent.
package digest
