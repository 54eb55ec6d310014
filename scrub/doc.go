// Package scrub takes our own credentials out of what is answered to us, before anything of it is read, logged or told.
// Proxies and gateways quote what was sent to them, in many forms.
//
// Its words:
//
//   - A [Scrubber] knows the secrets of one [Login], and the tokens that are got with it ([Scrubber.AddSecret]).
//   - A form is a way in which a secret may be quoted: as it is, percent-encoded, for HTML, as JSON, and for a name
//     with a password the pair that a basic login sends.
//   - A message is a text for people. Every form of four characters or more goes out of it, and every piece of eight
//     characters of a secret, which a cut may have left.
//   - An answer is data. Only secrets of eight characters or more go out of it, whole: a shorter one may be a word of a
//     title.
//
// The way through it:
//
//	s := scrub.New(scrub.Login{Token: "very-secret-token"})
//	s.Message("got very-secret-token")       // got …
//	s.Message("cut: very-secr")              // cut: …
//	s.Answer([]byte(`["\u0076ery-secret-token","very"]`)) // ["…","very"]
package scrub
