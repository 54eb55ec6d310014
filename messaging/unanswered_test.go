package messaging_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jerem/messaging"
)

// TestUnanswered: a webhook that got a message and gave no answer was reached, and may have taken it; where nobody
// listens it was not. No error tells the address.
func TestUnanswered(t *testing.T) {
	got := make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil { // a server tells of who left when all is read
			t.Error(err)
		}
		close(got)
		<-r.Context().Done()
	}))
	defer silent.Close()
	go func() {
		<-got
		stop() // as the end of its time does
	}()
	broken := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic(http.ErrAbortHandler)
	}))
	defer broken.Close()
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody.Close()
	for _, c := range []struct {
		ctx     context.Context
		address string
		want    string
	}{
		{ctx, silent.URL, "the webhook got the message and gave no answer (context canceled): it may have taken it"},
		{t.Context(), broken.URL, "the webhook got the message and gave no answer (EOF): it may have taken it"},
		{t.Context(), "http://" + nobody.Addr().String(), "the webhook cannot be reached: "},
	} {
		err := messaging.PostJSON(c.ctx, http.DefaultClient, c.address+"/s3cret", "1", messaging.Letter{})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}
