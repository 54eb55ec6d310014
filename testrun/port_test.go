package testrun

import (
	"net"
	"os"
	"strconv"
	"strings"
	"testing"
)

// handedOut is where Linux tells the ports that it hands out by itself, the first and the last.
const handedOut = "/proc/sys/net/ipv4/ip_local_port_range"

// TestFreePort: a port can be listened on, and is none of those that the system gives to others by itself.
func TestFreePort(t *testing.T) {
	first := lastPort
	if text, err := os.ReadFile(handedOut); err == nil {
		if first, err = strconv.Atoi(strings.Fields(string(text))[0]); err != nil {
			t.Fatal(err)
		}
	}
	for range 50 {
		address := FreeAddress(t)
		listener, err := net.Listen("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close()
		if port := listener.Addr().(*net.TCPAddr).Port; port >= first {
			t.Fatalf("port %d is one of those that the system hands out from %d on", port, first)
		}
	}
}
