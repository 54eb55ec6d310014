package check

// teamFindings are what was found of one team, in the order in which it is told.
type teamFindings struct {
	team string
	list []Finding
}

// addFinding notes what was found of a part of the team.
func (f *teamFindings) addFinding(part string, one Finding) {
	one.What, one.Team, one.Part = "team "+f.team+": "+part, f.team, part
	f.list = append(f.list, one)
}

// addFailure notes that nothing could be found of a part, and why.
func (f *teamFindings) addFailure(part string, err error) {
	f.addFinding(part, FailedFinding("", "", err))
}
