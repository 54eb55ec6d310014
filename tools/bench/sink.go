package main

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"os"
	"sync"
)

// discardPoints is the command that plays a Warp 10 which takes all points and keeps none; with the path of a file,
// their text is written there.
func discardPoints(ctx context.Context, args []string, out io.Writer) error {
	var keep io.Writer = io.Discard
	if len(args) > 0 {
		file, err := os.Create(args[0])
		if err != nil {
			return err
		}
		defer file.Close()
		keep = file
	}
	var one sync.Mutex
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/v0/update", func(w http.ResponseWriter, r *http.Request) {
		one.Lock()
		defer one.Unlock()
		if keep == io.Discard {
			_, _ = io.Copy(keep, r.Body)
			return
		}
		if err := unpackInto(keep, r); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	})
	mux.HandleFunc("/api/v0/delete", func(http.ResponseWriter, *http.Request) {})
	return serveUntilStopped(ctx, out, func(string) http.Handler { return mux })
}

// unpackInto writes the text of a request, which may be packed.
func unpackInto(to io.Writer, r *http.Request) error {
	body := io.Reader(r.Body)
	if r.Header.Get("Content-Encoding") == "gzip" || r.Header.Get("Content-Type") == "application/gzip" {
		unpacked, err := gzip.NewReader(r.Body)
		if err != nil {
			return err
		}
		body = unpacked
	}
	_, err := io.Copy(to, body)
	return err
}
