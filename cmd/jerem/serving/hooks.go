package serving

import (
	"net/http"

	"jerem/cmd/jerem/setup"
	"jerem/jira/webhook"
)

// withHooks takes messages of Jira at /hooks/jira, beside what is served, where a secret for them is configured. Who
// sends them logs in by the signature alone.
func withHooks(o *setup.Instance, pages http.Handler) http.Handler {
	secret := o.Config.Jira.WebhookSecret.Reveal()
	if secret == "" {
		return pages
	}
	mux := http.NewServeMux()
	mux.Handle("POST /hooks/jira", webhook.NewHandler(secret, o.Bot.Hint, o.Log))
	mux.Handle("/", pages)
	return mux
}
