package warp10

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"jerem/problem"
	"jerem/publish"
	"jerem/series"
)

// maxRejected bounds how many series are rejected before a push gives up: a server that takes nothing has another
// trouble than the series.
const maxRejected = 100

// push is one call of Push.
type push struct {
	sink     *Sink
	client   client
	refused  map[string]bool // keys of the series that are not taken
	rejected []publish.Rejection
}

// pushWritten sends series of which the body was written ahead, until all that the server can read are taken.
func (p *push) pushWritten(ctx context.Context, list []series.Series, body []byte) error {
	err := p.sendBody(ctx, list, body)
	var bad *badLine
	if !errors.As(err, &bad) {
		return err
	}
	if err := p.refuseLine(ctx, list, bad); err != nil {
		return err
	}
	return p.pushAll(ctx, list)
}

// pushAll sends series until all of them that the server can read are taken.
func (p *push) pushAll(ctx context.Context, list []series.Series) error {
	for {
		left := p.withoutRefused(list)
		if len(left) == 0 {
			return nil
		}
		err := p.sendSeries(ctx, left)
		var bad *badLine
		if !errors.As(err, &bad) {
			return err
		}
		if err := p.refuseLine(ctx, left, bad); err != nil {
			return err
		}
	}
}

// refuseLine rejects the series of a line that the server does not take; it is an error where time alone is the reason.
func (p *push) refuseLine(ctx context.Context, list []series.Series, bad *badLine) error {
	if out := bad.outOfRange(p.client.hostName(), p.sink.unitsPerSecond()); out != nil {
		return out
	}
	return p.rejectSeriesOf(ctx, list, bad)
}

func (p *push) withoutRefused(list []series.Series) []series.Series {
	var out []series.Series
	for i := range list {
		if !p.refused[list[i].Key()] {
			out = append(out, list[i])
		}
	}
	return out
}

// rejectSeriesOf finds the series that a bad line belongs to. A line that several may have written is
// found by sending each of them alone.
func (p *push) rejectSeriesOf(ctx context.Context, list []series.Series, bad *badLine) error {
	var suspects []series.Series
	for i := range list {
		if bad.standsIn(string(p.sink.appendSeries(nil, &list[i]))) {
			suspects = append(suspects, list[i])
		}
	}
	before := len(p.rejected)
	switch {
	case before >= maxRejected:
	case len(suspects) == 1:
		p.rejectSeries(suspects[0], bad)
	default:
		for _, s := range suspects {
			var alone *badLine
			if err := p.sendSeries(ctx, []series.Series{s}); errors.As(err, &alone) {
				p.rejectSeries(s, alone)
			} else if err != nil {
				return err
			}
		}
	}
	if len(p.rejected) > before {
		return nil
	}
	return &problem.Problem{Code: publish.Refused, Status: http.StatusBadRequest,
		Message: p.client.maskToken(fmt.Sprintf("warp10 %s: %s", p.client.hostName(), bad.message)),
		Hint:    "The server takes none of these points: check its limits and those of the token."}
}

func (p *push) rejectSeries(s series.Series, bad *badLine) {
	key := s.Key()
	p.refused[key] = true
	p.rejected = append(p.rejected, publish.Rejection{Series: key,
		Reason: p.client.maskToken(fmt.Sprintf("%s, in %q", bad.reason, bad.line))})
}

// sendSeries posts series until they are taken or patience is over.
func (p *push) sendSeries(ctx context.Context, list []series.Series) error {
	body, err := p.sink.Encode(list)
	if err != nil {
		return err
	}
	return p.sendBody(ctx, list, body)
}

// sendBody posts the body of series until it is taken or patience is over.
func (p *push) sendBody(ctx context.Context, list []series.Series, body []byte) error {
	return p.client.retryRequest(ctx, func() (bool, error) {
		again, err := p.client.postBody(ctx, body)
		if problem.Is(err, publish.Limited) && len(list) > 1 {
			again = false // the same would be refused at the same place: a part of it is tried first
		}
		return again, err
	})
}
