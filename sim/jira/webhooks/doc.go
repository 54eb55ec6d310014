// Package webhooks posts what a Jira posts when something changes: a message for each issue, entry of logged time and
// sprint that was created, changed or deleted, signed by a secret.
//
// Its words: a [Message] is one event with its body as Jira writes it. [MessagesBetween] compares what a site holds at
// two moments. A [Sender] posts them as a played site goes on: it waits for the next moment at which something changes
// and asks nobody meanwhile.
//
// The way through it, of an issue of a story that is closed at 10:00: the sender waits until the site's clock shows
// 10:00, compares the views before and then, and posts
//
//	X-Hub-Signature: sha256=…
//
//	{"timestamp": …, "webhookEvent": "jira:issue_updated", "issue": {"id": "10001", "key": "K8S-1", "fields": {…}},
//	 "changelog": {"id": "…", "items": [{"field": "status", …}]}}
//
// Unlike a Jira it posts in the order of what happened, and does not try again what is not taken.
package webhooks
