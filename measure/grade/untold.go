package grade

import "jerem/measure/words"

// AddUntoldSprints adds that figures which rest on something may have had a part of issues whose former sprints Jira
// tells no more, by their keys.
func (r *Reasons) AddUntoldSprints(on Basis, keys []string) {
	switch len(keys) {
	case 0:
	case 1:
		r.Add(on, Partial, "no change tells the sprints of 1 issue before it became a sub-task: %s", keys[0])
	default:
		r.Add(on, Partial, "no change tells the sprints of %s before they became sub-tasks: %s",
			words.Count(len(keys), "issue"), listKeys(keys))
	}
}
