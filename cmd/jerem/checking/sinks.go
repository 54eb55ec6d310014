package checking

import (
	"context"
	"time"

	"jerem/check"
	"jerem/cmd/jerem/setup"
	"jerem/config"
	"jerem/publish/remotewrite"
	"jerem/publish/warp10"
	"jerem/series"
)

// checkSinks tries the entries of sinks: nothing that is written stays.
func checkSinks(ctx context.Context, c *config.Config) (out []check.Finding) {
	for i, sink := range setup.NamedSinks(c) {
		name := sink.Name()
		switch s := sink.(type) {
		case *remotewrite.Sink:
			found := s.Try(ctx)
			out = append(out, sinkFinding(name, "write", "it takes remote write; nothing was written", found.Write))
			if found.Write == nil && c.Sinks[i].Backfill == config.BackfillAll {
				out = append(out, sinkFinding(name, "delete", "it deletes series: a past that is corrected is posted "+
					"anew", found.Delete))
			}
		case *warp10.Sink:
			found := s.Try(ctx, "", series.Point{Tick: time.Now().UnixMicro(), Value: series.Long(1)})
			out = append(out, sinkFinding(name, "write", "the token can write: one point, deleted at once",
				found.Write))
			if found.Write == nil {
				out = append(out, sinkFinding(name, "delete", "the token can delete: points that a correction takes "+
					"away will go", found.Delete))
			}
		}
	}
	return out
}

// sinkFinding tells what a try of a sink found.
func sinkFinding(sink, part, found string, err error) check.Finding {
	f := check.Finding{What: "sink " + sink + ": " + part, Part: part, OK: true, Found: found}
	if err != nil {
		f = check.FailedFinding(f.What, part, err)
	}
	f.Found, f.Details = sink+": "+f.Found, map[string]any{"sink": sink}
	return f
}
