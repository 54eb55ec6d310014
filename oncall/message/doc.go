// Package message words what people are told of on-call: changes asked and answered, and duties that begin tomorrow. It
// is pure.
//
// Its words: a notice is that somebody is to be told of something from a moment on (roster.Notice); a message is a
// notice in words, with an ID by which a receiver tells twins.
//
// The way through it: Reminders makes the notices of duties that begin tomorrow, due at 18:00 on the person's clock;
// kept twice they are kept once. Compose words a notice in the times of its person. Who sends messages stands
// elsewhere.
//
// An example. Ada asked ben to cover her Tuesday:
//
//	m, ok := message.Compose(view, roster.Notice{ID: 7, Person: "ben", Kind: roster.NoticeAsked, Change: 3})
//	m.Subject // ada asks you to cover k8s, Tue 2026-01-06 00:00 to Wed 2026-01-07 00:00
package message
