package forecast

// simulateTrials answers a question: the last team decides within a trial.
func simulateTrials(q Question) Answer {
	answer := Answer{Days: make([]int, q.Trials), Decides: make([]int, len(q.Teams))}
	decides := make([]int32, q.Trials)
	for i, days := range daysOfTeams(q) {
		dates := q.Teams[i].Dates
		for trial, day := range days {
			date := int(day)
			if dates != nil {
				date = dates[min(date, len(dates)-1)]
			}
			if date > answer.Days[trial] {
				answer.Days[trial], decides[trial] = date, int32(i)
			}
		}
	}
	for _, i := range decides {
		if len(q.Teams) > 0 {
			answer.Decides[i]++
		}
	}
	sortDays(answer.Days)
	return answer
}

// daysOfTeams returns the working day of each team in each trial. Of several teams those are drawn anew of which
// anything changed: an initiative of a hundred teams costs what changed of one.
func daysOfTeams(q Question) [][]int16 {
	days := make([][]int16, len(q.Teams))
	if len(q.Teams) == 1 {
		drawDays(q, days)
		return days
	}
	keys := keysOfTeams(q)
	for i, key := range keys {
		if key != nil {
			days[i], _ = drawn.findValue(*key)
		}
	}
	known := append([][]int16(nil), days...)
	drawDays(q, days)
	for i, key := range keys {
		if key != nil && known[i] == nil {
			drawn.addValue(*key, days[i])
		}
	}
	return days
}

// keysOfTeams returns the digest of what the days of each team follow from; nil for one that has none. Issues without
// an estimate take their sizes from one stream, so that what teams before them take of it is a part of it.
func keysOfTeams(q Question) []*digest {
	keys := make([]*digest, len(q.Teams))
	var before []float64
	for i, work := range q.Teams {
		if work.canRecall() {
			in := inputs{make([]byte, 0, roomForInputs)}
			in.addNumbers(float64(q.Trials))
			if work.drawsSizes() {
				in.addNumbers(before...)
			}
			work.Dates = nil
			in.addWork(work)
			key := in.digestInputs()
			keys[i] = &key
		}
		if work.drawsSizes() {
			before = append(before, float64(work.Unestimated), float64(len(work.Sizes)))
		}
	}
	return keys
}

// drawDays draws the days of those teams that have none.
func drawDays(q Question, days [][]int16) {
	sources := make([]*source, len(q.Teams))
	last := -1 // of those that are drawn
	for i, work := range q.Teams {
		if days[i] == nil {
			from := newSource(work)
			sources[i], days[i], last = &from, make([]int16, q.Trials), i
		}
	}
	var draws blocks
	var sizes sizeDraws
	for trial := range q.Trials {
		draws.beginTrial(forecastSeries, trial)
		sizes.beginTrial(trial)
		for i := range last + 1 {
			size := q.Teams[i].drawSize(&sizes)
			if from := sources[i]; from != nil {
				days[i][trial] = int16(from.dayOf(size, &draws))
			}
		}
	}
}

// drawsSizes tells whether a trial draws sizes for issues without an estimate.
func (w *Work) drawsSizes() bool { return len(w.Sizes) > 0 && w.Unestimated > 0 }

// drawSize returns what is to be done in a trial, a size drawn for each unestimated issue.
func (w *Work) drawSize(draws *sizeDraws) float64 {
	size := w.Remaining
	if !w.drawsSizes() {
		return size
	}
	random := draws.trialStream()
	for range w.Unestimated {
		size += w.Sizes[random.IntN(len(w.Sizes))]
	}
	return size
}
