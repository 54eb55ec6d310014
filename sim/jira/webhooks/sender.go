package webhooks

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"jerem/sim/jira/sitedata"
)

// Sender posts the messages of a site to an address.
type Sender struct {
	Site    *sitedata.Site
	Address string
	Secret  string // by which each message is signed
	Client  *http.Client

	posted int
}

// postLongest bounds one message.
const postLongest = 10 * time.Second

// Post posts what changed from one moment of the site to another, in order. An error says what was not taken; the rest
// is posted all the same.
func (s *Sender) Post(ctx context.Context, from, to time.Time) error {
	var failed []error
	for _, m := range MessagesBetween(s.Site, from, to) {
		if err := s.postMessage(ctx, m); err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

func (s *Sender) postMessage(ctx context.Context, m Message) error {
	body, err := json.Marshal(m.Body)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, postLongest)
	defer stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.Address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	mac := hmac.New(sha256.New, []byte(s.Secret))
	_, _ = mac.Write(body) // a hash takes everything
	s.posted++
	request.Header.Set("Content-Type", "application/json; charset=UTF-8")
	request.Header.Set("X-Hub-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	request.Header.Set("X-Atlassian-Webhook-Identifier", strconv.Itoa(s.posted))
	answer, err := s.Client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, _ = io.CopyN(io.Discard, answer.Body, 1<<16)
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("%s is answered %d", m.Event, answer.StatusCode)
	}
	return nil
}

// Follow posts what changes on the site until the context ends. now is the site's clock, which runs speed times as fast
// as ours; one that stands still is waited for in vain. tell gets what was not taken.
func (s *Sender) Follow(ctx context.Context, now func() time.Time, speed float64, tell func(error)) {
	posted := now()
	for {
		next, ok := s.Site.NextChange(posted)
		if !ok || speed <= 0 {
			<-ctx.Done()
			return
		}
		pause := time.NewTimer(time.Duration(float64(next.Sub(now())) / speed))
		select {
		case <-ctx.Done():
			pause.Stop()
			return
		case <-pause.C:
		}
		at := now()
		if at.Before(next) {
			at = next // the pause was rounded
		}
		if err := s.Post(ctx, posted, at); err != nil && ctx.Err() == nil {
			tell(err)
		}
		posted = at
	}
}
