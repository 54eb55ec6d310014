package guard

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"jerem/problem"
	"jerem/web/format"
	"jerem/web/frame"
)

// Hosts returns the names, in small letters and without a port, that a Host header may have besides loopback: the host
// of the address that people use, that of the address that is listened on, and others.
func Hosts(address, listen string, others []string) map[string]bool {
	hosts := map[string]bool{}
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		hosts[hostName(u.Host)] = true
	}
	if name := hostName(listen); name != "" {
		if address, err := netip.ParseAddr(name); err != nil || !address.IsUnspecified() {
			hosts[name] = true
		}
	}
	for _, name := range others {
		hosts[hostName(name)] = true
	}
	return hosts
}

// hostName is the name in a Host header: without port, brackets and the dot at its end, in small letters.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// IsLoopback tells whether a name can only mean this machine.
func IsLoopback(name string) bool {
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	address, err := netip.ParseAddr(name)
	return err == nil && address.Unmap().IsLoopback()
}

// ListensToAll tells whether an address to listen on can be reached from other machines.
func ListensToAll(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	return err == nil && !IsLoopback(hostName(host))
}

// AnswersTo tells whether a request names a host that is answered. A page from elsewhere whose name was made to lead
// here could otherwise read everything (DNS rebinding).
func (g *Guard) AnswersTo(r *http.Request) bool {
	name := hostName(r.Host)
	return g.hosts == nil || hasPlainPort(r.Host) && (IsLoopback(name) || g.hosts[name])
}

// hasPlainPort tells whether a Host header names no port or one in digits: before anything else would stand a name of
// ours that is the beginning of another one.
func hasPlainPort(host string) bool {
	_, port, err := net.SplitHostPort(host)
	return err != nil || strings.Trim(port, "0123456789") == ""
}

// wrongHost is what a request to another host is told.
func wrongHost(r *http.Request) *problem.Problem {
	name := plainHost(hostName(r.Host))
	return frame.NewProblem(http.StatusMisdirectedRequest, "unknown_host", "If "+format.OrElse(name,
		"that name")+" is right, add it to the configuration: server.hosts: ["+format.OrElse(name, "NAME")+"]",
		"%q is not a name of this server", name)
}

// plainHost is a name as a message shows it: what no name holds is left out.
func plainHost(name string) string {
	kept := strings.Map(func(c rune) rune {
		if c == '.' || c == '-' || c == '_' || c == ':' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' {
			return c
		}
		return -1
	}, name)
	return kept[:min(len(kept), 253)]
}
