package terminal

import (
	"context"
	"io"
	"os"
)

// OpenInput opens what a command reads: standard input for "-", else a file. Opening a pipe that nobody writes to, and
// reading one or a terminal that stays silent, would never end; here both end with the context, as its error.
func OpenInput(ctx context.Context, stdin io.Reader, name string) (io.ReadCloser, error) {
	if name == "-" {
		return &input{ctx: ctx, in: io.NopCloser(stdin)}, nil
	}
	type opened struct {
		file *os.File
		err  error
	}
	done := make(chan opened, 1)
	go func() {
		file, err := os.Open(name)
		done <- opened{file, err}
	}()
	select {
	case got := <-done:
		if got.err != nil {
			return nil, got.err
		}
		return &input{ctx: ctx, in: got.file}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// ReadInput reads all of a file as [OpenInput] opens it.
func ReadInput(ctx context.Context, name string) ([]byte, error) {
	in, err := OpenInput(ctx, nil, name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(in)
}

// input reads until its context is done.
type input struct {
	ctx context.Context
	in  io.ReadCloser
}

// Read reads as much as there is, or tells why the context ended. A read that has begun by then is left alone, with a
// buffer of its own.
func (r *input) Read(p []byte) (int, error) {
	type part struct {
		n   int
		err error
	}
	buffer, done := make([]byte, len(p)), make(chan part, 1)
	go func() {
		n, err := r.in.Read(buffer)
		done <- part{n, err}
	}()
	select {
	case got := <-done:
		return copy(p, buffer[:got.n]), got.err
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	}
}

// Close closes a file, and leaves standard input as it is.
func (r *input) Close() error { return r.in.Close() }
