package attempts

import (
	"net/netip"
	"testing"
	"time"
)

// TestAttemptsAreBounded: however many addresses fail, so many are remembered.
func TestAttemptsAreBounded(t *testing.T) {
	var a Limit
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	for i := range 3 * addressesAtOnce {
		a.CountFailure(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}).String(), now)
	}
	if len(a.seen) > addressesAtOnce {
		t.Errorf("%d addresses are remembered", len(a.seen))
	}
	if AddressOf("[2001:db8::1]:1") != AddressOf("[2001:db8::ffff:0:1]:2") {
		t.Error("addresses of one customer count apart")
	}
}
