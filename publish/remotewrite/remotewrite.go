package remotewrite

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"jerem/problem"
	"jerem/publish"
	"jerem/scrub"
	"jerem/series"
)

// Sink posts to a store by remote write.
type Sink struct {
	Label    string // by which it is known; remotewrite and the host where it is empty
	URL      string // of remote write; /api/v1/write is added where it has no path
	Token    string // a bearer token, "" for none
	User     string // of a basic login, in place of a token; "" for none
	Password string
	Version  int  // of the protocol: 1 by default, or 2
	Backfill bool // the store takes samples of any age
	Client   *http.Client
	Tries    int           // for one request, 5 by default
	Pause    time.Duration // before the second try, 1 s by default; it doubles up to a minute
}

// Name returns the label, or remotewrite and the host, so that another server is another sink.
func (w *Sink) Name() string { return cmp.Or(w.Label, "remotewrite "+hostOf(w.URL)) }

// Capabilities say what the store can. Samples are never overwritten: VictoriaMetrics keeps the greatest of a
// millisecond where it deduplicates, all of them else.
func (w *Sink) Capabilities() publish.Capabilities {
	can := publish.Capabilities{OldPoints: w.Backfill, Unit: time.Millisecond}
	if w.Backfill {
		can.Deletes = publish.DeletesSeries
	}
	return can
}

// Push posts series in one request.
func (w *Sink) Push(ctx context.Context, list []series.Series) error {
	body, err := w.Encode(list)
	if err != nil {
		return err
	}
	return w.PushBody(ctx, list, body)
}

// PushBody posts series like Push, with the body that Encode wrote of them.
func (w *Sink) PushBody(ctx context.Context, list []series.Series, body []byte) error {
	address, err := w.writeAddress()
	if err != nil {
		return err
	}
	client := publish.WithoutRedirects(w.Client)
	return publish.Retry(ctx, uint(cmp.Or(w.Tries, 5)), cmp.Or(w.Pause, time.Second), func() (bool, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), bytes.NewReader(body))
		if err != nil {
			return false, noAddress()
		}
		w.setHeaders(req)
		status, header, answer, err := w.readAnswer(&client, req)
		if err != nil {
			return true, err
		}
		return w.judgeAnswer(status, header, answer, list)
	})
}

// setHeaders tells the version of the protocol, and who asks.
func (w *Sink) setHeaders(req *http.Request) {
	req.Header.Set("Content-Encoding", "snappy")
	req.Header.Set("User-Agent", "jerem")
	switch w.Version {
	case 2:
		req.Header.Set("Content-Type", "application/x-protobuf;proto=io.prometheus.write.v2.Request")
		req.Header.Set("X-Prometheus-Remote-Write-Version", "2.0.0")
	default:
		req.Header.Set("Content-Type", "application/x-protobuf")
		req.Header.Set("X-Prometheus-Remote-Write-Version", "0.1.0")
	}
	w.setToken(req)
}

// setToken tells who asks: by a token or by a basic login.
func (w *Sink) setToken(req *http.Request) {
	switch {
	case w.Token != "":
		req.Header.Set("Authorization", "Bearer "+w.Token)
	case w.User != "":
		req.SetBasicAuth(w.User, w.Password)
	}
}

// readAnswer sends a request and returns what came back.
func (w *Sink) readAnswer(client *http.Client, req *http.Request) (status int, header http.Header, body []byte,
	err error) {
	res, err := client.Do(req)
	if err != nil {
		p := &problem.Problem{Code: publish.Unreachable,
			Message: w.maskToken(w.messagePrefix() + "no answer: " + publish.RootReason(err).Error()),
			Hint:    "Check the sink's url and the network; nothing is lost, it is posted again."}
		if publish.BrokenOff(err) {
			p.Cause = publish.ErrTooMuch
		}
		return 0, nil, nil, p
	}
	defer res.Body.Close()
	body, _ = io.ReadAll(io.LimitReader(res.Body, 1<<16)) // what came says enough
	if publish.AsksForLater(res) {
		_, err = w.judgeAnswer(res.StatusCode, res.Header, body, nil)
		return 0, nil, nil, publish.Later(err)
	}
	return res.StatusCode, res.Header, body, nil
}

// writeAddress returns the address that takes samples.
func (w *Sink) writeAddress() (*url.URL, error) {
	u, err := url.Parse(w.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, noAddress()
	}
	if strings.Trim(u.Path, "/") == "" {
		u.Path = "/api/v1/write"
	}
	return u, nil
}

func noAddress() error {
	return &problem.Problem{Code: publish.NotASink, Message: "remotewrite: the sink's url is no address",
		Hint: "Write it like http://victoria.example:8428/api/v1/write."}
}

// hostOf returns the host of an address, "url" where it is none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "url"
	}
	return u.Host
}

func versionName(w *Sink) string { return strconv.Itoa(cmp.Or(w.Version, 1)) }

// messagePrefix begins each message: which sink it is about.
func (w *Sink) messagePrefix() string { return "remotewrite " + hostOf(w.URL) + ": " }

// maskToken hides the secrets in a text, should a server quote them, in whatever form.
func (w *Sink) maskToken(text string) string {
	secrets := []string{w.Token, w.Password}
	if w.Password != "" {
		secrets = append(secrets, scrub.BasicLogin(w.User, w.Password)...)
	}
	if u, err := url.Parse(w.URL); err == nil && u.User != nil {
		password, _ := u.User.Password()
		secrets = append(append(secrets, password), scrub.BasicLogin(u.User.Username(), password)...)
	}
	return scrub.Of(secrets...).Message(text)
}
