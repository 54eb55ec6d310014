package sync

import (
	"log/slog"
	"time"
)

// progressEvery is how often a long reading says how far it is.
const progressEvery = 10 * time.Second

// progressLog writes a line now and then while issues are read.
type progressLog struct {
	now  func() time.Time
	log  *slog.Logger
	told time.Time // when it last did, or when the reading began
}

// tellProgress says how far the reading is, where the last line is old.
func (p *progressLog) tellProgress(done, total int) {
	now := p.now()
	if now.Sub(p.told) < progressEvery {
		return
	}
	p.told = now
	p.log.Info("reading issues", "done", done, "total", total)
}
