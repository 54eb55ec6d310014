package testrun

import (
	"errors"
	"math/rand/v2"
	"net"
	"strconv"
	"testing"
)

// The ports for servers of tests. They lie below those that systems hand out by themselves, to who listens on port 0
// and to both ends of connections: Linux from 32768, others from 49152. A port out of those was taken, now and then,
// by another test's connection before the server that it was meant for listened on it.
const (
	firstPort = 12_000
	lastPort  = 32_000
)

// portTries is how many ports are tried before a machine is thought to let nobody listen.
const portTries = 100

// FreePort returns a port of the loopback address that nobody listens on and that the system gives to nobody who does
// not ask for it.
func FreePort() (string, error) {
	var refused error
	for range portTries {
		port := strconv.Itoa(firstPort + rand.IntN(lastPort-firstPort))
		listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", port))
		if err == nil {
			return port, listener.Close()
		}
		refused = err
	}
	return "", errors.Join(errors.New("no port is free"), refused)
}

// FreeAddress is an address of a test's server on the loopback interface, host and port, that nobody listens on.
func FreeAddress(t testing.TB) string {
	t.Helper()
	port, err := FreePort()
	if err != nil {
		t.Fatal(err)
	}
	return net.JoinHostPort("127.0.0.1", port)
}
