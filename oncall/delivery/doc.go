// Package delivery sends messages about on-call: by mail through the server of mail.url, and as JSON to a webhook, as
// jerem/messaging carries them. It is no paging and promises nothing.
//
// Its words: a contact is a channel with its address; a delivery is one message to one contact. What is due is kept by
// others until a delivery was taken: a message that was sent and not noted goes again, with the same ID.
//
// The way through it: Sender.Send sends one message. A mail carries the ID as its Message-ID, a webhook as the header
// Idempotency-Key and in the body; both say that a program sent them, so that no robot answers. Run sends all that is
// due and notes what was taken; what failed is due again later.
//
// An example:
//
//	sender := &delivery.Sender{Mail: server, HTTP: client}
//	err := sender.Send(ctx, delivery.Contact{Channel: delivery.Mail, Address: "ada@example.org"}, m)
package delivery
