package pgtest

import (
	"io"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
)

// Trips counts round trips between programs and the server: how often something was asked after an answer had come.
type Trips struct {
	server string // its address
	count  atomic.Int64
}

// CountTrips returns an address by which a database is reached like by its own one, and the count of the round trips of
// all who do.
func CountTrips(t testing.TB, address string) (string, *Trips) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	trips := &Trips{server: u.Host}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			running.Go(func() { trips.serveConnection(client) })
		}
	})
	t.Cleanup(func() {
		listener.Close()
		running.Wait()
	})
	u.Host = listener.Addr().String()
	return u.String(), trips
}

// Count returns how many round trips there were so far.
func (c *Trips) Count() int { return int(c.count.Load()) }

// serveConnection hands on what both sides of a connection say, until one of them ends it.
func (c *Trips) serveConnection(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", c.server)
	if err != nil {
		return
	}
	defer server.Close()
	var answered atomic.Bool
	answered.Store(true)
	ended := make(chan struct{}, 2)
	handOn := func(to, from net.Conn, said func()) {
		defer func() { ended <- struct{}{} }()
		part := make([]byte, 64<<10)
		for {
			n, err := from.Read(part)
			if n > 0 {
				said()
				if _, err := to.Write(part[:n]); err != nil {
					return
				}
			}
			if err != nil && err != io.EOF || n == 0 {
				return
			}
		}
	}
	go handOn(server, client, func() {
		if answered.Swap(false) {
			c.count.Add(1)
		}
	})
	go handOn(client, server, func() { answered.Store(true) })
	<-ended
}
