// Package webhook takes the messages that a Jira sends when something changed, as hints: what they say is believed of
// nothing but which issues and boards are worth asking for.
//
// A message is signed: X-Hub-Signature is the HMAC-SHA256 of its raw body by a secret that Jira and we share. The
// signature is checked before anything of the body is read; then the sender is answered at once.
//
//	handler := webhook.Handler{Secret: secret, Accept: bot.Hint, Log: log}
//
//	POST /hooks/jira                  {"webhookEvent":"jira:issue_updated","issue":{"id":"10007","key":"K8S-7",…}}
//	X-Hub-Signature: sha256=4f0e…     → 204, and Accept is told Hint{Issues: [10007], Projects: ["K8S", "10000"]}
//
// Of persons, texts and values that a message holds nothing is kept. Messages may come twice, late and out of order: a
// hint starts a reading, which asks Jira what is so now.
package webhook
