package schema

import (
	"net/url"
	"strconv"
)

// PortHint says what a port may be.
const PortHint = "a port is a number from 1 to 65535"

// HasValidPort tells whether an address names no port or one that a server may have.
func HasValidPort(u *url.URL) bool {
	if u.Port() == "" {
		return true
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	return err == nil && port > 0
}
