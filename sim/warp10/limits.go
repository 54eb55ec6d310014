package warp10sim

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// ticksPerSecond is how many ticks a second has.
func (s *Server) ticksPerSecond() int64 {
	if s.Unit == 0 {
		return 1_000_000
	}
	return s.Unit
}

// toTicks is a moment in the platform's unit.
func (s *Server) toTicks(t time.Time) int64 {
	if s.ticksPerSecond() < 1_000_000 {
		return t.UnixMicro() / (1_000_000 / s.ticksPerSecond())
	}
	return t.UnixMicro() * (s.ticksPerSecond() / 1_000_000)
}

// newParser returns a parser of lines that a token sent.
func (s *Server) newParser(token string) *parser {
	p := &parser{now: s.currentTick(), app: application, past: s.ticksOf(s.MaxPast), future: s.ticksOf(s.MaxFuture)}
	switch token {
	case Limited:
		p.past, p.future = s.ticksOf(limit), s.ticksOf(limit)
	case Throttled:
		p.app = throttled
	}
	return p
}

func (s *Server) ticksOf(d time.Duration) int64 {
	return int64(d.Seconds() * float64(s.ticksPerSecond()))
}

// throttled is the application that has quotas.
const throttled = "throttled"

// perPoint is how long a point may have to wait.
const perPoint = 10 * time.Millisecond

// admitSeries counts a series of the throttled application. It says what is wrong with one too many.
func (s *Server) admitSeries(p *parser, g gts) string {
	if p.app != throttled {
		return ""
	}
	if s.active == nil {
		s.active = map[string]bool{}
	}
	if s.Streams > 0 && !s.active[g.key] && len(s.active) >= s.Streams {
		return fmt.Sprintf(
			"Geo Time Series %s would exceed the Monthly Active Data Streams limit for application '%s' (%d).",
			g.formatName(styles{}),
			throttled,
			s.Streams,
		)
	}
	s.active[g.key] = true
	return ""
}

// throttlePoints makes the points of a series wait until the quota has room for them, and refuses them where that is
// too long: what was stored before is a debt, and a small series may wait a short time only.
func (s *Server) throttlePoints(p *parser, g *gts, points int) string {
	if p.app != throttled || s.Rate == 0 || points == 0 {
		return ""
	}
	now := s.currentTime()
	if debt := s.free.Sub(now); debt > 0 {
		if debt > perPoint*time.Duration(points) {
			return fmt.Sprintf("Storing data for %s would incur a wait greater than 10 ms per datapoint due to your "+
				"Daily Data Points limit being already exceeded for application '%s'. Current max rate is %s "+
				"datapoints/s.",
				g.formatName(styles{}), throttled, strconv.FormatFloat(s.Rate, 'f', -1, 64))
		}
		if s.Sleep != nil {
			s.Sleep(debt)
		}
		now = now.Add(debt)
	}
	s.free = now.Add(time.Duration(float64(points) / s.Rate * float64(time.Second)))
	return ""
}

// refuseStopped answers what the operator switched off, without what other answers tell browsers.
func refuseStopped(w http.ResponseWriter, r *http.Request, text string) {
	w.Header().Del("Access-Control-Allow-Origin")
	writeFailure(w, r, http.StatusForbidden, text)
}
