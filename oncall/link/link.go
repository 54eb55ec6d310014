package link

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

// Lifetime is how long a link holds.
const Lifetime = 7 * 24 * time.Hour

// KeySize is how long a key is, in bytes.
const KeySize = 32

// NewKey returns a random key.
func NewKey() []byte {
	key := make([]byte, KeySize)
	_, _ = rand.Read(key) // never fails
	return key
}

// Link is what a token says, with whose call-out it is.
type Link struct {
	Callout int64
	Person  string
	Expires time.Time
}

// The reasons why a token opens nothing.
var (
	ErrInvalid = errors.New("the link is none that was sent")
	ErrExpired = errors.New("the link has expired")
)

// The sizes of a token's parts, in bytes.
const (
	headSize = 16 // call-out and expiry
	sealSize = 16
)

func (l Link) encodeHead() []byte {
	head := binary.BigEndian.AppendUint64(nil, uint64(l.Callout))
	return binary.BigEndian.AppendUint64(head, uint64(l.Expires.Unix()))
}

// sealOf returns the HMAC of a link for a purpose: what opens a link and what is typed are not told by one another.
func sealOf(key []byte, purpose string, l Link) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(purpose + "\n"))
	mac.Write(l.encodeHead())
	mac.Write([]byte(l.Person))
	return mac.Sum(nil)
}

// Sign returns the token of a link.
func Sign(key []byte, l Link) string {
	return base64.RawURLEncoding.EncodeToString(append(l.encodeHead(), sealOf(key, "open", l)[:sealSize]...))
}

// Read returns what a token says. personOf tells whose a call-out is, "" for one that is not there.
func Read(key []byte, token string, personOf func(callout int64) string, now time.Time) (Link, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) != headSize+sealSize || len(key) == 0 {
		return Link{}, ErrInvalid
	}
	l := Link{Callout: int64(binary.BigEndian.Uint64(raw)),
		Expires: time.Unix(int64(binary.BigEndian.Uint64(raw[8:])), 0).UTC()}
	l.Person = personOf(l.Callout)
	isSealed := hmac.Equal(raw[headSize:], sealOf(key, "open", l)[:sealSize])
	switch {
	case !isSealed || l.Person == "":
		return Link{}, ErrInvalid
	case !now.Before(l.Expires):
		return l, ErrExpired
	}
	return l, nil
}

// Digits returns the two digits that stand in the message beside a link.
func Digits(key []byte, l Link) string {
	return fmt.Sprintf("%02d", binary.BigEndian.Uint64(sealOf(key, "type", l))%100)
}
