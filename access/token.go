package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"jerem/access/rules"
	"jerem/problem"
)

// tokenPrefix begins each token, so that scanners of repositories find one that was written down by mistake.
const tokenPrefix = "jerem_"

// Token is what is kept of a token: all but the token.
type Token struct {
	ID      string // the first digits of its hash: what a list shows and a command names
	Hash    string // SHA-256 of the token, in hex
	Name    string // what it is for, told by who made it
	Role    rules.Role
	Team    string // the only team that it sees; "" for all
	Created time.Time
	Expires time.Time // zero for never
}

// Tokens are the tokens that are kept.
type Tokens interface {
	// TokenByHash returns the token of a hash; false where there is none.
	TokenByHash(ctx context.Context, hash string) (Token, bool, error)
}

// NewToken makes a token of 256 random bits: its text, which is shown once and kept nowhere, and what is kept.
func NewToken(name string, role rules.Role, team string, now, expires time.Time) (text string, kept Token) {
	text = tokenPrefix + rand.Text() + rand.Text()
	hash := hashOf(text)
	return text, Token{ID: TokenID(hash), Hash: hash, Name: name, Role: role, Team: team, Created: now,
		Expires: expires}
}

// TokenID is what a list shows of a token and a command names it by: the first digits of its hash.
func TokenID(hash string) string { return hash[:min(len(hash), 12)] }

// hashOf needs no salt and no slowness: a token has too many bits to be guessed.
func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Expired tells whether a token's time is over.
func (t Token) Expired(now time.Time) bool { return !t.Expires.IsZero() && !now.Before(t.Expires) }

// visitorOf is who asks with the token, out of the teams that there are.
func (t Token) visitorOf(teams []string) rules.Visitor {
	v := rules.Visitor{Login: t.Name, Token: true, Roles: []rules.Role{t.Role}}
	for _, team := range teams {
		if t.Team == "" || t.Team == team {
			v.Teams = append(v.Teams, team)
		}
	}
	return v
}

// bearerToken returns the token that a request carries; false where it carries none.
func bearerToken(r *http.Request) (string, bool) {
	scheme, token, found := strings.Cut(r.Header.Get("Authorization"), " ")
	if !found || !strings.EqualFold(scheme, "Bearer") {
		return "", false
	}
	return strings.TrimSpace(token), true
}

func badToken() *problem.Problem {
	return &problem.Problem{
		Code: BadToken, Status: http.StatusUnauthorized, Message: "the token is not known, or its time is over",
		Hint: "`jerem token list` tells which there are, `jerem token create` makes one.",
	}
}
