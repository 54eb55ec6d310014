// Package access tells who looks, and what they may see and do. A [Gate] stands before the pages and the API, in one of
// three modes: off (whoever reaches the address may look), proxy (a proxy in front logs people in and names them in a
// header), oidc (people log in here, at an identity provider). Programs send a token in each mode.
//
// Its words: an rules.Identity is who asks, as a proxy or a provider says: a login, and the claims that rules ask for.
// rules.Rules give roles to identities, and say who may see which team. A rules.Visitor is what follows: roles and
// teams. A [Token] is known by its hash alone. The [Journal] is what visitors did: logins, and what they changed.
//
// The way through it, for somebody who opens /teams/Kubernetes without a login, in mode oidc:
//
//	v, p := gate.Identify(r) // p.Code is NotLoggedIn
//
// The server leads a browser to gate.LoginAddress(r), which is /login?to=%2Fteams%2FKubernetes, and tells a program
// what it lacks. /login makes a state, a nonce and a verifier, leaves them in a cookie of this browser and sends it to
// the provider. The provider sends it back to /login/callback with a code. The gate takes the cookie away, compares the
// state, changes the code for a token (the verifier proves that it is the same browser), checks signature, audience,
// time and nonce of the token, reads login and claims out of it, keeps a session of twelve hours, and leads to
// /teams/Kubernetes. There Identify finds the session and asks the rules:
//
//	Rules{Roles: {viewer: ["*"]}, Teams: {"Metal": ["groups=metal"]}}
//
// make a visitor of them with the role viewer and the team Kubernetes: a server for such a visitor is one that was
// configured with the team Kubernetes alone, so that Metal is in no list, sum or total (see web).
//
// Logins are people's names. They stand in sessions and in the journal, in nothing else, and no figure knows them.
package access
