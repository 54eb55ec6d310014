package forecast

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"sync"
)

// replayKey tells apart what the medians of a replayed forecast are made from: the day, and the digest of the days before
// it that are looked at.
type replayKey [sha256.Size]byte

func keyOfReplay(past Throughput, day int) replayKey {
	text := binary.LittleEndian.AppendUint64(make([]byte, 0, 8*(capDays+1)), uint64(day))
	for _, amount := range past.lastDays(max(capDays, WindowDays)) {
		text = binary.LittleEndian.AppendUint64(text, math.Float64bits(amount))
	}
	return sha256.Sum256(text)
}

// mostRecalled is how many replayed forecasts are remembered in each of two halves: about 8 MB in all.
const mostRecalled = 1 << 15

// recalled are the medians that were simulated lately. The past of a team is the same from one reading to the next but
// for its last days, so nearly all of a record is known already. What is remembered changes no answer: the same days
// give the same medians. The older half is forgotten when the newer one is full.
var recalled struct {
	mu    sync.Mutex
	newer map[replayKey][len(Horizons)]int
	older map[replayKey][len(Horizons)]int
}

// recallMedians returns the medians of the base as of a day, simulating them where they are not remembered.
func recallMedians(past Throughput, amounts []float64, day int) [len(Horizons)]int {
	key := keyOfReplay(past, day)
	recalled.mu.Lock()
	medians, known := recalled.newer[key]
	if !known {
		medians, known = recalled.older[key]
	}
	recalled.mu.Unlock()
	if !known {
		medians = [len(Horizons)]int(replayMedians(past, amounts, day))
	}
	rememberMedians(key, medians)
	return medians
}

func rememberMedians(key replayKey, medians [len(Horizons)]int) {
	recalled.mu.Lock()
	defer recalled.mu.Unlock()
	if recalled.newer == nil || len(recalled.newer) >= mostRecalled {
		recalled.older, recalled.newer = recalled.newer, map[replayKey][len(Horizons)]int{}
	}
	recalled.newer[key] = medians
}
