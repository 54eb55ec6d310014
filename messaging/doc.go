// Package messaging carries texts to receivers: by mail, and as JSON to webhooks. It knows neither what the texts are
// about nor when they are due.
//
// Its words: a letter is a text with a subject and an ID; the ID is the same however often the letter is sent, so that
// who gets it twice can tell. A mail server takes letters for addresses of mail; a webhook is an address that takes
// JSON by POST. Addresses may hold secrets: no error shows one.
//
// The way through it, of a weekly word to a mail address: [ParseMailServer] reads mail.url, [MailServer.Send] opens a
// connection, encrypted where there is a password, and sends the letter with its ID as Message-ID, marked as sent by a
// program so that no robot answers. [PostJSON] posts to a webhook with the ID as the header Idempotency-Key and follows
// no redirect, which would carry the text to somebody else. [MailServer.Try] and [TryWebhook] go as far as one can
// without sending anything.
//
// Example:
//
//	server, err := messaging.ParseMailServer("smtps://jerem:secret@mail.example", "Jerem <jerem@example.org>")
//	err = server.Send(ctx, "team@example.org", messaging.Letter{ID: "digest-1", Subject: "A week", Text: "…"})
package messaging
