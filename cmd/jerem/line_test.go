package main

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// line is a way to a server that a test opens and closes.
type line struct {
	url string // by which the server is reached over it

	mu    sync.Mutex
	open  bool
	conns map[net.Conn]bool
}

// openLine opens a way to the server of an address.
func openLine(t *testing.T, address string) *line {
	t.Helper()
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &line{open: true, conns: map[net.Conn]bool{}}
	server := to.Host
	to.Host = listener.Addr().String()
	l.url = to.String()
	t.Cleanup(func() { listener.Close(); l.setOpen(false) })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go l.carry(conn, server)
		}
	}()
	return l
}

// carry hands on what both ends say, while the line is open.
func (l *line) carry(conn net.Conn, server string) {
	defer conn.Close()
	far, err := net.Dial("tcp", server)
	if err != nil {
		return
	}
	defer far.Close()
	if !l.hold(conn, far) {
		return
	}
	go func() {
		defer far.Close()
		_, _ = io.Copy(far, conn)
	}()
	_, _ = io.Copy(conn, far)
}

// hold keeps connections that end when the line is closed; false where it is.
func (l *line) hold(conns ...net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, conn := range conns {
		l.conns[conn] = true
	}
	return l.open
}

// setOpen opens the line, or closes it with all that it carries.
func (l *line) setOpen(open bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open = open
	if !open {
		for conn := range l.conns {
			conn.Close()
		}
		clear(l.conns)
	}
}
