package web

import (
	"context"
	"net/http"
	"os"
	"slices"
	"sync"
	"testing"

	"jerem/testrun"
)

// TestMain runs the tests with little garbage collection and folders in memory.
func TestMain(m *testing.M) {
	code := testrun.Run(m)
	endings.run()
	os.Exit(code)
}

// endings is what is done when all tests are over.
var endings struct {
	sync.Mutex
	list
}

type list []func()

func (l list) run() {
	for _, end := range slices.Backward(l) {
		end()
	}
}

// lasting is a test whose folders, stores and servers stay for the tests behind it, until all are over.
type lasting struct{ testing.TB }

func (lasting) Context() context.Context { return context.Background() }

func (lasting) Cleanup(end func()) {
	endings.Lock()
	defer endings.Unlock()
	endings.list = append(endings.list, end)
}

func (l lasting) TempDir() string {
	l.Helper()
	folder, err := os.MkdirTemp("", "jerem-web-")
	if err != nil {
		l.Fatal(err)
	}
	l.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}

// handlers are those that tests share, by what they serve.
var handlers sync.Map

// sharedHandler returns the handler of a name, which is made once.
func sharedHandler(name string, create func() http.Handler) http.Handler {
	once, _ := handlers.LoadOrStore(name, sync.OnceValue(create))
	return once.(func() http.Handler)()
}
