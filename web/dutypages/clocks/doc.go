// Package clocks writes and reads times of on-call on the clocks of a zone, as pages show them and forms send them.
//
// Its words:
//
//   - A clock is a zone in whose times people read and write: their own, or that of a rota.
//   - An hour comes twice when the clocks go back. A form then says of each of its times which one is meant
//     ([WhichOf]); where it does not, a time that shows what the field was filled with is that very moment.
//
// The way through it, of a call-out that was entered as 02:40 to 03:10 in Paris:
//
//	started, ended, err := clocks.ReadTimes(form, paris)
//	clocks.Text(started, paris)         // Mon 23 Nov 02:40
//	clocks.PlacedText(started, paris)   // Mon 23 Nov 02:40 Paris
//	clocks.ComesTwice(paris, from, to)  // whether the form has to ask which hour is meant
package clocks
