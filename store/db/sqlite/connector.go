package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"modernc.org/sqlite"

	"jerem/store/db/sqlite/prepared"
)

// sumDriver is SQLite with jerem_sum. The function gets texts and documents where SQLite has them, not copied: it keeps
// nothing of them, and asks nothing meanwhile.
var sumDriver = sync.OnceValues(func() (*sqlite.Driver, error) {
	d := &sqlite.Driver{}
	return d, d.RegisterFunction("jerem_sum", &sqlite.FunctionImpl{
		NArgs: -1, Deterministic: true, Scalar: sumValues, VolatileArgs: true,
	})
})

// connector opens connections of sumDriver.
type connector struct {
	driver  *sqlite.Driver
	address string
	watched *atomic.Pointer[string] // statements for each new connection; nil for none
	present func() error            // tells whether the path still leads to the open file; nil where it may not
}

// Connect opens a connection.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	if c.present != nil {
		if err := c.present(); err != nil {
			return nil, err
		}
	}
	opened, err := c.driver.Open(c.address)
	if err != nil {
		return nil, err
	}
	conn := prepared.Keep(opened.(prepared.DriverConn))
	if c.watched == nil || c.watched.Load() == nil {
		return conn, nil
	}
	if _, err := conn.ExecContext(ctx, *c.watched.Load(), nil); err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

// Driver returns the driver.
func (c connector) Driver() driver.Driver { return c.driver }

// dataSource is what opens a file of SQLite; mode and options are parameters of it. A relative path begins with ./, for
// SQLite would take :memory: for no file at all.
func dataSource(path string, options ...string) string {
	if !filepath.IsAbs(path) {
		path = "./" + path
	}
	opaque := strings.ReplaceAll(url.PathEscape(filepath.ToSlash(path)), "%2F", "/")
	return "file:" + opaque + "?" + strings.Join(options, "&")
}

// The ways to open a store; the time to wait for a lock is set before anything else. What a statement would restore of
// its own, were it to fail, stays in memory: in files beside the store it was more than is written into the store.
var (
	forWriting = []string{"mode=rwc", "_pragma=busy_timeout(10000)", "_pragma=journal_mode(WAL)",
		"_pragma=temp_store(MEMORY)", "_pragma=synchronous(FULL)", "_pragma=foreign_keys(1)", "_txlock=immediate"}
	forReading = []string{"mode=rw", "_pragma=busy_timeout(10000)", "_pragma=query_only(1)"}
	forCopying = []string{"mode=rw", "_pragma=busy_timeout(10000)"} // query_only would keep a copy from being written
	unwritable = []string{"mode=ro", "_pragma=busy_timeout(10000)", "_pragma=query_only(1)"}
	immutable  = []string{"mode=ro", "immutable=1", "_pragma=query_only(1)"} // no log beside it is looked at
)

// openConnection returns a pool of connections to a file.
func openConnection(path string, options []string) (*sql.DB, error) {
	driver, err := sumDriver()
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector{driver: driver, address: dataSource(path, options...)}), nil
}
